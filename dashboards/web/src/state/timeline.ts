import type { ReplayMarkDto, ReplayTimelineDto, Severity } from "../hub/contract";

/** The rows of the timeline, from the top. */
export const LANES = ["high", "medium", "low", "link", "other"] as const;
export type Lane = (typeof LANES)[number];

/** A mark thinner than this could not be seen. */
const LEAST_SHARE = 0.0025;

export interface PlacedMark {
  readonly mark: ReplayMarkDto;
  readonly lane: Lane;
  /** Of the whole width, 0 to 1. */
  readonly from: number;
  readonly width: number;
}

export function laneOf(mark: ReplayMarkDto): Lane {
  if (mark.kind === "link" || mark.kind === "incident") return "link";
  return mark.kind === "alarm" && mark.severity !== "info" ? mark.severity : "other";
}

/** Where each mark lies between the capture's ends; one that goes on reaches as far as the capture was looked through. */
export function place(timeline: ReplayTimelineDto, firstMs: number, lastMs: number): PlacedMark[] {
  const spanMs = Math.max(1, lastMs - firstMs);
  return timeline.marks.map((mark) => {
    const from = clamp((mark.startMs - firstMs) / spanMs);
    const to = clamp(((mark.endMs ?? timeline.throughMs) - firstMs) / spanMs);
    const width = Math.max(LEAST_SHARE, to - from);
    return { mark, lane: laneOf(mark), from: Math.min(from, 1 - width), width };
  });
}

const RANK: Readonly<Record<Severity, number>> = { high: 3, medium: 2, low: 1, info: 0 };
/** "Next" from the mark on which one stands is the one behind it. */
const SAME_MS = 1_000;

/** The next or the last mark that is more than information, seen from a time. */
export function neighbour(timeline: ReplayTimelineDto, positionMs: number, direction: 1 | -1): ReplayMarkDto | undefined {
  const weighty = timeline.marks.filter((mark) => RANK[mark.severity] > 0).sort((a, b) => a.startMs - b.startMs);
  return direction > 0
    ? weighty.find((mark) => mark.startMs > positionMs + SAME_MS)
    : weighty.findLast((mark) => mark.startMs < positionMs - SAME_MS);
}

function clamp(share: number): number {
  return Math.min(1, Math.max(0, share));
}
