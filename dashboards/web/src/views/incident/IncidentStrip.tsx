import type { IncidentMarkDto } from "../../hub/contract";
import { bedsText, incidentText } from "../../i18n/incidentText";
import { localTime, utcTime } from "../../i18n/times";
import { incidentsOf } from "../../state/incidents";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import { CauseMark } from "./CauseMark";
import "./incident.css";

/** More would take the room of the beds; the network page has them all. */
const MOST = 3;

/** Open incidents, each once: above the tiles and below the alarms, still and without an alarm's colours. */
export function IncidentStrip({ bed }: { readonly bed: string | null }) {
  const { speech, model, paths } = usePage();
  const incidents = incidentsOf(model.ward.incidents, bed);
  if (incidents.length === 0) return null;
  const hidden = incidents.length - MOST;
  return (
    <ul class="incidents" aria-label={speech.say("incident.open")} aria-live="polite" aria-relevant="additions">
      {incidents.slice(0, MOST).map((incident) => <Item key={incident.id} incident={incident} />)}
      {hidden > 0 && <li><Go to={paths.network} class="incident incident-more">{speech.say("incident.more", { count: hidden })}</Go></li>}
    </ul>
  );
}

function Item({ incident }: { readonly incident: IncidentMarkDto }) {
  const { now, speech, names, paths, agentMode } = usePage();
  const beds = bedsText(incident, speech);
  const since = now.dead ? speech.say("incident.lastKnown") : speech.age(now.logMs - incident.sinceMs);
  return (
    <li data-incident={incident.id} data-cause={incident.cause} data-what={incident.what}>
      <Go to={paths.network} class="incident" title={`${speech.say("incident.since", { time: utcTime(incident.sinceMs), age: since })} · ${speech.say("app.local", { time: localTime(incident.sinceMs) })}`}>
        {agentMode === "replay" && <b class="replayed">{speech.say("mode.replay")}</b>}
        <CauseMark cause={incident.cause} />
        <b>{incidentText(incident, speech, names)}</b>
        {beds !== "" && <span>{beds}</span>}
        {/* A new age each second is nothing to announce. */}
        <span class="incident-age" aria-hidden="true">{since}</span>
      </Go>
    </li>
  );
}
