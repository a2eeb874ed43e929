import type { EventLine, Severity } from "../hub/contract";

/** An event from its start to its end. */
export interface PastEpisode {
  readonly id: string;
  readonly startMs: number;
  /** Null while it goes on. */
  readonly endMs: number | null;
  readonly kind: string;
  readonly what: string;
  readonly severity: Severity;
  readonly cause: string;
  readonly device: string;
  readonly evidence: Readonly<Record<string, unknown>>;
}

const RANK: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1, info: 0 };

/** Lines put together by their id, the newest episode first; what the lines show no start of is left to the page before. */
export function episodesOf(lines: readonly EventLine[]): PastEpisode[] {
  const episodes = new Map<string, PastEpisode>();
  for (const line of lines) {
    const atMs = Date.parse(line.t);
    const known = episodes.get(line.id);
    if (line.phase === "start") {
      episodes.set(line.id, {
        id: line.id, startMs: atMs, endMs: null, kind: line.kind, what: line.what, severity: line.severity, cause: line.cause,
        device: line.subject.split("/")[3] ?? "", evidence: line.evidence,
      });
    } else if (known !== undefined) {
      episodes.set(line.id, {
        ...known, endMs: line.phase === "end" ? atMs : known.endMs, cause: line.cause === "" ? known.cause : line.cause,
        severity: RANK[line.severity] > RANK[known.severity] ? line.severity : known.severity,
      });
    }
  }
  return [...episodes.values()].sort((a, b) => b.startMs - a.startMs);
}
