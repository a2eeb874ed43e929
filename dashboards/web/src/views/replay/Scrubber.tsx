import { useMemo, useState } from "preact/hooks";
import type { ReplayDto, ReplayTimelineDto } from "../../hub/contract";
import { utcMoment, utcTime } from "../../i18n/times";
import { LANES, place } from "../../state/timeline";
import { usePage } from "../page/pageContext";

const ROW = 10;

interface ScrubberProps {
  readonly replay: ReplayDto;
  readonly timeline: ReplayTimelineDto | null;
  readonly onSeek: (positionMs: number) => void;
}

/** The capture from end to end: what happened when, and where the replay is. A drag shows the time and goes there when let go. */
export function Scrubber({ replay, timeline, onSeek }: ScrubberProps) {
  const { speech } = usePage();
  const { firstMs, lastMs } = replay;
  const [dragMs, setDragMs] = useState<number | null>(null);
  const atMs = dragMs ?? Math.min(lastMs, Math.max(firstMs, replay.positionMs));
  const share = (ms: number) => `${(100 * (ms - firstMs)) / Math.max(1, lastMs - firstMs)}%`;
  return (
    <div class="scrubber">
      <div class="scrubber-lanes" aria-hidden="true">{LANES.map((lane) => <span key={lane}>{speech.say(`replay.lane.${lane}`)}</span>)}</div>
      <div class="scrubber-track">
        <Marks timeline={timeline} firstMs={firstMs} lastMs={lastMs} />
        {timeline !== null && !timeline.complete && <span class="scrubber-unknown" style={{ left: share(Math.max(firstMs, timeline.throughMs)) }} />}
        <span class="scrubber-now" style={{ left: share(atMs) }}>{dragMs !== null && <b>{utcTime(dragMs)}</b>}</span>
        <input
          type="range" min={firstMs} max={lastMs} step={100} value={atMs} aria-label={speech.say("replay.position")} aria-valuetext={`${utcMoment(atMs)} ${speech.say("app.utc")}`}
          onInput={(event) => setDragMs(event.currentTarget.valueAsNumber)}
          onChange={(event) => {
            setDragMs(null);
            onSeek(event.currentTarget.valueAsNumber);
          }}
        />
      </div>
    </div>
  );
}

/** Drawn anew only when the timeline is. */
function Marks({ timeline, firstMs, lastMs }: { readonly timeline: ReplayTimelineDto | null; readonly firstMs: number; readonly lastMs: number }) {
  const { speech } = usePage();
  return useMemo(() => {
    if (timeline === null) return <></>;
    const count = timeline.marks.length;
    const label = [
      speech.say("replay.timeline", { count }),
      ...(timeline.complete ? [] : [speech.say("replay.looking", { time: utcTime(timeline.throughMs) })]),
      ...(timeline.omitted > 0 ? [speech.say("replay.omitted", { count: timeline.omitted })] : []),
    ].join(", ");
    return (
      <svg class="scrubber-marks" viewBox={`0 0 1000 ${LANES.length * ROW}`} preserveAspectRatio="none" role="img" aria-label={label}>
        {place(timeline, firstMs, lastMs).map(({ mark, lane, from, width }, i) => (
          <rect key={i} class={`mark mark-${lane}`} x={from * 1000} y={LANES.indexOf(lane) * ROW + 1} width={width * 1000} height={ROW - 2}>
            <title>{`${utcTime(mark.startMs)}  ${mark.subject.split("/").slice(1, 3).join("/")}  ${mark.text}`}</title>
          </rect>
        ))}
      </svg>
    );
  }, [timeline, firstMs, lastMs, speech]);
}
