import { useEffect, useRef } from "preact/hooks";
import type { WaveInfoDto, WavesDto } from "../../hub/contract";
import { unitText } from "../../i18n/signals";
import { leastSpanOf } from "../../state/autoScale";
import { usePage } from "../page/pageContext";
import { inkOf, toneOf } from "../palette";

const PADDING = 0.1;
const LINE_PX = 1.5;
const LATE_BAR_PX = 4;

interface PastLaneProps {
  readonly wave: WaveInfoDto;
  /** Undefined: nothing is kept of that span. */
  readonly waves: WavesDto | undefined;
  readonly fromMs: number;
  readonly toMs: number;
}

/** One waveform of the past. Late pieces stand on a striped bar; where there is no sample there is no line. */
export function PastLane({ wave, waves, fromMs, toMs }: PastLaneProps) {
  const { speech, names } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const ink = inkOf(toneOf(wave.signal));
  const range = waves === undefined ? null : rangeOf(waves, leastSpanOf(wave.signal));

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const draw = () => {
      element.width = Math.max(1, Math.round(element.clientWidth * devicePixelRatio));
      element.height = Math.max(1, Math.round(element.clientHeight * devicePixelRatio));
      if (waves !== undefined && range !== null) paint(element, waves, range, fromMs, toMs, ink);
    };
    const sizes = new ResizeObserver(draw);
    sizes.observe(element);
    return () => sizes.disconnect();
  }, [waves, fromMs, toMs, ink]);

  const isLate = waves?.pieces.some((piece) => piece.late) ?? false;
  return (
    <div class="past-lane" data-past-wave={wave.signal} data-empty={range === null}>
      <canvas ref={canvas} aria-hidden="true" />
      <span class="trace-label" style={{ color: ink }}>
        {names.lane(wave.signal, speech.language)}{range !== null && <small> {digits(range.low)} – {digits(range.high)} {unitText(waves?.unit ?? "")}</small>}
        {isLate && <small> · {speech.say("past.lateOne")}</small>}
      </span>
      {range === null && <span class="trace-blank">{speech.say("past.nothing")}</span>}
    </div>
  );
}

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf({ pieces }: WavesDto, leastSpan: number): Range | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { min, max } of pieces) {
    for (const value of min) if (value !== null && value < low) low = value;
    for (const value of max) if (value !== null && value > high) high = value;
  }
  if (low > high) return null;
  const missing = Math.max(0, leastSpan - (high - low)) / 2;
  return { low: low - missing, high: high + missing };
}

function paint(canvas: HTMLCanvasElement, { pieces }: WavesDto, { low, high }: Range, fromMs: number, toMs: number, ink: string): void {
  const context = canvas.getContext("2d");
  if (context === null) return;
  const { width, height } = canvas;
  const x = (ms: number) => ((ms - fromMs) / (toMs - fromMs)) * width;
  const y = (value: number) => height * (1 - PADDING) - ((value - low) / (high - low)) * height * (1 - 2 * PADDING);
  context.clearRect(0, 0, width, height);
  context.strokeStyle = ink;
  context.lineWidth = LINE_PX * devicePixelRatio;
  context.lineJoin = "round";
  context.beginPath();
  for (const { startMs, stepMs, min, max } of pieces) {
    let isDown = false;
    for (let i = 0; i < min.length; i++) {
      const least = min[i];
      const most = max[i];
      // A missing sample: the pen lifts.
      if (least === null || least === undefined || most === null || most === undefined) {
        isDown = false;
        continue;
      }
      const atX = x(startMs + i * stepMs);
      if (isDown) context.lineTo(atX, y(least));
      else context.moveTo(atX, y(least));
      if (most !== least) context.lineTo(atX, y(most));
      isDown = true;
    }
  }
  context.stroke();
  context.fillStyle = "#fff";
  const bar = LATE_BAR_PX * devicePixelRatio;
  for (const { startMs, stepMs, min, late } of pieces) {
    if (!late) continue;
    for (let at = x(startMs); at < x(startMs + min.length * stepMs); at += 3 * bar) context.fillRect(at, height - bar, 2 * bar, bar);
  }
}

function digits(value: number): string {
  return Math.abs(value) >= 10 ? value.toFixed(0) : value.toFixed(1);
}
