import type { WardFrame, WaveInfoDto } from "../hub/contract";
import type { Moment } from "./freshness";
import { LogClock } from "./logClock";
import { Vigil, type FrozenReason, type Health } from "./vigil";
import { applyFrame, EMPTY_WARD, type Ward } from "./ward";
import { WaveStream } from "./waveStream";

/** A stream that stays late this long is asked for anew: the queue behind it may never drain. */
const DELAYED_RENEW_MS = 5_000;

export interface Standing {
  readonly health: Health;
  readonly reason: FrozenReason | null;
  /** Log time of the last state that could be believed, and how long ago that was. */
  readonly sinceLogMs: number;
  readonly frozenForMs: number;
}

/** What the panels draw: the ward as it may be shown, live or replayed. */
export interface WardView {
  readonly ward: Ward;
  stream(bedIndex: number, wave: WaveInfoDto): WaveStream | undefined;
}

/**
 * Everything that the page knows, without a screen and without a clock of its own.
 * Units: `pageMs` is `performance.now()`, `wallMs` is `Date.now()`.
 * Threading: one; the page calls it from frames, timers and its own waking.
 */
export class WardModel implements WardView {
  ward: Ward = EMPTY_WARD;
  private readonly clock = new LogClock();
  private readonly vigil = new Vigil();
  private readonly streams = new Map<string, WaveStream>();
  private believed = { pageMs: 0, wallMs: 0, logMs: 0 };
  private askedMs = 0;
  private asking = false;

  /** The stream was asked for. */
  asked(pageMs: number): void {
    this.clock.ask(pageMs);
    this.vigil.ask();
    this.askedMs = pageMs;
    this.asking = false;
  }

  /** Another selection of waveforms is coming; the old ones would stand beside it and age. */
  forgetWaves(): void {
    this.streams.clear();
  }

  receive(pageMs: number, wallMs: number, frame: WardFrame): void {
    this.vigil.beat(pageMs, wallMs);
    const excessMs = this.clock.observe(pageMs, frame.logTimeMs);
    if (!this.vigil.frame(pageMs, frame, excessMs)) return;
    this.ward = applyFrame(this.ward, frame);
    // It brings the last seconds anew, and says by itself until when they may be seen.
    if (frame.full) for (const stream of this.streams.values()) stream.restart();
    for (const piece of frame.waves) {
      const key = streamKey(piece.bed, piece.device, piece.signal);
      let stream = this.streams.get(key);
      if (stream === undefined) this.streams.set(key, (stream = new WaveStream(piece.signal, piece.samplePeriodUs)));
      stream.append(pageMs, piece);
      if (!frame.full) stream.heardMs = frame.logTimeMs;
    }
    if (this.vigil.reason(pageMs) === null) this.believed = { pageMs, wallMs, logMs: frame.logTimeMs };
  }

  /** A timer or an animation frame ran. True: the page has to ask again, now. */
  beat(pageMs: number, wallMs: number): boolean {
    this.vigil.beat(pageMs, wallMs);
    const late = this.vigil.reason(pageMs) === "delayed" && pageMs - Math.max(this.askedMs, this.believed.pageMs) > DELAYED_RENEW_MS;
    // Once per loss: from here on the connection keeps trying by itself, and mustn't be cut while it does.
    if (this.asking || !(this.vigil.mustAsk || late)) return false;
    this.asking = true;
    return true;
  }

  hidden(pageMs: number): void {
    this.vigil.hide(pageMs);
  }

  shown(pageMs: number): void {
    this.vigil.show(pageMs);
  }

  standing(pageMs: number, wallMs: number): Standing {
    const health = this.vigil.health(pageMs);
    const reason = health === "frozen" ? this.vigil.reason(pageMs) : null;
    const frozenForMs = Math.max(pageMs - this.believed.pageMs, wallMs - this.believed.wallMs);
    return { health, reason, sinceLogMs: this.believed.logMs, frozenForMs };
  }

  moment(pageMs: number): Moment {
    return { pageMs, logMs: this.clock.logNow(pageMs) ?? this.believed.logMs, dead: this.vigil.health(pageMs) !== "live" };
  }

  stream(bedIndex: number, wave: WaveInfoDto): WaveStream | undefined {
    return this.streams.get(streamKey(bedIndex, wave.device, wave.signal));
  }
}

export function streamKey(bedIndex: number, device: string, signal: string): string {
  return `${bedIndex}/${device}/${signal}`;
}
