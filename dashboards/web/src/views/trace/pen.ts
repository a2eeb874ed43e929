import { PLAYOUT_MS } from "../../state/playout";
import type { WaveStream } from "../../state/waveStream";

/** Width of the dark bar that the pen pushes ahead of itself, CSS pixels. */
const ERASE_PX = 14;
const LINE_PX = 1.8;
const PADDING = 0.08;
/** Samples that come this long after their place was passed are painted paler. */
const LATE_MS = 150;
const LATE_ALPHA = 0.5;

/**
 * Draws one waveform as a bedside monitor does: a pen that sweeps over a fixed time base and erases ahead of itself.
 * A sample's place on the screen follows from its time alone, so a gap stays a gap and a late piece lands where it belongs.
 * Only what is new is drawn; the whole lane only after a resize, a change of scale or a pause.
 */
export class Pen {
  stream: WaveStream | undefined;
  visible = false;
  /** False while it is scrolled away: nothing is drawn, and all of it once it is seen again. */
  inView = true;
  sweepMs = 6_000;
  private readonly context: CanvasRenderingContext2D;
  private drawn: WaveStream | undefined;
  private generation = 0;
  private cursor = 0;
  private penMs = 0;
  private lastX = NaN;
  private lastY = NaN;
  private clean = true;
  private stale = true;

  constructor(private readonly canvas: HTMLCanvasElement, private readonly ink: string) {
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("This browser has no 2D canvas.");
    this.context = context;
  }

  resize(widthPx: number, heightPx: number, pixelRatio: number): void {
    const width = Math.max(1, Math.round(widthPx * pixelRatio));
    const height = Math.max(1, Math.round(heightPx * pixelRatio));
    if (width === this.canvas.width && height === this.canvas.height) return;
    this.canvas.width = width;
    this.canvas.height = height;
    this.stale = this.clean = true;
  }

  /** Once per animation frame. */
  draw(pageMs: number, pixelRatio: number): void {
    const { stream } = this;
    if (!this.inView) {
      this.stale = true;
      return;
    }
    const offsetMs = stream?.playout.offset(pageMs) ?? null;
    if (stream === undefined || offsetMs === null || !this.visible) {
      this.wipe();
      return;
    }
    const penMs = pageMs - PLAYOUT_MS;
    const rescaled = stream.scale.look(pageMs, stream.ring);
    if (!stream.scale.ready) return;
    const again = this.stale || rescaled || stream !== this.drawn || stream.generation !== this.generation || penMs - this.penMs > this.sweepMs / 2;
    // A frame in which the pen doesn't reach its next pixel shows nothing new.
    if (!again && (penMs - this.penMs) * this.canvas.width < this.sweepMs) return;
    const eraseMs = (ERASE_PX * pixelRatio * this.sweepMs) / this.canvas.width;
    if (again) {
      this.wipe();
      this.drawn = stream;
      this.generation = stream.generation;
      this.cursor = firstAfter(stream, penMs - this.sweepMs + eraseMs - offsetMs);
      this.lastX = NaN;
      this.stale = false;
    } else {
      this.erase(this.penMs + eraseMs, penMs + eraseMs);
    }
    this.stroke(stream, offsetMs, penMs, pixelRatio, again);
    this.penMs = penMs;
    this.clean = false;
  }

  private wipe(): void {
    this.stale = true;
    if (this.clean) return;
    this.context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    this.clean = true;
  }

  private erase(fromMs: number, toMs: number): void {
    const { width, height } = this.canvas;
    const from = Math.floor(this.x(fromMs));
    const to = Math.ceil(this.x(toMs));
    if (to >= from) {
      this.context.clearRect(from, 0, to - from, height);
    } else {
      this.context.clearRect(from, 0, width - from, height);
      this.context.clearRect(0, 0, to, height);
    }
  }

  private stroke(stream: WaveStream, offsetMs: number, penMs: number, pixelRatio: number, again: boolean): void {
    const { ring, scale } = stream;
    if (this.cursor < ring.first) {
      this.cursor = ring.first;
      this.lastX = NaN;
    }
    if (this.cursor >= ring.last || ring.time(this.cursor) + offsetMs > penMs) return;
    const { context, canvas } = this;
    const tall = canvas.height * (1 - 2 * PADDING);
    const perUnit = tall / (scale.high - scale.low);
    const base = canvas.height * (1 - PADDING);
    context.globalAlpha = !again && ring.time(this.cursor) + offsetMs < penMs - LATE_MS ? LATE_ALPHA : 1;
    context.strokeStyle = this.ink;
    context.lineWidth = LINE_PX * pixelRatio;
    context.lineJoin = "round";
    context.beginPath();
    if (!Number.isNaN(this.lastX)) context.moveTo(this.lastX, this.lastY);
    for (; this.cursor < ring.last; this.cursor++) {
      const atMs = ring.time(this.cursor) + offsetMs;
      if (atMs > penMs) break;
      const value = ring.value(this.cursor);
      const x = this.x(atMs);
      // A missing sample, or the right edge: the pen lifts.
      if (Number.isNaN(value) || atMs < penMs - this.sweepMs) {
        this.lastX = NaN;
        continue;
      }
      const y = Math.max(0, Math.min(canvas.height, base - (value - scale.low) * perUnit));
      if (Number.isNaN(this.lastX) || x < this.lastX - canvas.width / 2) context.moveTo(x, y);
      else context.lineTo(x, y);
      this.lastX = x;
      this.lastY = y;
    }
    context.stroke();
  }

  private x(pageMs: number): number {
    const turns = pageMs / this.sweepMs;
    return (turns - Math.floor(turns)) * this.canvas.width;
  }
}

function firstAfter(stream: WaveStream, streamMs: number): number {
  const { ring } = stream;
  let index = ring.last;
  while (index > ring.first && ring.time(index - 1) > streamMs) index--;
  return index;
}
