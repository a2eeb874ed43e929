import { describe, expect, it } from "vitest";
import { against, availabilityText, evidenceText, figureText, ninesOf, ratioText, sureness } from "../../src/state/figures";

describe("figures", () => {
  it.each([[null, "–"], [1, "100 %"], [0.9995, "99.95 %"], [0.99999, "99.999 %"], [0.999999999, "99.999999 %"], [0.5, "50 %"], [0, "0 %"]] as const)("availabilityText_%s_%s", (share, text) => {
    expect(availabilityText(share)).toBe(text);
  });

  it("availabilityText_JustBelowOne_NeverRoundedUpToIt", () => {
    for (let gap = 0.3; gap > 1e-12; gap /= 1.7) expect(availabilityText(1 - gap)).not.toMatch(/^100/);
  });

  it.each([[0.9995, 3.3], [0.999, 3], [0.99312, 2.1], [0.5, 0.3], [0, 0]])("ninesOf_%d_%d", (share, nines) => {
    expect(ninesOf(share)).toBeCloseTo(nines, 5);
  });

  it("ninesOf_UnknownOrNeverDown_ProvesNone", () => {
    expect([ninesOf(null), ninesOf(1)]).toEqual([null, null]);
  });

  it.each([[null, "–"], [0, "0 %"], [0.0021, "0.21 %"], [0.5, "50 %"], [0.000001, "1e−6"]] as const)("ratioText_%s_%s", (ratio, text) => {
    expect(ratioText(ratio)).toBe(text);
  });

  it("figureText_Unknown_NeverZero", () => {
    expect([figureText(null, "dBm"), figureText(-91.4, "dBm"), figureText(1.42, "ms", 1)]).toEqual(["–", "−91 dBm", "1.4 ms"]);
  });

  it("against_OneOfThemUnknown_NothingIsSaid", () => {
    expect([against(null, 100), against(50, null), against(50, 100), against(100, 100), against(101, 100)]).toEqual(["unknown", "unknown", "within", "within", "over"]);
  });

  it.each([
    ["silent_ms", 1830, "silent 1830 ms"], ["step_ms", 3_600_000, "step 3600 s"], ["loss_ratio", 0.2, "loss ratio 0.2"], ["gateways", ["gw1", "gw2"], "gateways gw1, gw2"],
    ["gnb_reached", true, "gnb reached"], ["gnb_reached", false, "gnb reached: no"], ["rsrp_dbm", null, "rsrp –"],
  ])("evidenceText_%s %j_%s", (name, value, text) => {
    expect(evidenceText(name, value)).toBe(text);
  });
});

describe("sureness", () => {
  it.each([[1, "amf", "exact"], [0.82, "gnb-a", "inferred"], [0.3, "plan", "asPlanned"], [1, "plan", "exact"]])("sureness_%d from %s_%s", (confidence, from, sure) => {
    expect(sureness({ confidence, from })).toBe(sure);
  });
});
