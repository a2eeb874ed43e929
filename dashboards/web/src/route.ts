/** What of the unit is looked at: one bed, the network, or the wall. */
export interface View {
  readonly bed: string | null;
  readonly network: boolean;
}

export function viewOfPath(path: string): View {
  return { bed: bedOfPath(path), network: isNetwork(path) };
}

/** The bed in the address (`/bed/icu1/bed-03`), or null for the wall. */
export function bedOfPath(path: string): string | null {
  const [, ward, bed] = /^\/bed\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  return ward === undefined || bed === undefined ? null : `${decodeURIComponent(ward)}/${decodeURIComponent(bed)}`;
}

export function isNetwork(path: string): boolean {
  return /^\/network\/?$/.test(path);
}

export function isReplay(path: string): boolean {
  return /^\/replay\/?$/.test(path);
}

/** The replay in the address (`/replay?session=…&bed=icu1/bed-03`, `…&view=network`); a session of null is the choice of captures. */
export interface ReplayRoute extends View {
  readonly session: string | null;
}

export function replayOfQuery(query: string): ReplayRoute {
  const parameters = new URLSearchParams(query);
  return { session: parameters.get("session"), bed: parameters.get("bed"), network: parameters.get("view") === "network" };
}

export function replayPath(session: string, bed: string | null): string {
  return `/replay?${new URLSearchParams(bed === null ? { session } : { session, bed })}`;
}

export function replayNetworkPath(session: string): string {
  return `/replay?${new URLSearchParams({ session, view: "network" })}`;
}
