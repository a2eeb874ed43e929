import type { IncidentDto } from "../../hub/contract";
import { bedsText, incidentText } from "../../i18n/incidentText";
import { localTime, utcTime } from "../../i18n/times";
import { evidenceText } from "../../state/figures";
import { CauseMark } from "../incident/CauseMark";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import "./incidents.css";

/** Facts that have a place of their own in a card. */
const ELSEWHERE = ["children", "child_count", "beds"];

/** Open incidents with their evidence, and below them those that are over. */
export function Incidents({ incidents }: { readonly incidents: readonly IncidentDto[] }) {
  const { speech } = usePage();
  const open = incidents.filter((incident) => incident.endMs === null);
  const ended = incidents.filter((incident) => incident.endMs !== null);
  return (
    <section class="network-incidents" aria-labelledby="incidents-title">
      <h2 id="incidents-title">{speech.say(open.length === 0 ? "incident.none" : "incident.open")}{open.length > 0 && <b class="count">{open.length}</b>}</h2>
      {open.length > 0 && <ul class="incident-cards">{open.map((incident) => <OpenIncident key={incident.id} incident={incident} />)}</ul>}
      {ended.length > 0 && (
        <details class="incident-ended" open={open.length === 0}>
          <summary>{speech.say("incident.ended")} <b class="count">{ended.length}</b></summary>
          <ul>{ended.map((incident) => <EndedIncident key={`${incident.id}/${incident.endMs}`} incident={incident} />)}</ul>
        </details>
      )}
    </section>
  );
}

function OpenIncident({ incident }: { readonly incident: IncidentDto }) {
  const { now, speech, names } = usePage();
  const { id, cause, what, sinceMs, children, evidence } = incident;
  const beds = bedsText(incident, speech);
  const age = now.dead ? speech.say("incident.lastKnown") : speech.age(now.logMs - sinceMs);
  const facts = Object.entries(evidence).filter(([name]) => !ELSEWHERE.includes(name));
  return (
    <li class="incident-card" data-incident={id} data-cause={cause} data-what={what}>
      <p class="incident-head">
        <CauseMark cause={cause} />
        <b>{incidentText(incident, speech, names)}</b>
        {beds !== "" && <span>{beds}</span>}
        <time title={speech.say("app.local", { time: localTime(sinceMs) })}>{speech.say("incident.since", { time: utcTime(sinceMs), age })}</time>
      </p>
      <div class="incident-why">
        <Beds beds={incident.beds} />
        {facts.length > 0 && <><span class="quiet">{speech.say("incident.evidence")}</span> {facts.map(([name, value]) => <span key={name} class="fact">{evidenceText(name, value)}</span>)}</>}
        <span class="quiet">{children === 1 ? speech.say("incident.child") : speech.say("incident.children", { count: children })}</span>
      </div>
    </li>
  );
}

function Beds({ beds }: { readonly beds: readonly string[] }) {
  const { speech, paths } = usePage();
  const wards = new Set(beds.map((bed) => bed.slice(0, bed.lastIndexOf("/"))));
  return (
    <ul class="incident-beds">
      {beds.map((key) => {
        const [ward, bed] = [key.slice(0, key.lastIndexOf("/")), key.slice(key.lastIndexOf("/") + 1)];
        return <li key={key}><Go to={paths.bed(ward, bed)}>{wards.size > 1 && `${ward} `}{speech.bed(bed)}</Go></li>;
      })}
    </ul>
  );
}

function EndedIncident({ incident }: { readonly incident: IncidentDto }) {
  const { speech, names } = usePage();
  const beds = bedsText(incident, speech);
  const { id, cause, what, sinceMs, endMs } = incident;
  return (
    <li data-ended-incident={id} data-cause={cause} data-what={what}>
      <CauseMark cause={cause} />
      <b>{incidentText(incident, speech, names)}</b>
      {beds !== "" && <span>{beds}</span>}
      <time title={speech.say("app.local", { time: localTime(sinceMs) })}>{speech.say("incident.over", { time: utcTime(sinceMs), age: speech.age((endMs ?? sinceMs) - sinceMs) })}</time>
    </li>
  );
}
