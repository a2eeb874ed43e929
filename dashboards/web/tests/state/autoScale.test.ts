import { describe, expect, it } from "vitest";
import { AutoScale } from "../../src/state/autoScale";
import { WaveRing } from "../../src/state/waveRing";

const STEP_MS = 8;

/** Ten seconds of a sine of the given amplitude, as the scale sees it. */
function play(scale: AutoScale, ring: WaveRing, fromMs: number, forMs: number, amplitude: number): number {
  let changes = 0;
  for (let ms = fromMs; ms < fromMs + forMs; ms += STEP_MS) {
    ring.append(ms, STEP_MS * 1_000, 0.001, 0, Int16Array.of(Math.round(1_000 * amplitude * Math.sin(ms / 150))));
    if (scale.look(ms, ring)) changes++;
  }
  return changes;
}

describe("AutoScale", () => {
  it("look_SteadySignal_SettlesAndStays", () => {
    const scale = new AutoScale("MDC_PULS_OXIM_PLETH");
    const ring = new WaveRing(2_000);
    play(scale, ring, 0, 10_000, 1);

    expect(play(scale, ring, 10_000, 60_000, 1.05)).toBeLessThanOrEqual(1);
    expect(scale.high).toBeGreaterThan(1.05);
    expect(scale.high).toBeLessThan(1.5);
  });

  it("look_FlatLine_IsNotBlownUp", () => {
    const scale = new AutoScale("MDC_ECG_ELEC_POTL_II");
    const ring = new WaveRing(2_000);
    play(scale, ring, 0, 10_000, 1);

    play(scale, ring, 10_000, 120_000, 0.01);

    expect(scale.high - scale.low).toBeGreaterThan(0.8);
  });

  it("look_SignalGrows_IsSoonAllVisible", () => {
    const scale = new AutoScale("MDC_PULS_OXIM_PLETH");
    const ring = new WaveRing(2_000);
    play(scale, ring, 0, 10_000, 1);

    play(scale, ring, 10_000, 4_000, 3);

    expect(scale.high).toBeGreaterThan(3);
  });
});
