import type { WaveDto } from "../hub/contract";
import { AutoScale } from "./autoScale";
import { PlayoutClock } from "./playout";
import { decodeSamples, WaveRing } from "./waveRing";

/** Longest sweep that a lane may show, and some to spare. */
const HELD_S = 14;
/** A sender's rate is believed up to this; faster streams keep fewer seconds. */
const MOST_SAMPLES = 1_000 * HELD_S;

/** One waveform of one device: its samples, where they lie in time, and how tall they are drawn. */
export class WaveStream {
  readonly ring: WaveRing;
  readonly playout = new PlayoutClock();
  readonly scale: AutoScale;
  /** Log time at which its last new piece came. */
  heardMs = Number.NEGATIVE_INFINITY;
  /** Grows when the axis jumped: whoever draws starts over. */
  generation = 0;

  constructor(readonly signal: string, samplePeriodUs: number) {
    const samples = Math.ceil((HELD_S * 1e6) / Math.max(1, samplePeriodUs));
    this.ring = new WaveRing(Math.max(64, Math.min(MOST_SAMPLES, samples)));
    this.scale = new AutoScale(signal);
  }

  append(pageMs: number, piece: WaveDto): void {
    const samples = decodeSamples(piece.data);
    const endMs = piece.timeMs + (samples.length * piece.samplePeriodUs) / 1_000;
    if (this.playout.observe(pageMs, endMs)) this.restart();
    this.ring.append(piece.timeMs, piece.samplePeriodUs, piece.gain, piece.offset, samples);
  }

  /** What is held gives way to what comes. */
  restart(): void {
    this.ring.clear();
    this.generation++;
  }
}
