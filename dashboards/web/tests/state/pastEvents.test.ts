import { describe, expect, it } from "vitest";
import type { EventLine } from "../../src/hub/contract";
import { episodesOf } from "../../src/state/pastEvents";

function line(n: number, id: string, phase: EventLine["phase"], parts: Partial<EventLine> = {}): EventLine {
  return { n, t: new Date(n * 1_000).toISOString(), kind: "alarm", what: "device", subject: "chu/icu1/bed-01/mon1", cause: "", severity: "low", phase, beds: [], evidence: {}, id, ...parts };
}

describe("episodesOf", () => {
  it("episodesOf_Lines_NewestFirstWithEndAndWorstSeverity", () => {
    const [second, first] = episodesOf([line(1, "a", "start"), line(2, "b", "start"), line(3, "a", "update", { severity: "high" }), line(4, "a", "end", { cause: "cell" })]);
    expect(first).toMatchObject({ id: "a", startMs: 1_000, endMs: 4_000, severity: "high", cause: "cell", device: "mon1" });
    expect(second).toMatchObject({ id: "b", endMs: null });
  });

  it("episodesOf_AnEndWithoutItsStart_IsLeftToTheOlderPage", () => {
    expect(episodesOf([line(5, "z", "end")])).toEqual([]);
  });
});
