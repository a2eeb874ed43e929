import type { AgentDto, BedDto, IncidentMarkDto, NetworkDto, WardFrame, WatchdogMarkDto } from "../hub/contract";

/** What the agent last said of the unit. Immutable; a bed that didn't change stays the same object. */
export interface Ward {
  readonly site: string;
  readonly beds: readonly (BedDto | undefined)[];
  readonly heard: readonly number[];
  readonly agent: AgentDto | null;
  /** Every open incident, the newest first. */
  readonly incidents: readonly IncidentMarkDto[];
  readonly watchdogs: readonly WatchdogMarkDto[];
  /** Only where the page asked for it. */
  readonly network: NetworkDto | null;
}

export const EMPTY_WARD: Ward = { site: "", beds: [], heard: [], agent: null, incidents: [], watchdogs: [], network: null };

/** A full frame replaces everything; any other carries what changed. */
export function applyFrame(ward: Ward, frame: WardFrame): Ward {
  let beds = ward.beds;
  if (frame.full || frame.beds.length > 0) {
    const changed = frame.full ? [] : [...ward.beds];
    for (const bed of frame.beds) changed[bed.index] = bed;
    beds = changed;
  }
  return {
    site: frame.site, beds, heard: frame.heard, agent: frame.agent ?? ward.agent, incidents: frame.incidents ?? ward.incidents,
    watchdogs: frame.watchdogs ?? ward.watchdogs, network: frame.network ?? ward.network,
  };
}

/** Beds in the order in which a ward counts them, whichever spoke first: staff learn places, so never by severity. */
export function inBedOrder(beds: readonly (BedDto | undefined)[]): BedDto[] {
  return beds.filter((bed) => bed !== undefined).sort((a, b) => NATURAL.compare(a.ward, b.ward) || NATURAL.compare(a.bed, b.bed));
}

/** The same order for what has no more than a bed's key, `ward/bed`; stable. */
export function byBedKey(a: { readonly bed: string }, b: { readonly bed: string }): number {
  return NATURAL.compare(a.bed, b.bed);
}

/** `bed-2` before `bed-10`; one collation everywhere, so two screens in two languages agree. */
const NATURAL = new Intl.Collator("en", { numeric: true });
