import type { EventLine, EventsDto, SeriesListDto, TrendDto, WavePieceDto, WavesDto } from "../../src/hub/contract";
import { ECG, patientOf, RATE, sample } from "./patient";
import { SIGNALS } from "./signals";

const TRENDS: readonly (readonly [signal: string, level: number, swing: number])[] = [
  ["MDC_ECG_HEART_RATE", 84, 14], ["MDC_PULS_OXIM_SAT_O2", 95, 3], ["MDC_PRESS_BLD_ART_ABP_SYS", 124, 16], ["MDC_PRESS_BLD_ART_ABP_DIA", 70, 9],
  ["MDC_PRESS_BLD_ART_ABP_MEAN", 88, 11], ["MDC_TTHOR_RESP_RATE", 17, 4], ["MDC_TEMP", 37.4, 0.6],
];
const HOUR_MS = 3_600_000;
/** An outage: nothing was measured in its first half, and the second came late. */
const OUTAGE_AGO_MS = 25 * 60_000;
const OUTAGE_MS = 8 * 60_000;

/** The answers of `/api/history/…` for any bed: smooth trends with an outage 25 min ago whose second half was backfilled. */
export class FakeHistory {
  /** Nothing answers. */
  broken = false;

  constructor(private readonly now: () => number = Date.now) {}

  /** Null: no such question. */
  answer(url: URL): { status: number; body: unknown } | null {
    const part = /^\/api\/history\/(\w+)$/.exec(url.pathname)?.[1];
    if (part === undefined) return null;
    if (this.broken) return { status: 503, body: { detail: "broken on purpose" } };
    const query = url.searchParams;
    const bed = query.get("bed") ?? "";
    const signal = query.get("signal") ?? "";
    const span = { fromMs: Number(query.get("from")), toMs: Number(query.get("to")), points: Number(query.get("points")) };
    if (part === "series") return { status: 200, body: this.series(bed) };
    if (part === "trend") return { status: 200, body: this.trend(bed, signal, span.fromMs, span.toMs, span.points) };
    if (part === "waves") return { status: 200, body: this.waves(bed, signal, span.fromMs, span.toMs, span.points) };
    return part === "events" ? { status: 200, body: this.events(bed, query.get("before")) } : null;
  }

  private series(bed: string): SeriesListDto {
    return { bed, series: TRENDS.map(([signal]) => ({
      device: "mon1", signal, unit: unitOf(signal), labelEn: signal, labelFr: signal, decimals: signal === "MDC_TEMP" ? 1 : 0,
      firstMs: this.now() - 80 * HOUR_MS, lastMs: this.now(),
    })) };
  }

  private trend(bed: string, signal: string, fromMs: number, toMs: number, points: number): TrendDto {
    const [, level, swing] = TRENDS.find(([name]) => name === signal) ?? [signal, 0, 1];
    const raw = (toMs - fromMs) / points <= 5_000;
    const bucketMs = Math.max(raw ? 5_000 : 10_000, Math.ceil((toMs - fromMs) / points / 10_000) * 10_000);
    const trend: TrendDto = {
      bed, device: "mon1", signal, unit: unitOf(signal), decimals: signal === "MDC_TEMP" ? 1 : 0, fromMs, toMs, resolutionMs: raw ? 0 : 10_000,
      bucketMs, gapMs: 3 * bucketMs, timesMs: [], count: [], min: [], mean: [], max: [], late: [],
    };
    const outageMs = this.now() - OUTAGE_AGO_MS;
    for (let ms = Math.ceil(fromMs / bucketMs) * bucketMs; ms < Math.min(toMs, this.now() - 2_000); ms += bucketMs) {
      if (ms > outageMs && ms < outageMs + OUTAGE_MS / 2) continue;
      if (ms >= outageMs + OUTAGE_MS / 2 && ms < outageMs + OUTAGE_MS) trend.late.push(trend.timesMs.length);
      const mean = level + swing * (Math.sin(ms / 900_000) + 0.3 * Math.sin(ms / 47_000)) * 0.6;
      const spread = raw ? 0 : swing * 0.3 * (1 + Math.sin(ms / 300_000) ** 2);
      trend.timesMs.push(ms);
      trend.count.push(raw ? 1 : bucketMs / 1_000);
      trend.min.push(mean - spread);
      trend.mean.push(mean);
      trend.max.push(mean + spread);
    }
    return trend;
  }

  private waves(bed: string, signal: string, fromMs: number, toMs: number, points: number): WavesDto {
    const stepMs = Math.max(1_000 / (RATE[signal] ?? 125), (toMs - fromMs) / points);
    const patient = patientOf(1);
    const piece = (startMs: number, endMs: number, late: boolean): WavePieceDto => {
      const values = Array.from({ length: Math.max(0, Math.floor((endMs - startMs) / stepMs)) }, (_, i) => Number(sample(patient, signal, (startMs + i * stepMs) / 1_000).toFixed(3)));
      return { startMs, stepMs, late, min: values, max: values };
    };
    // A hole in the third quarter of every window, and what follows it came late.
    const quarterMs = (toMs - fromMs) / 4;
    const pieces = signal === ECG ? [piece(fromMs, fromMs + 2 * quarterMs, false), piece(fromMs + 3 * quarterMs, toMs, true)] : [piece(fromMs, toMs, false)];
    return { bed, device: "mon1", signal, unit: unitOf(signal), fromMs, toMs, thinned: false, pieces };
  }

  private events(bed: string, before: string | null): EventsDto {
    const nowMs = this.now();
    const line = (n: number, agoS: number, id: string, phase: EventLine["phase"], parts: Partial<EventLine>): EventLine => ({
      n, t: new Date(nowMs - agoS * 1_000).toISOString(), kind: "alarm", what: "device", subject: `chu/${bed}/mon1`, cause: "", severity: "medium",
      phase, beds: [bed], evidence: {}, id, ...parts,
    });
    const low = { event: "MDC_EVT_LO_VAL_LT_LIM", text: "SpO2 low", source: "MDC_PULS_OXIM_SAT_O2", value: 86, low_limit: 90 };
    const events = [
      line(11, 4_000, "e1", "start", { evidence: low }), line(12, 3_940, "e1", "end", { evidence: low }),
      line(20, 1_500, "e2", "start", { kind: "link", what: "silent", cause: "cell" }), line(21, 1_020, "e2", "end", { kind: "link", what: "silent", cause: "cell" }),
      line(30, 60, "e3", "start", { severity: "high", evidence: { event: "MDC_EVT_ECG_V_TACHY", text: "Ventricular tachycardia", value: 162, high_limit: 120 } }),
    ];
    const first = before === null ? Number.POSITIVE_INFINITY : Number(before);
    return { events: events.filter((event) => event.n < first && (before !== null || event.n > 12)), more: before === null };
  }
}

function unitOf(signal: string): string {
  return SIGNALS.find((row) => row.id === signal)?.unit ?? "";
}
