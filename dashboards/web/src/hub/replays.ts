import type { CaptureDto, ReplayControlDto, ReplayDto, ReplayTimelineDto } from "./contract";

/** The agent's own words for why it can't, or null where it did not answer at all. */
export class Refused {
  constructor(readonly status: number, readonly detail: string) {}
}

export function fetchCaptures(): Promise<CaptureDto[] | Refused> {
  return ask<CaptureDto[]>("/api/replay/captures");
}

export function openReplay(capture: string): Promise<ReplayDto | Refused> {
  return ask<ReplayDto>("/api/replay/sessions", "POST", { capture });
}

export function fetchReplay(session: string): Promise<ReplayDto | Refused> {
  return ask<ReplayDto>(pathOf(session));
}

export function fetchTimeline(session: string): Promise<ReplayTimelineDto | Refused> {
  return ask<ReplayTimelineDto>(`${pathOf(session)}/timeline`);
}

export function controlReplay(session: string, control: Partial<ReplayControlDto>): Promise<ReplayDto | Refused> {
  return ask<ReplayDto>(pathOf(session), "PUT", control);
}

/** Ends it, also when the page is just being left. */
export function endReplay(session: string): void {
  void fetch(pathOf(session), { method: "DELETE", keepalive: true }).catch(() => undefined);
}

function pathOf(session: string): string {
  return `/api/replay/sessions/${encodeURIComponent(session)}`;
}

async function ask<T>(path: string, method = "GET", body?: object): Promise<T | Refused> {
  try {
    const answer = await fetch(path, body === undefined ? { method } : { method, headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
    if (answer.ok) return (await answer.json()) as T;
    const problem = (await answer.json().catch(() => ({}))) as { detail?: string };
    return new Refused(answer.status, problem.detail ?? "");
  } catch {
    return new Refused(0, "");
  }
}
