/** A synthetic patient good enough to judge a display by: ECG, pleth, pressure and breath that belong together. */
export interface Patient {
  heartRate: number;
  saturation: number;
  systolic: number;
  diastolic: number;
  respRate: number;
  temperature: number;
  /** Beats stop: a flat line. */
  asystole: boolean;
}

export const ECG = "MDC_ECG_ELEC_POTL_II";
export const PLETH = "MDC_PULS_OXIM_PLETH";
export const PRESSURE = "MDC_PRESS_BLD_ART_ABP";
export const BREATH = "MDC_IMPED_TTHOR";
export const CARBON = "MDC_AWAY_CO2";

/** Samples per second of each waveform. */
export const RATE: Readonly<Record<string, number>> = { [ECG]: 250, [PLETH]: 125, [PRESSURE]: 125, [BREATH]: 62.5, [CARBON]: 62.5 };
/** Physical value of one step of the int16. */
export const GAIN: Readonly<Record<string, number>> = { [ECG]: 0.002, [PLETH]: 0.0005, [PRESSURE]: 0.05, [BREATH]: 0.001, [CARBON]: 0.01 };

export function patientOf(index: number): Patient {
  const spread = (step: number, range: number) => (index * step) % range;
  return {
    heartRate: 62 + spread(17, 43), saturation: 94 + spread(3, 6), systolic: 108 + spread(13, 34), diastolic: 62 + spread(7, 20),
    respRate: 12 + spread(5, 9), temperature: 36.4 + spread(3, 14) / 10, asystole: false,
  };
}

export function meanPressure(patient: Patient): number {
  return Math.round(patient.diastolic + (patient.systolic - patient.diastolic) / 3);
}

/** The signal's value at a time, physical units. */
export function sample(patient: Patient, signal: string, seconds: number): number {
  const breath = seconds * (patient.respRate / 60);
  const wander = Math.sin(2 * Math.PI * breath);
  const beat = fraction(seconds * (patient.heartRate / 60) + 0.02 * wander);
  const noise = 0.012 * (hash(Math.floor(seconds * 500)) - 0.5);
  if (signal === BREATH) return 1 + 0.5 * wander;
  if (signal === CARBON) return plateau(fraction(breath)) * 38;
  if (patient.asystole) return signal === ECG ? 0.03 * wander + noise : signal === PRESSURE ? 22 : 0.5 + noise;
  if (signal === ECG) return ecg(beat) + 0.05 * wander + noise;
  const delayed = fraction(beat - (signal === PLETH ? 0.28 : 0.2) + 1);
  return signal === PLETH ? 0.2 + 0.7 * pulse(delayed) : patient.diastolic + (patient.systolic - patient.diastolic) * pulse(delayed) + 1.5 * wander;
}

function ecg(x: number): number {
  return bump(x, 0.12, 0.025, 0.14) - bump(x, 0.262, 0.007, 0.12) + bump(x, 0.28, 0.009, 1.15) - bump(x, 0.3, 0.009, 0.26) + bump(x, 0.52, 0.05, 0.3);
}

/** Zero to one: steep upstroke, dicrotic notch, slow run-off. */
function pulse(x: number): number {
  return Math.min(1, 1.02 * Math.exp(-(((x - 0.16) / 0.085) ** 2)) + 0.62 * Math.exp(-(((x - 0.36) / 0.13) ** 2)) + 0.25 * Math.exp(-(((x - 0.6) / 0.2) ** 2)));
}

function plateau(x: number): number {
  return x < 0.4 ? 0.01 : x < 0.46 ? (x - 0.4) / 0.07 : x < 0.9 ? 0.88 + 0.12 * ((x - 0.46) / 0.44) : Math.max(0, 1 - (x - 0.9) / 0.06);
}

function bump(x: number, at: number, width: number, height: number): number {
  return height * Math.exp(-(((x - at) / width) ** 2) / 2);
}

function fraction(x: number): number {
  return x - Math.floor(x);
}

function hash(n: number): number {
  return fraction(Math.sin(n * 12.9898) * 43_758.5453);
}
