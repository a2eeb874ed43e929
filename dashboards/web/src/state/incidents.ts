import type { IncidentMarkDto } from "../hub/contract";

export type PlaceKind = "stream" | "device" | "cell" | "slice" | "core" | "backhaul" | "other";

/** Where an incident is, read from its subject. */
export interface Place {
  readonly kind: PlaceKind;
  /** Of a cell or slice its name, of a device its id, of anything else the subject. */
  readonly name: string;
  /** `ward/bed` of a device or stream; empty otherwise. */
  readonly bed: string;
  /** Signal of a stream; empty otherwise. */
  readonly signal: string;
}

/** `site/ward/bed/device[/SIGNAL]`, `site[/ward]/_cell-NAME`, `…/_slice-NAME`, `…/_core`, `…/_backhaul`, or a part of the agent. */
export function placeOf(subject: string): Place {
  const parts = subject.split("/");
  const last = parts.at(-1) ?? "";
  const [, kind, name] = /^_(cell|slice)-(.+)$/.exec(last) ?? [];
  if ((kind === "cell" || kind === "slice") && name !== undefined) return { kind, name, bed: "", signal: "" };
  if (last === "_core" || last === "_backhaul") return { kind: last === "_core" ? "core" : "backhaul", name: last.slice(1), bed: "", signal: "" };
  const [, ward, bed, device, signal] = parts;
  if (ward !== undefined && bed !== undefined && device !== undefined) {
    return { kind: signal === undefined ? "device" : "stream", name: device, bed: `${ward}/${bed}`, signal: signal ?? "" };
  }
  return { kind: "other", name: subject, bed: "", signal: "" };
}

/** Those that touch a bed; all of them for the wall. */
export function incidentsOf(incidents: readonly IncidentMarkDto[], bed: string | null): readonly IncidentMarkDto[] {
  return bed === null ? incidents : incidents.filter((incident) => incident.beds.includes(bed));
}
