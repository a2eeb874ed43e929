import type { IdentityDto } from "../hub/contract";

/** What stands where a figure is not known. */
export const UNKNOWN = "–";

/** Share of time that a service for patient telemetry is to be up (3GPP TR 22.826: 99.99999 %), as its nines. */
export const TARGET_NINES = 7;

/** Less than a last digit: what a binary fraction may lack of a decimal one. */
const ROUNDING = 1e-6;

/** 0.9995 has 3.3 nines; null where it is unknown, or was never down, which proves no number of them. */
export function ninesOf(availability: number | null): number | null {
  if (availability === null || availability >= 1) return null;
  return Math.floor(-Math.log10(1 - Math.max(0, availability)) * 10 + ROUNDING) / 10;
}

/** `99.95 %`, with as many digits as it takes to tell it from 100 %. */
export function availabilityText(availability: number | null): string {
  if (availability === null) return UNKNOWN;
  if (availability >= 1) return "100 %";
  const scale = 10 ** Math.min(6, Math.max(1, Math.ceil(-Math.log10(1 - availability)) - 1));
  // Never rounded up to what it is not.
  return `${Math.floor(availability * 100 * scale + ROUNDING) / scale} %`;
}

/** A share of lost messages: `0 %`, `1.2 %`, `1.0e-5`. */
export function ratioText(ratio: number | null): string {
  if (ratio === null) return UNKNOWN;
  if (ratio === 0) return "0 %";
  return ratio < 0.0001 ? ratio.toExponential(0).replace("e-", "e−") : `${Number((ratio * 100).toPrecision(2))} %`;
}

export function figureText(value: number | null, unit: string, decimals = 0): string {
  return value === null ? UNKNOWN : `${value.toFixed(decimals).replace("-", "−")} ${unit}`;
}

/** Over its budget, within it, or not to be told. */
export function against(value: number | null, budget: number | null): "over" | "within" | "unknown" {
  return value === null || budget === null ? "unknown" : value > budget ? "over" : "within";
}

/** How sure a step of a chain is, and by whom: what nobody but the plan says is a wish. */
export function sureness({ confidence, from }: Pick<IdentityDto, "confidence" | "from">): "exact" | "inferred" | "asPlanned" {
  return from === "plan" && confidence < 1 ? "asPlanned" : confidence >= 1 ? "exact" : "inferred";
}

const UNITS: readonly (readonly [suffix: string, unit: string])[] = [["_ms", "ms"], ["_us", "µs"], ["_s", "s"], ["_dbm", "dBm"], ["_db", "dB"], ["_percent", "%"]];

const LONG_MS = 10_000;

/** A fact of an event's evidence as a few words: `silent_ms: 1830` is `silent 1830 ms`. */
export function evidenceText(name: string, value: unknown): string {
  const [suffix, unit] = UNITS.find(([each]) => name.endsWith(each)) ?? ["", ""];
  const label = name.slice(0, name.length - suffix.length).replaceAll("_", " ");
  if (value === null || value === undefined) return `${label} ${UNKNOWN}`;
  if (value === true) return label;
  if (value === false) return `${label}: no`;
  if (unit === "ms" && typeof value === "number" && Math.abs(value) >= LONG_MS) return `${label} ${Math.round(value / 100) / 10} s`;
  const text = Array.isArray(value) ? value.join(", ") : String(value);
  return `${label} ${text}${unit === "" ? "" : ` ${unit}`}`;
}
