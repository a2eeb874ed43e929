import type { WaveRing } from "./waveRing";

const BLOCKS = 6;
const BLOCK_MS = 1_000;
/** Shrinks only when the signal fills less than this of the lane… */
const SHRINK_BELOW = 0.55;
/** …and never under this share of what it lately was, so that a flat line isn't blown up into a rhythm. */
const FLOOR_SHARE = 0.25;
const FLOOR_DECAY = 0.99;
const MARGIN = 0.12;

/** Smallest span that a lane shows, physical units: noise must look like noise. */
const LEAST_SPAN: readonly (readonly [prefix: string, span: number])[] = [
  ["MDC_ECG_ELEC_POTL", 0.8],
  ["MDC_PRESS_BLD_ART", 30],
  ["MDC_PRESS_BLD_VEN", 10],
  ["MDC_PRESS_INTRA_CRAN", 10],
  ["MDC_AWAY_CO2", 20],
  ["MDC_CONC_AWAY_CO2", 20],
  ["MDC_PRESS_AWAY", 10],
  ["MDC_FLOW_AWAY", 20],
];

export function leastSpanOf(signal: string): number {
  return LEAST_SPAN.find(([prefix]) => signal.startsWith(prefix))?.[1] ?? 1e-6;
}

/**
 * Range of values that a lane shows: looked at once a second, over six seconds, with hysteresis.
 * The most extreme second is left out, so one artefact doesn't flatten the rest.
 */
export class AutoScale {
  low = 0;
  high = 0;
  private readonly leastSpan: number;
  private widest = 0;
  private lookedMs = Number.NEGATIVE_INFINITY;
  private seen = 0;

  constructor(signal: string) {
    this.leastSpan = leastSpanOf(signal);
  }

  get ready(): boolean {
    return this.high > this.low;
  }

  /** True when the range changed, so that the lane has to be drawn again. */
  look(pageMs: number, ring: WaveRing): boolean {
    // Until six seconds were seen, a first beat may still be missing: look more often, only to grow.
    if (pageMs - this.lookedMs < (this.seen < BLOCKS ? BLOCK_MS / 4 : BLOCK_MS)) return false;
    const range = rangeOf(ring);
    if (range === null) return false;
    this.lookedMs = pageMs;
    this.seen = range.blocks;
    const span = range.high - range.low;
    this.widest = Math.max(span, this.widest * FLOOR_DECAY);
    const shown = this.high - this.low;
    const fits = this.ready && range.low >= this.low && range.high <= this.high;
    if (fits && (this.seen < BLOCKS || shown <= this.leastSpan * (1 + 2 * MARGIN) || span > shown * SHRINK_BELOW)) return false;
    const wanted = Math.max(span, this.leastSpan, this.widest * FLOOR_SHARE);
    if (fits && wanted > shown * SHRINK_BELOW) return false;
    const middle = (range.low + range.high) / 2;
    const half = wanted * (0.5 + MARGIN);
    this.low = middle - half;
    this.high = middle + half;
    return true;
  }
}

function rangeOf(ring: WaveRing): { low: number; high: number; blocks: number } | null {
  if (ring.last === ring.first) return null;
  const endMs = ring.time(ring.last - 1);
  const lows: number[] = [];
  const highs: number[] = [];
  for (let i = ring.last - 1; i >= ring.first; i--) {
    const block = Math.floor((endMs - ring.time(i)) / BLOCK_MS);
    if (block < 0 || block >= BLOCKS) break;
    const value = ring.value(i);
    if (Number.isNaN(value)) continue;
    lows[block] = Math.min(lows[block] ?? value, value);
    highs[block] = Math.max(highs[block] ?? value, value);
  }
  const bottoms = lows.filter(isNumber).sort((a, b) => a - b);
  const tops = highs.filter(isNumber).sort((a, b) => b - a);
  const skip = tops.length >= BLOCKS - 1 ? 1 : 0;
  const low = bottoms[skip];
  const high = tops[skip];
  return low === undefined || high === undefined ? null : { low, high, blocks: tops.length };
}

function isNumber(value: number | undefined): value is number {
  return value !== undefined;
}
