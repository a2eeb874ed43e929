import { useEffect, useRef } from "preact/hooks";
import type { WaveInfoDto } from "../../hub/contract";
import { shownTrace } from "../../state/freshness";
import type { WaveStream } from "../../state/waveStream";
import { usePage } from "../page/pageContext";
import { inkOf, toneOf } from "../palette";
import { Pen } from "./pen";
import "./trace.css";

interface TraceProps {
  readonly wave: WaveInfoDto;
  readonly stream: WaveStream | undefined;
  readonly sweepMs: number;
}

/** One lane: the sweeping trace, or a hatch that says why there is none. */
export function Trace({ wave, stream, sweepMs }: TraceProps) {
  const { now, painter, speech, names, noWaves } = usePage();
  const canvas = useRef<HTMLCanvasElement>(null);
  const held = useRef<Pen>();
  const ink = inkOf(toneOf(wave.signal));
  // The ward may call it live all the same: what isn't sent can't be seen.
  const state = noWaves === "" ? shownTrace(wave, stream?.heardMs ?? Number.NEGATIVE_INFINITY, now) : "stale";

  useEffect(() => {
    const element = canvas.current;
    if (element === null) return undefined;
    const pen = (held.current = new Pen(element, ink));
    const sizes = new ResizeObserver(([entry]) => {
      if (entry !== undefined) pen.resize(entry.contentRect.width, entry.contentRect.height, devicePixelRatio);
    });
    sizes.observe(element);
    const views = new IntersectionObserver(([entry]) => {
      if (entry !== undefined) pen.inView = entry.isIntersecting;
    });
    views.observe(element);
    const remove = painter.add(pen);
    return () => {
      remove();
      sizes.disconnect();
      views.disconnect();
    };
  }, [ink, painter]);

  useEffect(() => {
    const pen = held.current;
    if (pen === undefined) return;
    pen.stream = stream;
    pen.sweepMs = sweepMs;
    pen.visible = state !== "stale";
  });

  // The sensor gives nothing, and what it gave is wiped by now: an empty lane has to say that it isn't forgotten.
  const isVoid = stream !== undefined && stream.ring.voidMs > sweepMs;
  const label = names.lane(wave.signal, speech.language);
  return (
    <div class="trace" data-wave={wave.signal} data-state={state}>
      <canvas ref={canvas} aria-hidden="true" />
      <span class="trace-label" style={{ color: ink }}>{label}</span>
      {(state === "stale" || isVoid) && <span class="trace-blank">{noWaves === "" ? speech.say("wave.blank") : noWaves}</span>}
    </div>
  );
}
