import { useState } from "preact/hooks";
import type { AlarmLevel, BedDto } from "../../hub/contract";
import { alarmText } from "../../i18n/alarmText";
import { allAlarms, flashes, SYMBOL, valueAgainstLimit, type BedAlarm } from "../../state/alarms";
import { AlarmNotes, AlarmSymbol } from "../alarm/AlarmBar";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import "./roster.css";

const PRIORITIES: readonly AlarmLevel[] = ["high", "medium", "low"];

interface RosterProps {
  readonly beds: readonly BedDto[];
  /** A strip beside the wall; otherwise one line above it that opens. */
  readonly beside: boolean;
}

/** Every active alarm of the unit, the most urgent first: the wall keeps places, this list keeps order. */
export function Roster({ beds, beside }: RosterProps) {
  const { speech } = usePage();
  const [open, setOpen] = useState(false);
  const alarms = allAlarms(beds);
  const shown = beside || open;
  return (
    <aside class={beside ? "roster roster-beside" : "roster"} aria-label={speech.say("alarm.list")}>
      <button type="button" class="roster-head" aria-expanded={shown} disabled={beside} onClick={() => setOpen(!open)}>
        <span>{alarms.length === 0 ? speech.say("alarm.quiet") : speech.say("alarm.list")}</span>
        <span class="roster-counts">
          {PRIORITIES.map((priority) => [priority, alarms.filter(({ alarm }) => alarm.priority === priority).length] as const)
            .filter(([, count]) => count > 0)
            .map(([priority, count]) => <span key={priority} class={`roster-count alarm-${priority}`}>{SYMBOL[priority]} {count}</span>)}
        </span>
        {!beside && <span aria-hidden="true">{open ? "▴" : "▾"}</span>}
      </button>
      {shown && alarms.length > 0 && (
        <ol class="roster-list">{alarms.map((entry) => <Entry key={`${entry.bed.key}/${entry.alarm.id}`} {...entry} />)}</ol>
      )}
    </aside>
  );
}

function Entry({ bed, alarm }: BedAlarm) {
  const { now, speech, names, paths } = usePage();
  return (
    <li>
      <Go to={paths.bed(bed.ward, bed.bed)} class={`roster-entry phase-${alarm.phase}`}>
        <AlarmSymbol priority={alarm.priority} flashing={flashes(alarm) && !now.dead} />
        <span class="roster-bed">{speech.bed(bed.bed)}</span>
        <span class="roster-age">{now.dead ? speech.say("alarm.lastKnown") : speech.age(now.logMs - alarm.sinceMs)}</span>
        <span class="roster-text" title={alarm.text}>{alarmText(alarm, speech, names)} <b>{valueAgainstLimit(alarm)}</b></span>
        <AlarmNotes alarm={alarm} />
      </Go>
    </li>
  );
}
