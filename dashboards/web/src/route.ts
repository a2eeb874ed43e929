/** The bed in the address (`/bed/icu1/bed-03`), or null for the wall. */
export function bedOfPath(path: string): string | null {
  const [, ward, bed] = /^\/bed\/([^/]+)\/([^/]+)\/?$/.exec(path) ?? [];
  return ward === undefined || bed === undefined ? null : `${decodeURIComponent(ward)}/${decodeURIComponent(bed)}`;
}
