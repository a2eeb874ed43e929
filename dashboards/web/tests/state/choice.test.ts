import { describe, expect, it } from "vitest";
import type { WaveInfoDto } from "../../src/hub/contract";
import { inWaveOrder, pickTraces } from "../../src/state/choice";

const wave = (signal: string): WaveInfoDto => ({ signal, device: "mon1", state: "live", samplePeriodUs: 4_000, blankAtMs: 0 });
const WAVES = ["MDC_IMPED_TTHOR", "MDC_PRESS_BLD_ART_ABP", "MDC_ECG_ELEC_POTL_V1", "MDC_PULS_OXIM_PLETH", "MDC_ECG_ELEC_POTL_II"].map(wave);

describe("choice", () => {
  it("inWaveOrder_AnyOrder_AsOnAMonitor", () => {
    expect(inWaveOrder(WAVES).map(({ signal }) => signal)).toEqual([
      "MDC_ECG_ELEC_POTL_II", "MDC_ECG_ELEC_POTL_V1", "MDC_PULS_OXIM_PLETH", "MDC_PRESS_BLD_ART_ABP", "MDC_IMPED_TTHOR",
    ]);
  });

  it("pickTraces_NothingHeardYet_EcgAndPleth", () => {
    expect(pickTraces(WAVES, () => false).map(({ signal }) => signal)).toEqual(["MDC_ECG_ELEC_POTL_II", "MDC_PULS_OXIM_PLETH"]);
  });

  it("pickTraces_AgentSendsOthers_TakesWhatItSends", () => {
    const sent = ["MDC_ECG_ELEC_POTL_V1", "MDC_PRESS_BLD_ART_ABP"];

    expect(pickTraces(WAVES, ({ signal }) => sent.includes(signal)).map(({ signal }) => signal)).toEqual(sent);
  });
});
