import { useEffect } from "preact/hooks";
import type { ReplayControlDto, ReplayDto, ReplayTimelineDto } from "../../hub/contract";
import { utcMoment } from "../../i18n/times";
import { neighbour } from "../../state/timeline";
import { usePage } from "../page/pageContext";
import { Scrubber } from "./Scrubber";
import { SPEEDS, speedText } from "./speeds";

const STEP_MS = 10_000;
const LONG_STEP_MS = 60_000;
/** An alarm is gone to with some of what led to it. */
const LEAD_MS = 5_000;

interface DeckProps {
  readonly replay: ReplayDto;
  readonly timeline: ReplayTimelineDto | null;
  readonly onControl: (order: Partial<ReplayControlDto>) => void;
}

/** Play, pause, steps, speed and the timeline, by pointer or by keyboard. */
export function Deck({ replay, timeline, onControl }: DeckProps) {
  const { speech } = usePage();
  const playing = replay.playing && replay.state !== "ended";
  const toggle = () => onControl(replay.state === "ended" ? { positionMs: replay.firstMs, playing: true } : { playing: !playing });
  const step = (byMs: number) => onControl({ positionMs: Math.max(0, replay.positionMs + byMs) });
  const faster = (by: 1 | -1) => {
    const speed = SPEEDS[SPEEDS.indexOf(replay.speed) + by];
    if (speed !== undefined) onControl({ speed });
  };
  const toAlarm = (direction: 1 | -1) => {
    const mark = timeline === null ? undefined : neighbour(timeline, replay.positionMs + (direction > 0 ? LEAD_MS : 0), direction);
    if (mark !== undefined) onControl({ positionMs: Math.max(replay.firstMs, mark.startMs - LEAD_MS) });
  };

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey) return;
      const onButton = event.target instanceof HTMLButtonElement || event.target instanceof HTMLAnchorElement;
      const orders: Readonly<Record<string, () => void>> = {
        ArrowLeft: () => step(event.shiftKey ? -LONG_STEP_MS : -STEP_MS), ArrowRight: () => step(event.shiftKey ? LONG_STEP_MS : STEP_MS),
        ArrowUp: () => faster(1), ArrowDown: () => faster(-1), n: () => toAlarm(1), p: () => toAlarm(-1),
        Home: () => onControl({ positionMs: replay.firstMs }), End: () => onControl({ positionMs: replay.lastMs }),
        // A button that has the focus is pressed by space itself.
        ...(onButton ? {} : { " ": toggle }),
      };
      const order = orders[event.key.length === 1 ? event.key.toLowerCase() : event.key];
      if (order === undefined) return;
      event.preventDefault();
      order();
    };
    addEventListener("keydown", press);
    return () => removeEventListener("keydown", press);
  });

  return (
    <section class="deck" aria-label={speech.say("replay.controls")} title={speech.say("replay.keys")}>
      {/* A click keeps no focus, so that Space goes on meaning play or pause; who comes by keyboard keeps it. */}
      <div class="deck-buttons" onMouseDown={(event) => event.preventDefault()}>
        <button type="button" class="deck-play" data-replay-play={playing} aria-label={speech.say(playing ? "replay.pause" : "replay.play")} onClick={toggle}>{playing ? "❚❚" : "▶"}</button>
        <button type="button" aria-label={speech.say("replay.back", { age: speech.age(STEP_MS) })} onClick={() => step(-STEP_MS)}>−10 s</button>
        <button type="button" aria-label={speech.say("replay.ahead", { age: speech.age(STEP_MS) })} onClick={() => step(STEP_MS)}>+10 s</button>
        <button type="button" aria-label={speech.say("replay.previous")} title={speech.say("replay.previous")} onClick={() => toAlarm(-1)}>‹ !</button>
        <button type="button" aria-label={speech.say("replay.next")} title={speech.say("replay.next")} onClick={() => toAlarm(1)}>! ›</button>
        <span class="deck-speeds" role="group" aria-label={speech.say("replay.speed")}>
          {SPEEDS.map((speed) => (
            <button key={speed} type="button" data-speed={speed} aria-pressed={speed === replay.speed} onClick={() => onControl({ speed })}>{speedText(speed, speech)}</button>
          ))}
        </span>
        <a class="deck-other" href="/replay">{speech.say("replay.other")}</a>
      </div>
      <Scrubber replay={replay} timeline={timeline} onSeek={(positionMs) => onControl({ positionMs })} />
      <div class="deck-ends"><time>{utcMoment(replay.firstMs)}</time><span class="deck-keys">{speech.say("replay.keys")}</span><time>{utcMoment(replay.lastMs)}</time></div>
    </section>
  );
}
