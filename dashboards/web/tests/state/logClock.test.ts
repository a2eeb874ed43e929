import { describe, expect, it } from "vitest";
import { LogClock } from "../../src/state/logClock";

const HOUR_MS = 3_600_000;

describe("LogClock", () => {
  it("logNow_NothingObserved_Null", () => {
    expect(new LogClock().logNow(5)).toBeNull();
  });

  it("observe_FasterFrame_IsTheTruth", () => {
    const clock = new LogClock();
    clock.ask(0);

    clock.observe(180, 1_000_000);
    clock.observe(250, 1_000_100);

    expect(clock.logNow(250)).toBeCloseTo(1_000_100, 3);
  });

  it("observe_StreamFallsBehind_ReadsAsLate", () => {
    const clock = new LogClock();
    clock.ask(0);
    clock.observe(50, 1_000_000);

    const excessMs = clock.observe(6_050, 1_002_000);

    expect(excessMs).toBeCloseTo(4_000, 3);
    expect(clock.logNow(6_050)).toBeCloseTo(1_006_000, 3);
  });

  it("observe_SlowAnswerToTheQuestion_IsNotTakenForFresh", () => {
    const clock = new LogClock();
    clock.ask(0);

    const excessMs = clock.observe(9_000, 1_000_000);

    expect(excessMs).toBe(8_000);
  });

  it("observe_ClocksDriftForADay_StaysOnTime", () => {
    const clock = new LogClock();
    clock.ask(0);
    let worst = 0;
    for (let ms = 0; ms <= 24 * HOUR_MS; ms += 1_000) worst = Math.max(worst, clock.observe(ms * 1.0001 + 20, 1_000_000 + ms));

    expect(worst).toBeLessThan(50);
  });

  it("observe_LastingDelay_IsNeverForgotten", () => {
    const clock = new LogClock();
    clock.ask(0);
    clock.observe(0, 1_000_000);
    let excessMs = 0;
    for (let ms = 1_000; ms <= HOUR_MS; ms += 1_000) excessMs = clock.observe(ms + 4_000, 1_000_000 + ms);

    expect(excessMs).toBeCloseTo(4_000, 0);
  });
});
