import type { AlarmDto } from "../../hub/contract";
import { bySeverity, flashes, inTurn, SYMBOL, valueAgainstLimit } from "../../state/alarms";
import { usePage } from "../page/pageContext";
import "./alarm.css";

/** The alarms of a bed, one at a time: the block keeps the worst one's colour and flash while the texts take turns. */
export function AlarmBar({ alarms }: { readonly alarms: readonly AlarmDto[] }) {
  const { now, speech } = usePage();
  const worst = [...alarms].sort(bySeverity)[0];
  const turn = inTurn(alarms, now.logMs);
  if (worst === undefined || turn === undefined) return <div class="alarm-bar" />;
  const { alarm, place } = turn;
  const worstFlashes = alarms.some((other) => other.priority === worst.priority && flashes(other));
  return (
    <div class="alarm-bar">
      <AlarmSymbol priority={worst.priority} flashing={worstFlashes && !now.dead} />
      <span class={`alarm-message alarm-${alarm.priority} ${flashes(alarm) && !now.dead ? "alarm-flash" : ""} phase-${alarm.phase}`}>
        {alarm.priority !== worst.priority && <b class="alarm-own">{SYMBOL[alarm.priority]}</b>}
        <span class="alarm-text">{alarm.text === "" ? alarm.event : alarm.text}</span>
        <span class="alarm-value">{valueAgainstLimit(alarm)}</span>
        <AlarmNotes alarm={alarm} />
        <span class="alarm-age">{now.dead ? speech.say("alarm.lastKnown") : speech.age(now.logMs - alarm.sinceMs)}</span>
        {alarms.length > 1 && <span class="alarm-place">{speech.say("alarm.of", { place: place + 1, count: alarms.length })}</span>}
      </span>
    </div>
  );
}

export function AlarmSymbol({ priority, flashing }: { readonly priority: AlarmDto["priority"]; readonly flashing: boolean }) {
  const { speech } = usePage();
  const title = speech.say(`alarm.${priority}`);
  return <b class={`alarm-symbol alarm-${priority} ${flashing ? "alarm-flash" : ""}`} title={title} aria-label={title}>{SYMBOL[priority]}</b>;
}

/** Phase and sound, in words, where they aren't the ordinary ones. */
export function AlarmNotes({ alarm }: { readonly alarm: AlarmDto }) {
  const { speech } = usePage();
  return (
    <>
      {alarm.phase !== "active_unack" && <span class="alarm-phase">{speech.say(`alarm.${alarm.phase}`)}</span>}
      {alarm.audioOff && <span class="alarm-phase">{speech.say("alarm.audioOff")}</span>}
    </>
  );
}
