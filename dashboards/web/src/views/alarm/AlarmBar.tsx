import type { ComponentChildren } from "preact";
import type { AlarmDto } from "../../hub/contract";
import { alarmText } from "../../i18n/alarmText";
import { bySeverity, flashes, inTurn, SYMBOL, valueAgainstLimit } from "../../state/alarms";
import { usePage } from "../page/pageContext";
import "./alarm.css";

interface AlarmBarProps {
  readonly alarms: readonly AlarmDto[];
  /** What stands in the bar's place when there is no alarm. */
  readonly otherwise: ComponentChildren;
}

/** The alarms of a bed, one at a time: the block keeps the worst one's colour and flash while the texts take turns. */
export function AlarmBar({ alarms, otherwise }: AlarmBarProps) {
  const { now, speech, names } = usePage();
  const worst = [...alarms].sort(bySeverity)[0];
  const turn = inTurn(alarms, now.logMs);
  if (worst === undefined || turn === undefined) return <div class="alarm-bar">{otherwise}</div>;
  const { alarm, place } = turn;
  const worstFlashes = alarms.some((other) => other.priority === worst.priority && flashes(other));
  return (
    <div class="alarm-bar">
      <AlarmSymbol priority={worst.priority} flashing={worstFlashes && !now.dead} />
      <span class={`alarm-message alarm-${alarm.priority} ${flashes(alarm) && !now.dead ? "alarm-flash" : ""} phase-${alarm.phase}`}>
        {alarm.priority !== worst.priority && <b class="alarm-own">{SYMBOL[alarm.priority]}</b>}
        <span class="alarm-text" title={alarm.text}>{alarmText(alarm, speech, names)}</span>
        <span class="alarm-value">{valueAgainstLimit(alarm)}</span>
        <span class="alarm-aside">
          <span>
            {now.dead ? speech.say("alarm.lastKnown") : speech.age(now.logMs - alarm.sinceMs)}
            {alarms.length > 1 && <b class="alarm-place">{speech.say("alarm.of", { place: place + 1, count: alarms.length })}</b>}
          </span>
          <AlarmNotes alarm={alarm} />
        </span>
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
  const notes = [
    ...(alarm.phase === "active_unack" ? [] : [speech.say(`alarm.${alarm.phase}`)]),
    ...(alarm.audioOff ? [speech.say("alarm.audioOff")] : []),
  ];
  return notes.length === 0 ? null : <span class="alarm-notes">{notes.join(" · ")}</span>;
}
