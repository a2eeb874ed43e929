import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../hub/ask";
import type { AlarmDto, EventLine } from "../../hub/contract";
import { fetchEvents } from "../../hub/history";
import { alarmText } from "../../i18n/alarmText";
import { utcMoment } from "../../i18n/times";
import { valueAgainstLimit } from "../../state/alarms";
import { episodesOf, type PastEpisode } from "../../state/pastEvents";
import { AlarmSymbol } from "../alarm/AlarmBar";
import { usePage } from "../page/pageContext";

const PAGE = 200;
const REFRESH_MS = 10_000;
const FILTERS = [["past.all", ""], ["past.onlyAlarms", "alarm"], ["past.onlyLinks", "link"]] as const;

interface PastEventsProps {
  readonly bed: string;
  readonly onLook: (ms: number) => void;
}

/** The bed's alarms and events, the newest first, each from its start to its end. */
export function PastEvents({ bed, onLook }: PastEventsProps) {
  const { now, speech } = usePage();
  const [lines, setLines] = useState<readonly EventLine[]>([]);
  const [more, setMore] = useState(false);
  const [trouble, setTrouble] = useState(false);
  const [kind, setKind] = useState("");
  const beat = Math.floor(now.logMs / REFRESH_MS);

  const load = async (before: number | null) => {
    const answer = await fetchEvents(bed, PAGE, before);
    setTrouble(answer instanceof Refused);
    if (answer instanceof Refused) return;
    // A page of newest events replaces what it covers and keeps the older ones that were asked for.
    setLines((held) => {
      const from = answer.events[0]?.n ?? Number.POSITIVE_INFINITY;
      const older = before === null ? held.filter((line) => line.n < from) : [];
      const newer = before === null ? [] : held.filter((line) => line.n >= before);
      return [...older, ...answer.events, ...newer];
    });
    if (before !== null || lines.length === 0) setMore(answer.more);
  };
  useEffect(() => void load(null), [bed, beat]);

  const episodes = episodesOf(lines).filter((episode) => kind === "" || episode.kind === kind);
  return (
    <section class="past" aria-label={speech.say("past.events")}>
      <div class="past-bar" role="group" aria-label={speech.say("past.filter")}>
        {FILTERS.map(([key, each]) => <button key={key} type="button" aria-pressed={each === kind} onClick={() => setKind(each)}>{speech.say(key)}</button>)}
      </div>
      {trouble && <p class="past-trouble" role="status">{speech.say("past.trouble")}</p>}
      {episodes.length === 0 && !trouble && <p class="nothing">{speech.say("past.noEvents")}</p>}
      <ol class="past-events">{episodes.map((episode) => <Row key={episode.id} episode={episode} onLook={onLook} />)}</ol>
      {more && <button type="button" class="past-more" onClick={() => void load(lines[0]?.n ?? null)}>{speech.say("past.more")}</button>}
    </section>
  );
}

function Row({ episode, onLook }: { readonly episode: PastEpisode; readonly onLook: (ms: number) => void }) {
  const { speech, names } = usePage();
  const { startMs, endMs, kind, what, severity, cause, device } = episode;
  const alarm = kind === "alarm" ? alarmOf(episode) : null;
  return (
    <li class="past-event" data-event={episode.id} data-kind={kind} data-severity={severity}>
      <AlarmSymbol priority={severity === "info" ? "none" : severity} flashing={false} />
      <time>{utcMoment(startMs)}</time>
      <span class="past-event-text">{alarm === null ? `${speech.name("kind", kind)}: ${speech.name("what", what)}` : alarmText(alarm, speech, names)} {alarm !== null && <b>{valueAgainstLimit(alarm)}</b>}</span>
      <span>{endMs === null ? speech.say("past.since") : speech.say("past.lasted", { age: speech.age(endMs - startMs) })}</span>
      <span class="past-event-source">{[device, cause === "" ? "" : speech.name("cause", cause)].filter((part) => part !== "").join(" · ")}</span>
      <button type="button" onClick={() => onLook(startMs)}>{speech.say("past.look")}</button>
    </li>
  );
}

/** An alarm's evidence as the alarm that it was. */
function alarmOf({ id, device, evidence, severity, startMs }: PastEpisode): AlarmDto {
  const text = (name: string) => (typeof evidence[name] === "string" ? evidence[name] : "");
  const number = (name: string) => (typeof evidence[name] === "number" ? evidence[name] : null);
  return {
    id, device, priority: severity === "info" ? "none" : severity, phase: "active_ack", kind: text("alarm_kind"), event: text("event"), source: text("source"),
    text: text("text"), value: number("value"), lowLimit: number("low_limit"), highLimit: number("high_limit"), unit: "", audioOff: false, sinceMs: startMs,
  };
}
