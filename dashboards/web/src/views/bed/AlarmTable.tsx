import type { AlarmDto } from "../../hub/contract";
import { alarmText } from "../../i18n/alarmText";
import { localTime, utcTime } from "../../i18n/times";
import { unitText } from "../../i18n/signals";
import { bySeverity, flashes, valueAgainstLimit } from "../../state/alarms";
import { AlarmSymbol } from "../alarm/AlarmBar";
import { usePage } from "../page/pageContext";

/** The bed's alarm conditions with priority, phase, limits and onset. */
export function AlarmTable({ alarms }: { readonly alarms: readonly AlarmDto[] }) {
  const { speech } = usePage();
  return (
    <section class="bed-alarms" aria-label={speech.say("bed.alarms")}>
      {alarms.length === 0
        ? <p class="bed-quiet">{speech.say("bed.noAlarms")}</p>
        : <ul>{[...alarms].sort(bySeverity).map((alarm) => <Row key={alarm.id} alarm={alarm} />)}</ul>}
    </section>
  );
}

function Row({ alarm }: { readonly alarm: AlarmDto }) {
  const { now, speech, names } = usePage();
  const { lowLimit: low, highLimit: high } = alarm;
  const limits = low !== null && high !== null ? speech.say("alarm.limits", { low, high })
    : low !== null ? speech.say("alarm.limitLow", { low })
    : high !== null ? speech.say("alarm.limitHigh", { high }) : "";
  return (
    <li class={`bed-alarm phase-${alarm.phase}`}>
      <AlarmSymbol priority={alarm.priority} flashing={flashes(alarm) && !now.dead} />
      <span class="bed-alarm-text" title={alarm.text}>{alarmText(alarm, speech, names)}</span>
      <b>{valueAgainstLimit(alarm)} <small>{unitText(alarm.unit)}</small></b>
      <span>{now.dead ? speech.say("alarm.lastKnown") : speech.say(`alarm.${alarm.phase}`)}{alarm.audioOff && ` · ${speech.say("alarm.audioOff")}`}</span>
      <span>{limits}</span>
      <span>{speech.name("alarm", alarm.kind)} · {alarm.device}</span>
      <time title={speech.say("app.local", { time: localTime(alarm.sinceMs) })}>
        {speech.say("alarm.since", { time: utcTime(alarm.sinceMs) })}{!now.dead && ` (${speech.age(now.logMs - alarm.sinceMs)})`}
      </time>
    </li>
  );
}
