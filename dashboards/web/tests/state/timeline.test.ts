import { describe, expect, it } from "vitest";
import type { ReplayMarkDto, ReplayTimelineDto } from "../../src/hub/contract";
import { laneOf, neighbour, place } from "../../src/state/timeline";

function mark(parts: Partial<ReplayMarkDto>): ReplayMarkDto {
  return { startMs: 0, endMs: null, kind: "alarm", what: "device", severity: "medium", subject: "chu/icu1/bed-01/mon1", text: "", ...parts };
}

function timeline(...marks: ReplayMarkDto[]): ReplayTimelineDto {
  return { throughMs: 80_000, complete: false, omitted: 0, marks };
}

describe("timeline", () => {
  it("place_AnEndedAndAStandingMark_ByTheirShareOfTheWhole", () => {
    const [ended, standing] = place(timeline(mark({ startMs: 10_000, endMs: 30_000 }), mark({ startMs: 50_000 })), 0, 100_000);
    expect(ended).toMatchObject({ from: 0.1, lane: "medium" });
    expect(ended?.width).toBeCloseTo(0.2);
    expect(standing?.width).toBeCloseTo(0.3);
  });

  it("place_AMomentAtTheVeryEnd_StillSeen", () => {
    const [point] = place(timeline(mark({ startMs: 100_000, endMs: 100_000 })), 0, 100_000);
    expect(point?.width).toBeGreaterThan(0);
    expect((point?.from ?? 1) + (point?.width ?? 1)).toBeLessThanOrEqual(1);
  });

  it("laneOf_KindAndSeverity_AlarmsByPriorityLinksApart", () => {
    expect([mark({ severity: "high" }), mark({ kind: "link" }), mark({ kind: "device" }), mark({ severity: "info" })].map(laneOf)).toEqual(["high", "link", "other", "other"]);
  });

  it("neighbour_BothWays_NotTheOneOnWhichOneStandsAndNotMereInformation", () => {
    const three = timeline(mark({ startMs: 10_000 }), mark({ startMs: 20_000, severity: "info" }), mark({ startMs: 30_000 }));
    expect(neighbour(three, 10_500, 1)?.startMs).toBe(30_000);
    expect(neighbour(three, 30_500, -1)?.startMs).toBe(10_000);
    expect(neighbour(three, 40_000, 1)).toBeUndefined();
  });
});
