/** The bed in the address (`/bed/icu1/bed-03`), or null for the wall. */
export function bedOfPath(path: string): string | null {
  const [, ward, bed] = /^\/bed\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  return ward === undefined || bed === undefined ? null : `${decodeURIComponent(ward)}/${decodeURIComponent(bed)}`;
}

export function isReplay(path: string): boolean {
  return /^\/replay\/?$/.test(path);
}

/** The replay in the address (`/replay?session=…&bed=icu1/bed-03`); a session of null is the choice of captures. */
export interface ReplayRoute {
  readonly session: string | null;
  readonly bed: string | null;
}

export function replayOfQuery(query: string): ReplayRoute {
  const parameters = new URLSearchParams(query);
  return { session: parameters.get("session"), bed: parameters.get("bed") };
}

export function replayPath(session: string, bed: string | null): string {
  return `/replay?${new URLSearchParams(bed === null ? { session } : { session, bed })}`;
}
