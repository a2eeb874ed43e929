import type { BedDto, BedState, LinkGrade, Mode } from "../hub/contract";
import type { Moment } from "./freshness";

/** A sentence of the catalogue with what goes into it; ages are milliseconds. */
export interface Sentence {
  readonly key:
    | "why.frozen" | "why.agent" | "why.leftWithoutLeave" | "why.lost" | "why.silent" | "why.stale" | "why.late"
    | "why.setup" | "why.standby" | "why.empty";
  readonly ageMs?: number;
}

/** Silence shorter than this is no reason yet. */
const SILENT_MS = 1_000;
const LOST_MS = 10_000;

export interface Condition {
  readonly state: BedState;
  readonly link: LinkGrade;
  /** Age of the last message; null when nothing was heard, or the page can't tell. */
  readonly heardAgeMs: number | null;
  /** Why the bed isn't live; undefined when it is. */
  readonly why: Sentence | undefined;
}

/** A bed's condition as it may be shown: on a frozen page nothing is live, whatever the last frame said. */
export function conditionOf(bed: BedDto, heardMs: number | undefined, now: Moment): Condition {
  const heardAgeMs = heardMs === undefined || heardMs <= 0 || now.dead ? null : Math.max(0, now.logMs - heardMs);
  if (now.dead) {
    const state = bed.state === "live" || bed.state === "late" ? "stale" : bed.state;
    return { state, link: "unknown", heardAgeMs: null, why: { key: "why.frozen" } };
  }
  return { state: bed.state, link: bed.link, heardAgeMs, why: whyNotLive(bed, heardAgeMs) };
}

function whyNotLive(bed: BedDto, heardAgeMs: number | null): Sentence | undefined {
  const age = heardAgeMs === null ? {} : { ageMs: heardAgeMs };
  const silent = heardAgeMs !== null && heardAgeMs >= SILENT_MS;
  switch (bed.state) {
    case "live":
      return undefined;
    case "late":
      return silent ? { key: "why.silent", ...age } : { key: "why.late" };
    case "stale":
      if (bed.cause === "agent") return { key: "why.agent" };
      return silent ? { key: "why.silent", ...age } : { key: "why.stale" };
    case "lost":
      if (bed.cause === "agent") return { key: "why.agent" };
      // Silence alone takes ten seconds to lose a bed; sooner, its connection was closed.
      return heardAgeMs !== null && heardAgeMs < LOST_MS ? { key: "why.leftWithoutLeave", ...age } : { key: "why.lost", ...age };
    case "setup":
    case "standby":
    case "empty":
      return { key: `why.${bed.state}` };
  }
}

/** A mode that has to be written on the screen. */
export type MarkedMode = Exclude<Mode, "real">;

const MARKED: readonly MarkedMode[] = ["replay", "demo", "test"];

/** The mode that has to be written across a tile: the bed's own, else the agent's. */
export function watermark(bed: Mode, agent: Mode): Mode {
  return bed !== "real" ? bed : agent;
}

/** Every mode other than real that is on the screen. */
export function modesShown(agent: Mode, beds: readonly BedDto[]): MarkedMode[] {
  const modes = new Set<Mode>([agent, ...beds.map((bed) => bed.mode)]);
  return MARKED.filter((mode) => modes.has(mode));
}
