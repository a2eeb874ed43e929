import type { ReplayDto, ReplayFrame, WaveInfoDto } from "../hub/contract";
import type { Moment } from "./freshness";
import { streamKey, type WardView } from "./model";
import { applyFrame, EMPTY_WARD, type Ward } from "./ward";
import { WaveStream } from "./waveStream";

/** What the replay page may say of itself; `live` only while frames come and the replay plays. */
export type ReplayHealth = "connecting" | "live" | "paused" | "frozen";

/** No frame for this long freezes the page. */
const FREEZE_MS = 3_000;

/**
 * Everything that the replay page knows. Time is the capture's, and moves only with frames: nothing is extrapolated, so what is shown
 * is what the ward was at the time in the header, at any speed.
 * Units: `pageMs` is `performance.now()`. Waveforms are drawn on the reel's time, page time that stands still while the replay does.
 */
export class ReplayModel implements WardView {
  ward: Ward = EMPTY_WARD;
  replay: ReplayDto | null = null;
  private readonly streams = new Map<string, WaveStream>();
  private sequence = 0;
  private drawable = false;
  private logMs = 0;
  private heardMs = Number.NEGATIVE_INFINITY;
  private reel = { ms: 0, atMs: 0, rolls: false };
  private drawnScale = 1;

  /** Takes a frame. False: it doesn't follow on the last one, so the stream has to be asked for anew. */
  receive(pageMs: number, { replay, ward: frame }: ReplayFrame): boolean {
    this.heardMs = pageMs;
    this.replay = replay;
    this.roll(pageMs, replay.state === "playing");
    if (frame === null) {
      this.drawable = false;
      return true;
    }
    if (!frame.full && (!this.drawable || frame.sequence !== this.sequence + 1)) return false;
    this.drawable = true;
    this.sequence = frame.sequence;
    this.logMs = frame.logTimeMs;
    this.ward = applyFrame(this.ward, frame);
    if (frame.full) for (const stream of this.streams.values()) stream.restart();
    this.draw(pageMs, replay.state === "playing" && replay.speed > 0 ? replay.speed : 1, frame.full, frame.waves);
    return true;
  }

  /** Another selection of waveforms is coming. */
  forgetWaves(): void {
    this.streams.clear();
  }

  health(pageMs: number): ReplayHealth {
    if (this.replay === null) return "connecting";
    if (pageMs - this.heardMs > FREEZE_MS || this.replay.state === "failed") return "frozen";
    if (!this.drawable) return "connecting";
    return this.replay.state === "playing" ? "live" : "paused";
  }

  moment(pageMs: number): Moment {
    const health = this.health(pageMs);
    return { pageMs, logMs: this.logMs, dead: health === "frozen" || health === "connecting" };
  }

  /** The time by which waveforms are drawn. */
  reelMs(pageMs: number): number {
    return this.reel.ms + (this.reel.rolls ? pageMs - this.reel.atMs : 0);
  }

  stream(bedIndex: number, wave: WaveInfoDto): WaveStream | undefined {
    return this.streams.get(streamKey(bedIndex, wave.device, wave.signal));
  }

  private roll(pageMs: number, rolls: boolean): void {
    this.reel = { ms: this.reelMs(pageMs), atMs: pageMs, rolls };
  }

  /** At n times the speed a second of the capture is drawn as wide as 1/n s, so the pens keep their pace; a still picture as always. */
  private draw(pageMs: number, scale: number, full: boolean, pieces: NonNullable<ReplayFrame["ward"]>["waves"]): void {
    if (pieces.length === 0) return;
    if (scale !== this.drawnScale) {
      this.streams.clear();
      this.drawnScale = scale;
    }
    for (const piece of pieces) {
      const key = streamKey(piece.bed, piece.device, piece.signal);
      const samplePeriodUs = piece.samplePeriodUs / scale;
      let stream = this.streams.get(key);
      if (stream === undefined) this.streams.set(key, (stream = new WaveStream(piece.signal, samplePeriodUs)));
      stream.append(this.reelMs(pageMs), { ...piece, timeMs: piece.timeMs / scale, samplePeriodUs });
      if (!full) stream.heardMs = this.logMs;
    }
  }
}
