/** Colours of signals, as monitors have them: fixed, and never those of an alarm's fill. */
const TONES: readonly (readonly [prefix: string, tone: Tone])[] = [
  ["MDC_ECG_", "ecg"], ["MDC_PULS_", "oxygen"], ["MDC_SAT_", "oxygen"],
  ["MDC_PRESS_BLD_NONINV", "cuff"], ["MDC_PRESS_BLD_VEN", "venous"], ["MDC_PRESS_BLD_ART", "arterial"],
  ["MDC_AWAY_CO2", "carbon"], ["MDC_CONC_AWAY_CO2", "carbon"], ["MDC_CO2_", "breath"],
  ["MDC_RESP", "breath"], ["MDC_TTHOR", "breath"], ["MDC_IMPED", "breath"], ["MDC_AWAY", "breath"], ["MDC_VENT", "breath"],
];

export type Tone = "ecg" | "oxygen" | "arterial" | "venous" | "cuff" | "breath" | "carbon" | "plain";

const INK: Readonly<Record<Tone, string>> = {
  ecg: "#3ee682", oxygen: "#4fdcff", arterial: "#ff7d76", venous: "#8fb4ff", cuff: "#f2a6ff",
  breath: "#f6dc5a", carbon: "#f4edc8", plain: "#eef3f6",
};

export function toneOf(signal: string): Tone {
  return TONES.find(([prefix]) => signal.startsWith(prefix))?.[1] ?? "plain";
}

export function inkOf(tone: Tone): string {
  return INK[tone];
}
