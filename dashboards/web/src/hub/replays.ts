import { ask, type Refused } from "./ask";
import type { CaptureDto, ReplayControlDto, ReplayDto, ReplayTimelineDto } from "./contract";

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
