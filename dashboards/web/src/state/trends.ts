import type { SeriesDto, TrendDto } from "../hub/contract";
import { ARTERIAL, CUFF, END_TIDAL_CO2, HEART_RATE, RESP_RATE, SATURATION, TEMPERATURE } from "./choice";

/** One chart: a number, or the three of a pressure. */
export interface TrendGroup {
  readonly key: string;
  readonly series: readonly SeriesDto[];
}

const PRESSURES: readonly string[] = [...ARTERIAL, ...CUFF];
const PARTS = ["_SYS", "_MEAN", "_DIA"] as const;
const ORDER: readonly (readonly string[])[] = [HEART_RATE.filter((signal) => signal.startsWith("MDC_ECG_")), SATURATION, ARTERIAL, CUFF, RESP_RATE, END_TIDAL_CO2, TEMPERATURE, HEART_RATE];
/** Smallest span of values that a chart shows, by unit: noise must look like noise. */
const LEAST_SPAN: Readonly<Record<string, number>> = { "/min": 20, "%": 10, "mm[Hg]": 30, Cel: 2 };

/** The bed's charts in a monitor's order; the parts of a pressure share one. */
export function groupsOf(series: readonly SeriesDto[]): TrendGroup[] {
  const groups = new Map<string, SeriesDto[]>();
  for (const each of series) {
    const key = `${each.device}/${familyOf(each.signal)}`;
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  return [...groups]
    .map(([key, parts]) => ({ key, series: [...parts].sort((a, b) => partOf(a.signal) - partOf(b.signal)) }))
    .sort((a, b) => rankOf(a) - rankOf(b));
}

function familyOf(signal: string): string {
  return PRESSURES.find((family) => PARTS.some((part) => signal === family + part)) ?? signal;
}

function partOf(signal: string): number {
  return PARTS.findIndex((part) => signal.endsWith(part));
}

function rankOf({ series }: TrendGroup): number {
  const family = familyOf(series[0]?.signal ?? "");
  const rank = ORDER.findIndex((signals) => signals.includes(family));
  return rank < 0 ? ORDER.length : rank;
}

/** Columns for the chart: seconds, then least, greatest and mean; null where the line must break. */
export type Columns = [timesS: number[], min: (number | null)[], max: (number | null)[], mean: (number | null)[]];

/** Where nothing was measured for longer than a gap there is no line: a point without a value stands between. */
export function columnsOf(trend: TrendDto): Columns {
  const columns: Columns = [[], [], [], []];
  let lastMs = Number.NaN;
  trend.timesMs.forEach((ms, i) => {
    if (ms - lastMs > trend.gapMs) push(columns, lastMs + 1, null, null, null);
    push(columns, ms, trend.min[i] ?? null, trend.max[i] ?? null, trend.mean[i] ?? null);
    lastMs = ms;
  });
  return columns;
}

function push(columns: Columns, ms: number, min: number | null, max: number | null, mean: number | null): void {
  columns[0].push(ms / 1_000);
  columns[1].push(min);
  columns[2].push(max);
  columns[3].push(mean);
}

/** The point nearest to a time, for reading a chart; undefined in a gap. */
export function pointAt(trend: TrendDto, ms: number): { index: number; isLate: boolean } | undefined {
  let best = -1;
  for (let i = 0; i < trend.timesMs.length; i++) {
    if (best < 0 || Math.abs((trend.timesMs[i] ?? 0) - ms) < Math.abs((trend.timesMs[best] ?? 0) - ms)) best = i;
  }
  return best < 0 || Math.abs((trend.timesMs[best] ?? 0) - ms) > Math.max(trend.gapMs, trend.bucketMs) ? undefined : { index: best, isLate: trend.late.includes(best) };
}

/** The range of values that a chart shows, with some room above and below. */
export function rangeOf(unit: string, least: number, greatest: number): [low: number, high: number] {
  const span = Math.max((greatest - least) * 1.1, LEAST_SPAN[unit] ?? 1e-6);
  const middle = (least + greatest) / 2;
  return [middle - span / 2, middle + span / 2];
}
