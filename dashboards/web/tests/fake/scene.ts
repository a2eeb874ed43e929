import { alarm } from "./fakeBed";
import { CELL_B } from "./fakeNetwork";
import type { FakeWard } from "./fakeWard";

/** A morning on the ward with something of everything: the scene of the screenshots and of `npm run fake`. */
export function setScene(ward: FakeWard, nowMs: number): void {
  const vt = ward.bed("bed-02");
  vt.patient.heartRate = 162;
  vt.alarms = [
    alarm("a1", nowMs - 9_000, { priority: "high", event: "MDC_EVT_ECG_V_TACHY", text: "Ventricular tachycardia", value: 162, highLimit: 120 }),
    alarm("a2", nowMs - 5_000, { priority: "medium", event: "MDC_EVT_LO_VAL_LT_LIM", text: "ABP mean low", source: "MDC_PRESS_BLD_ART_ABP_MEAN", value: 58, lowLimit: 65, unit: "mm[Hg]" }),
  ];
  const low = ward.bed("bed-05");
  low.patient.saturation = 87;
  low.alarms = [alarm("a3", nowMs - 74_000, { priority: "medium", event: "MDC_EVT_LO_VAL_LT_LIM", text: "SpO2 low", source: "MDC_PULS_OXIM_SAT_O2", value: 87, lowLimit: 90, unit: "%" })];
  ward.bed("bed-07").alarms = [alarm("a4", nowMs - 400_000, { priority: "low", kind: "technical", event: "MDC_EVT_SENSOR_DISCONN", text: "Temperature probe off", source: "MDC_TEMP_SKIN", phase: "active_ack" })];
  ward.bed("bed-12").alarms = [alarm("a5", nowMs - 1_900_000, { priority: "medium", event: "VENDOR_PVC", text: "PVC > 10/min", source: "", phase: "active_ack", audioOff: true })];
  const late = ward.bed("bed-04");
  late.forced = "late";
  late.delayMs = 320;
  const stale = ward.bed("bed-08");
  stale.silent = true;
  stale.heardMs = nowMs - 5_200;
  stale.forced = "stale";
  stale.cause = "cell";
  // The one bed of its cell: the others' tiles are what they are for reasons of their own.
  ward.network.onSecondCell = ["bed-08"];
  ward.network.start({ sinceMs: nowMs - 4_000, beds: [stale.key] });
  const lost = ward.bed("bed-10");
  lost.silent = true;
  lost.heardMs = nowMs - 73_000;
  lost.cause = "device";
  lost.alarms = [alarm("a6", nowMs - 95_000, { priority: "medium", phase: "unknown", event: "MDC_EVT_HI_VAL_GT_LIM", text: "Respiratory rate high", source: "MDC_TTHOR_RESP_RATE", value: 34, highLimit: 30 })];
  ward.bed("bed-11").forced = "empty";
}

/** A cell of the unit has just fallen silent, in a slice that was congested a while ago: the scene of the network page. */
export function setNetworkScene(ward: FakeWard, nowMs: number): void {
  const { network } = ward;
  network.start({
    id: "inc-old", what: "congestion", cause: "slice", subject: "chu/_slice-1-000001", sinceMs: nowMs - 1_900_000, endMs: nowMs - 1_480_000,
    beds: ward.beds.map((bed) => bed.key), children: ward.beds.length, evidence: {},
  });
  network.start({ id: "inc-gone", what: "power", cause: "gateway", subject: "chu/icu1/bed-02/gw1", sinceMs: nowMs - 900_000, endMs: nowMs - 870_000, beds: ["icu1/bed-02"], evidence: {} });
  network.start({ id: "inc-clock", what: "step", cause: "clock", subject: "chu/icu1/bed-07/mon1", severity: "low", sinceMs: nowMs - 320_000, beds: ["icu1/bed-07"], children: 1, evidence: { step_ms: 3_600_000 } });
  ward.bed("bed-07").cause = "clock";
  network.silence(CELL_B, nowMs - 64_000);
  ward.bed("bed-02").alarms = [alarm("a1", nowMs - 9_000, { priority: "high", event: "MDC_EVT_ECG_V_TACHY", text: "Ventricular tachycardia", value: 162, highLimit: 120 })];
}
