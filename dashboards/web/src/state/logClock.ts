/** Rate at which the estimate may follow two clocks that drift apart, ms of offset per ms: 200 ppm. */
const DRIFT = 0.0002;
/** Only an excess this small is taken for drift; anything above is delay, and stays visible as such. */
const DRIFT_LIMIT_MS = 250;
/** An answer slower than this isn't believed to be fresh. */
const ANSWER_LIMIT_MS = 1_000;

/**
 * Maps log time to the page's monotonic clock.
 * Units: milliseconds; page times are `performance.now()`.
 * The smallest offset seen since the stream was asked for is the truth: a stream that is delayed later reads as late.
 * The first offset is bounded by the question itself: a frame made after it was asked can't be older than the answer took.
 */
export class LogClock {
  private askedMs: number | null = null;
  private offsetMs: number | null = null;
  private observedMs = 0;

  /** The next observation answers a question put at this page time, and the estimate starts anew with it. */
  ask(pageMs: number): void {
    this.askedMs = pageMs;
  }

  /** Takes a frame's log time at its arrival; returns how far it is behind the fastest one. */
  observe(pageMs: number, logMs: number): number {
    if (this.offsetMs === null || this.askedMs !== null) {
      this.offsetMs = Math.min(pageMs, (this.askedMs ?? pageMs) + ANSWER_LIMIT_MS) - logMs;
      this.askedMs = null;
    } else {
      const excess = pageMs - logMs - this.offsetMs;
      const creep = (pageMs - this.observedMs) * DRIFT;
      if (excess <= 0) this.offsetMs += excess;
      else if (excess < DRIFT_LIMIT_MS) this.offsetMs += Math.min(excess, creep);
    }
    this.observedMs = pageMs;
    return pageMs - logMs - this.offsetMs;
  }

  /** Log time now, or null while none is known. */
  logNow(pageMs: number): number | null {
    return this.offsetMs === null ? null : pageMs - this.offsetMs;
  }
}
