import { describe, expect, it } from "vitest";
import { alarm } from "../fake/fakeBed";
import { bySeverity, inTurn, valueAgainstLimit } from "../../src/state/alarms";

describe("alarms", () => {
  it("bySeverity_MixedPrioritiesAndPhases_UrgentAndUnseenFirst", () => {
    const alarms = [
      alarm("low", 0, { priority: "low" }),
      alarm("seen", 0, { priority: "medium", phase: "active_ack" }),
      alarm("newer", 9, { priority: "medium" }),
      alarm("older", 5, { priority: "medium" }),
      alarm("high", 20, { priority: "high", phase: "active_ack" }),
    ];

    expect(alarms.sort(bySeverity).map(({ id }) => id)).toEqual(["high", "older", "newer", "seen", "low"]);
  });

  it("inTurn_TwoAlarms_ChangeEveryTwoSecondsOfLogTime", () => {
    const alarms = [alarm("medium", 0, {}), alarm("high", 0, { priority: "high" })];

    expect([0, 1_999, 2_000, 4_000].map((ms) => inTurn(alarms, ms)?.alarm.id)).toEqual(["high", "high", "medium", "high"]);
    expect(inTurn([], 0)).toBeUndefined();
  });

  it.each([
    [{ value: 134, highLimit: 120 }, "134 > 120"], [{ value: 85, lowLimit: 90 }, "85 < 90"],
    [{ value: 100, lowLimit: 90, highLimit: 120 }, "100"], [{ value: 36.84 }, "36.8"], [{}, ""],
  ])("valueAgainstLimit_%j_%s", (parts, text) => {
    expect(valueAgainstLimit(alarm("a", 0, parts))).toBe(text);
  });
});
