import type { NumericDto, ValueState, WaveInfoDto } from "../hub/contract";

/** What stands where a number was. */
export const REMOVED = "– –";
/** Longest time that a trace stays without a new piece. */
export const BLANK_MS = 1_500;

export interface ShownValue {
  readonly text: string;
  readonly state: "live" | "late" | "stale";
}

/** The page's moment: log time as far as it knows, and whether it may be believed at all. */
export interface Moment {
  readonly pageMs: number;
  readonly logMs: number;
  readonly dead: boolean;
}

/** The number as it may be shown now: the page removes it by its own clock, whatever the last frame said (P2). */
export function shownValue(numeric: NumericDto, now: Moment): ShownValue {
  const expired = numeric.removeAtMs !== null && now.logMs >= numeric.removeAtMs;
  if (now.dead || expired || numeric.value === null || isGone(numeric.state)) return { text: REMOVED, state: "stale" };
  return { text: numeric.text, state: numeric.state === "late" ? "late" : "live" };
}

/**
 * Whether a trace may be seen now. `heardMs` is the log time of its last piece: "if nothing newer came" is judged
 * by the page too, since a frame needn't repeat a bed in which nothing but the deadline moved.
 */
export function shownTrace(wave: WaveInfoDto, heardMs: number, now: Moment): "live" | "late" | "stale" {
  const blankAtMs = Math.max(wave.blankAtMs, heardMs + BLANK_MS);
  if (now.dead || isGone(wave.state) || now.logMs >= blankAtMs) return "stale";
  return wave.state === "late" ? "late" : "live";
}

function isGone(state: ValueState): boolean {
  return state === "stale" || state === "lost";
}
