import type { NumericDto, WaveInfoDto } from "../hub/contract";

/** Signals that can stand in one place of a tile, the preferred one first. */
export const HEART_RATE = ["MDC_ECG_HEART_RATE", "MDC_ECG_CARD_BEAT_RATE_BTB", "MDC_PULS_OXIM_PULS_RATE", "MDC_PULS_RATE"] as const;
/** Stands where a bed sends no saturation: many recordings and some oximeters give the pulse alone. */
export const PULSE_RATE = ["MDC_PULS_OXIM_PULS_RATE", "MDC_PULS_RATE"] as const;
export const SATURATION = ["MDC_PULS_OXIM_SAT_O2"] as const;
export const RESP_RATE = ["MDC_RESP_RATE", "MDC_TTHOR_RESP_RATE", "MDC_CO2_RESP_RATE", "MDC_AWAY_RESP_RATE", "MDC_VENT_RESP_RATE_TOTAL"] as const;
export const TEMPERATURE = ["MDC_TEMP", "MDC_TEMP_CORE", "MDC_TEMP_ESOPH", "MDC_TEMP_RECT", "MDC_TEMP_SKIN"] as const;
export const END_TIDAL_CO2 = ["MDC_AWAY_CO2_ET", "MDC_CONC_AWAY_CO2_ET"] as const;
export const ARTERIAL = ["MDC_PRESS_BLD_ART_ABP", "MDC_PRESS_BLD_ART"] as const;
export const CUFF = ["MDC_PRESS_BLD_NONINV"] as const;

export interface Pressure {
  readonly systolic: NumericDto | undefined;
  readonly diastolic: NumericDto | undefined;
  readonly mean: NumericDto | undefined;
}

/** The numeric for a place: by preference, and where two devices send it, the one that is fresher. */
export function pickNumeric(numerics: readonly NumericDto[], signals: readonly string[]): NumericDto | undefined {
  for (const signal of signals) {
    const found = numerics.filter((n) => n.signal === signal);
    if (found.length > 0) return found.reduce((best, n) => (n.value !== null && (best.value === null || n.atMs > best.atMs) ? n : best));
  }
  return undefined;
}

/** The three numbers of a pressure, all of one family; undefined when none of them is sent. */
export function pickPressure(numerics: readonly NumericDto[], families: readonly string[]): Pressure | undefined {
  for (const family of families) {
    const pressure = {
      systolic: pickNumeric(numerics, [`${family}_SYS`]),
      diastolic: pickNumeric(numerics, [`${family}_DIA`]),
      mean: pickNumeric(numerics, [`${family}_MEAN`]),
    };
    if (pressure.systolic ?? pressure.diastolic ?? pressure.mean) return pressure;
  }
  return undefined;
}

const WAVE_ORDER = [
  "MDC_ECG_ELEC_POTL_II", "MDC_ECG_ELEC_POTL_I", "MDC_ECG_ELEC_POTL_III", "MDC_ECG_",
  "MDC_PULS_OXIM_PLETH", "MDC_PRESS_BLD_ART_ABP", "MDC_PRESS_BLD_ART", "MDC_PRESS_BLD_VEN", "MDC_PRESS_INTRA",
  "MDC_AWAY_CO2", "MDC_CONC_AWAY_CO2", "MDC_IMPED_TTHOR", "MDC_RESP", "MDC_PRESS_AWAY", "MDC_FLOW_AWAY",
];

/** All waveforms in a monitor's order: ECG, then pleth, pressures, breath. */
export function inWaveOrder(waves: readonly WaveInfoDto[]): WaveInfoDto[] {
  return [...waves].sort((a, b) => rank(a) - rank(b));
}

/** The two lanes of a tile: one ECG and the best of the rest. `heard` tells which the agent sends to this page. */
export function pickTraces(waves: readonly WaveInfoDto[], heard: (wave: WaveInfoDto) => boolean): WaveInfoDto[] {
  const ordered = inWaveOrder(waves);
  const sent = ordered.filter(heard);
  const pool = sent.length > 0 ? sent : ordered;
  const first = pool.find(isEcg) ?? pool[0];
  const second = pool.find((wave) => wave !== first && !isEcg(wave)) ?? pool.find((wave) => wave !== first);
  return [first, second].filter((wave) => wave !== undefined);
}

function isEcg(wave: WaveInfoDto): boolean {
  return wave.signal.startsWith("MDC_ECG_");
}

function rank(wave: WaveInfoDto): number {
  const at = WAVE_ORDER.findIndex((prefix) => (prefix.endsWith("_II") || prefix.endsWith("_I") ? wave.signal === prefix : wave.signal.startsWith(prefix)));
  return at < 0 ? WAVE_ORDER.length : at;
}
