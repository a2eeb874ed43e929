/** Marks a missing sample, in the stream and in the ring. */
const MISSING = -32_768;

/**
 * The last seconds of one waveform.
 * Shape: two rings of a fixed size, time and value; NaN is a missing sample and breaks the trace.
 * Units: times are milliseconds of the stream's own axis, values physical.
 * Loss: the oldest samples give way; indexes are absolute and only grow, so a reader knows what it missed.
 */
export class WaveRing {
  private readonly times: Float64Array;
  private readonly values: Float32Array;
  private end = 0;
  private nextMs: number | null = null;
  private validMs = Number.NEGATIVE_INFINITY;

  constructor(readonly capacity: number) {
    this.times = new Float64Array(capacity);
    this.values = new Float32Array(capacity);
  }

  /** Index of the oldest sample still held. */
  get first(): number {
    return Math.max(0, this.end - this.capacity);
  }

  /** One past the newest sample. */
  get last(): number {
    return this.end;
  }

  time(index: number): number {
    return this.times[index % this.capacity] ?? NaN;
  }

  value(index: number): number {
    return this.values[index % this.capacity] ?? NaN;
  }

  /** Where the next piece has to begin to follow on; null when empty. */
  get expectedMs(): number | null {
    return this.nextMs;
  }

  /** How long no valid sample has come although the stream runs: a lead is off, a line is closed. */
  get voidMs(): number {
    return this.nextMs === null ? 0 : this.nextMs - this.validMs;
  }

  clear(): void {
    this.end = 0;
    this.nextMs = null;
    this.validMs = Number.NEGATIVE_INFINITY;
  }

  /** Takes a piece; a jump of more than half a sample leaves a gap that is drawn as one. */
  append(timeMs: number, samplePeriodUs: number, gain: number, offset: number, samples: Int16Array): void {
    const periodMs = samplePeriodUs / 1_000;
    if (this.nextMs !== null && Math.abs(timeMs - this.nextMs) > periodMs / 2) this.push(this.nextMs, NaN);
    for (let i = 0; i < samples.length; i++) {
      const sample = samples[i] ?? MISSING;
      this.push(timeMs + i * periodMs, sample === MISSING ? NaN : gain * sample + offset);
    }
    this.nextMs = timeMs + samples.length * periodMs;
  }

  private push(timeMs: number, value: number): void {
    const at = this.end % this.capacity;
    this.times[at] = timeMs;
    this.values[at] = value;
    this.end++;
    if (!Number.isNaN(value)) this.validMs = timeMs;
  }
}

/** Base64 of little-endian int16; a torn last byte is dropped. */
export function decodeSamples(base64: string): Int16Array {
  const bytes = atob(base64);
  const samples = new Int16Array(bytes.length >> 1);
  for (let i = 0; i < samples.length; i++) {
    samples[i] = bytes.charCodeAt(2 * i) | (bytes.charCodeAt(2 * i + 1) << 8);
  }
  return samples;
}
