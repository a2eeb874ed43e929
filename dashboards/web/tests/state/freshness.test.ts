import { describe, expect, it } from "vitest";
import type { NumericDto, WaveInfoDto } from "../../src/hub/contract";
import { REMOVED, shownTrace, shownValue, type Moment } from "../../src/state/freshness";

const at = (logMs: number, dead = false): Moment => ({ pageMs: 0, logMs, dead });
const numeric = (change: Partial<NumericDto> = {}): NumericDto => ({
  signal: "MDC_PULS_OXIM_SAT_O2", device: "mon1", value: 97, text: "97", state: "live", validity: "valid", intermittent: false, atMs: 1_000, removeAtMs: 5_000, ...change,
});
const wave = (change: Partial<WaveInfoDto> = {}): WaveInfoDto => ({
  signal: "MDC_ECG_ELEC_POTL_II", device: "mon1", state: "live", samplePeriodUs: 4_000, blankAtMs: 2_500, ...change,
});

describe("shownValue", () => {
  it("shownValue_InTime_ItsText", () => {
    expect(shownValue(numeric(), at(4_999))).toEqual({ text: "97", state: "live" });
    expect(shownValue(numeric({ state: "late" }), at(4_999))).toEqual({ text: "97", state: "late" });
  });

  it.each([
    ["past its time, whatever the last frame said", numeric(), at(5_000)],
    ["removed by the agent", numeric({ state: "stale" }), at(1_000)],
    ["without a value", numeric({ value: null, text: "97" }), at(1_000)],
    ["on a frozen page", numeric(), at(1_000, true)],
    ["intermittent on a frozen page", numeric({ intermittent: true, removeAtMs: null }), at(1_000, true)],
  ])("shownValue_%s_Removed", (_, value, now) => {
    expect(shownValue(value, now)).toEqual({ text: REMOVED, state: "stale" });
  });

  it("shownValue_Intermittent_StaysForItsAgeIsShown", () => {
    expect(shownValue(numeric({ intermittent: true, removeAtMs: null }), at(4_000_000)).text).toBe("97");
  });
});

describe("shownTrace", () => {
  it("shownTrace_LastPieceOlderThanItsLimit_Blank", () => {
    expect(shownTrace(wave(), 1_000, at(2_499))).toBe("live");
    expect(shownTrace(wave(), 1_000, at(2_500))).toBe("stale");
  });

  it("shownTrace_NewerPieceThanTheBedsFrame_StaysVisible", () => {
    expect(shownTrace(wave(), 9_000, at(10_400))).toBe("live");
    expect(shownTrace(wave(), 9_000, at(10_500))).toBe("stale");
  });

  it("shownTrace_AgentSaysStaleOrThePageIsFrozen_Blank", () => {
    expect(shownTrace(wave({ state: "stale" }), 1_000, at(1_000))).toBe("stale");
    expect(shownTrace(wave(), 1_000, at(1_000, true))).toBe("stale");
  });
});
