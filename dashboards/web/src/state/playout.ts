/** How far the pens run behind the newest sample: pieces of 256 ms in ticks of 100 ms then move smoothly. */
export const PLAYOUT_MS = 500;
/** The estimate may rise this much per second, so that a lasting change of delay heals within a minute. */
const RISE_PER_MS = 0.02;
/** Samples are moved on the screen no faster than this, so that a correction is no visible step. */
const SLEW_PER_MS = 0.05;
/** A stream this far off is another stream: its device restarted, or was away. */
const JUMP_MS = 2_000;

/**
 * Places a waveform's own time axis on the page's, so that all pens of the wall run side by side.
 * It smooths the drawing only; whether a trace may be seen at all is decided by log time.
 */
export class PlayoutClock {
  private targetMs: number | null = null;
  private usedMs = 0;
  private observedMs = 0;
  private slewedMs = 0;

  /** A piece that ends at `endMs` arrived. True: the stream jumped and what is drawn no longer fits. */
  observe(pageMs: number, endMs: number): boolean {
    const offset = pageMs - endMs;
    const jumped = this.targetMs !== null && Math.abs(offset - this.targetMs) > JUMP_MS;
    if (this.targetMs === null || jumped) {
      this.targetMs = this.usedMs = offset;
      this.slewedMs = pageMs;
    } else {
      this.targetMs = Math.min(offset, this.targetMs + (pageMs - this.observedMs) * RISE_PER_MS);
    }
    this.observedMs = pageMs;
    return jumped;
  }

  /** Page time minus stream time, for drawing now. */
  offset(pageMs: number): number | null {
    if (this.targetMs === null) return null;
    const most = (pageMs - this.slewedMs) * SLEW_PER_MS;
    this.slewedMs = pageMs;
    this.usedMs += Math.max(-most, Math.min(most, this.targetMs - this.usedMs));
    return this.usedMs;
  }
}
