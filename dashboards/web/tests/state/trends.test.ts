import { describe, expect, it } from "vitest";
import type { SeriesDto, TrendDto } from "../../src/hub/contract";
import { columnsOf, groupsOf, pointAt, rangeOf } from "../../src/state/trends";

function series(signal: string): SeriesDto {
  return { device: "mon1", signal, unit: "", labelEn: "", labelFr: "", decimals: 0, firstMs: 0, lastMs: 0 };
}

const TREND: TrendDto = {
  bed: "icu1/bed-01", device: "mon1", signal: "MDC_ECG_HEART_RATE", unit: "/min", decimals: 0, fromMs: 0, toMs: 60_000, resolutionMs: 0, bucketMs: 1_000, gapMs: 3_000,
  timesMs: [0, 1_000, 10_000], count: [1, 1, 1], min: [70, 71, 72], mean: [70, 71, 72], max: [70, 71, 72], late: [2],
};

describe("trends", () => {
  it("columnsOf_PointsFurtherApartThanAGap_BreakTheLine", () => {
    const [times, , , mean] = columnsOf(TREND);
    expect(mean).toEqual([70, 71, null, 72]);
    expect(times).toEqual([0, 1, 1.001, 10]);
  });

  it("columnsOf_PointsCloserThanAGap_OneLine", () => {
    expect(columnsOf({ ...TREND, gapMs: 9_000 })[3]).toEqual([70, 71, 72]);
  });

  it("groupsOf_PartsOfAPressure_ShareAChartInAMonitorsOrder", () => {
    const signals = ["MDC_TEMP", "MDC_PRESS_BLD_ART_ABP_DIA", "MDC_VENDOR", "MDC_PRESS_BLD_ART_ABP_SYS", "MDC_PRESS_BLD_NONINV_SYS", "MDC_ECG_HEART_RATE", "MDC_PRESS_BLD_ART_ABP_MEAN"];
    expect(groupsOf(signals.map(series)).map((group) => group.series.map((each) => each.signal))).toEqual([
      ["MDC_ECG_HEART_RATE"], ["MDC_PRESS_BLD_ART_ABP_SYS", "MDC_PRESS_BLD_ART_ABP_MEAN", "MDC_PRESS_BLD_ART_ABP_DIA"], ["MDC_PRESS_BLD_NONINV_SYS"], ["MDC_TEMP"], ["MDC_VENDOR"],
    ]);
  });

  it("rangeOf_ValuesThatHardlyMove_NotBlownUp", () => {
    expect(rangeOf("/min", 66, 68)).toEqual([57, 77]);
    expect(rangeOf("mm[Hg]", 50, 150).map(Math.round)).toEqual([45, 155]);
    expect(rangeOf("vendor", 3, 3)[1]).toBeGreaterThan(3);
  });

  it("groupsOf_PulseBesideTheHeartRate_Last", () => {
    expect(groupsOf(["MDC_PULS_OXIM_PULS_RATE", "MDC_TEMP", "MDC_ECG_HEART_RATE"].map(series)).map((group) => group.series[0]?.signal)).toEqual(["MDC_ECG_HEART_RATE", "MDC_TEMP", "MDC_PULS_OXIM_PULS_RATE"]);
  });

  it("pointAt_InAGap_Nothing", () => {
    expect(pointAt(TREND, 5_500)).toBeUndefined();
    expect(pointAt(TREND, 9_000)).toEqual({ index: 2, isLate: true });
    expect(pointAt(TREND, 700)).toEqual({ index: 1, isLate: false });
  });
});
