import type { IncidentMarkDto } from "../hub/contract";
import { placeOf } from "../state/incidents";
import type { Speech } from "./language";
import type { SignalNames } from "./signals";

type Named = Pick<IncidentMarkDto, "subject" | "cause" | "what" | "beds">;

/** Where an incident is: `Cell 3A1F`, `Gateway gw1, Bed 03`, `Bed 03, mon1 SpO₂`. */
export function placeText({ subject, cause }: Named, speech: Speech, names: SignalNames): string {
  const { kind, name, bed, signal } = placeOf(subject);
  if (kind === "cell" || kind === "slice") return speech.say(`place.${kind}`, { name });
  if (kind === "core" || kind === "backhaul") return speech.say(`place.${kind}`);
  if (kind === "other") return name === "agent" ? speech.say("fault.title") : name;
  const place = bed.slice(bed.indexOf("/") + 1);
  // A segment with a leading underscore is no bed: the gateway stands somewhere on the ward.
  const at = place.startsWith("_") ? [] : [speech.bed(place)];
  if (cause === "gateway") return [speech.say("place.gateway", { name }), ...at].join(", ");
  return [...at, signal === "" ? name : `${name} ${names.label(signal, speech.language)}`].join(", ");
}

/** What happened: `Cell 3A1F: silent`. */
export function incidentText(incident: Named, speech: Speech, names: SignalNames): string {
  return `${placeText(incident, speech, names)}${speech.language === "fr" ? " : " : ": "}${speech.name("what", incident.what)}`;
}

/** Whom it touches: the bed itself, or how many; nothing where its place has said so. */
export function bedsText({ beds, subject }: Pick<Named, "beds" | "subject">, speech: Speech): string {
  const [only] = beds;
  if (only === undefined || (beds.length === 1 && placeOf(subject).bed === only)) return "";
  return beds.length === 1 ? speech.bed(only.slice(only.lastIndexOf("/") + 1)) : speech.say("incident.beds", { count: beds.length });
}
