import type { AlarmDto, BedDto, BedState, Mode, NumericDto, WaveDto } from "../../src/hub/contract";
import { BREATH, CARBON, ECG, GAIN, meanPressure, patientOf, PLETH, PRESSURE, RATE, sample, type Patient } from "./patient";

const PIECE_MS = 256;
const BLANK_MS = 1_500;
const DEVICE = "mon1";

/** A bed that can be told to fall silent, to alarm, to stand empty; it ages as the ward processor would have it. */
export class FakeBed {
  readonly key: string;
  readonly patient: Patient;
  alarms: AlarmDto[] = [];
  mode: Mode = "demo";
  cause = "";
  /** Overrides what ages alone would say. */
  forced: BedState | null = null;
  silent = false;
  delayMs = 12;
  heardMs: number;
  private sentMs: number;

  constructor(readonly index: number, readonly ward: string, readonly bed: string, nowMs: number) {
    this.key = `${ward}/${bed}`;
    this.patient = patientOf(index);
    this.heardMs = this.sentMs = nowMs;
  }

  get signals(): string[] {
    const third = this.index % 3;
    return [ECG, third === 1 ? PRESSURE : PLETH, ...(third === 1 ? [PLETH] : [PRESSURE]), BREATH, CARBON];
  }

  state(nowMs: number): BedState {
    if (this.forced !== null) return this.forced;
    const age = nowMs - this.heardMs;
    return age > 10_000 ? "lost" : age > 4_000 ? "stale" : age > 1_000 ? "late" : "live";
  }

  /** The pieces that were finished since the last call. */
  pieces(nowMs: number, signals: readonly string[]): WaveDto[] {
    const pieces: WaveDto[] = [];
    while (this.sentMs + PIECE_MS <= nowMs) {
      if (!this.silent) {
        pieces.push(...signals.map((signal) => this.piece(signal, this.sentMs)));
        this.heardMs = nowMs;
      }
      this.sentMs += PIECE_MS;
    }
    return pieces;
  }

  dto(nowMs: number): BedDto {
    const state = this.state(nowMs);
    const gone = state === "lost" || state === "empty" || state === "standby";
    const wave = state === "live" && nowMs - this.heardMs < BLANK_MS ? "live" : state === "late" && nowMs - this.heardMs < BLANK_MS ? "late" : "stale";
    const worst = ["high", "medium", "low"].find((priority) => this.alarms.some((alarm) => alarm.priority === priority));
    return {
      index: this.index, key: this.key, ward: this.ward, bed: this.bed, state, alarm: (worst ?? "none") as BedDto["alarm"],
      cause: this.cause,
      link: gone ? "lost" : state === "stale" ? "poor" : this.delayMs > 200 ? "poor" : this.delayMs > 100 ? "fair" : "good",
      mode: this.mode, delayMs: gone || state === "stale" ? null : this.delayMs, lossRatio: this.delayMs > 200 ? 0.021 : 0,
      devices: [{
        id: DEVICE, state, reported: "online", maker: "FieldNet", model: "Bedside", serial: `SIM-${this.index}`, firmware: "1.0", onMains: true,
        batteryPercent: 97, link: "good", delayMs: this.delayMs, lossRatio: 0, messagesPerSecond: 22,
      }],
      numerics: state === "empty" ? [] : this.numerics(nowMs, state),
      waves: state === "empty" ? [] : this.signals.map((signal) => ({
        signal, device: DEVICE, state: wave, samplePeriodUs: 1e6 / (RATE[signal] ?? 125), blankAtMs: this.heardMs + BLANK_MS,
      })),
      alarms: this.alarms,
    };
  }

  private numerics(nowMs: number, state: BedState): NumericDto[] {
    const p = this.patient;
    const gone = state === "stale" || state === "lost" || state === "standby";
    const shake = Math.round(Math.sin(nowMs / 7_000 + this.index) * 1.4);
    const number = (signal: string, value: number, decimals = 0, intermittentMs?: number): NumericDto => {
      const intermittent = intermittentMs !== undefined;
      const removed = gone && !intermittent;
      return {
        signal, device: DEVICE, value: removed ? null : value, text: removed ? "– –" : value.toFixed(decimals), intermittent, validity: "valid",
        state: removed ? "stale" : state === "late" ? "late" : "live", atMs: intermittentMs ?? this.heardMs, removeAtMs: intermittent ? null : this.heardMs + 4_000,
      };
    };
    const cuffMs = Math.floor(nowMs / 900_000) * 900_000 - this.index * 61_000;
    return [
      number("MDC_ECG_HEART_RATE", p.asystole ? 0 : Math.round(p.heartRate) + shake),
      number("MDC_PULS_OXIM_SAT_O2", Math.min(100, p.saturation + (shake > 0 ? 0 : shake))),
      number("MDC_PULS_OXIM_PULS_RATE", Math.round(p.heartRate) + shake),
      number("MDC_PRESS_BLD_ART_ABP_SYS", p.systolic + shake), number("MDC_PRESS_BLD_ART_ABP_DIA", p.diastolic), number("MDC_PRESS_BLD_ART_ABP_MEAN", meanPressure(p)),
      number("MDC_PRESS_BLD_NONINV_SYS", p.systolic + 4, 0, cuffMs), number("MDC_PRESS_BLD_NONINV_DIA", p.diastolic - 2, 0, cuffMs), number("MDC_PRESS_BLD_NONINV_MEAN", meanPressure(p) + 1, 0, cuffMs),
      number("MDC_TTHOR_RESP_RATE", p.respRate), number("MDC_TEMP", p.temperature, 1),
      ...(this.index % 4 === 0 ? [number("MDC_AWAY_CO2_ET", 37)] : []),
    ];
  }

  private piece(signal: string, fromMs: number): WaveDto {
    const rate = RATE[signal] ?? 125;
    const gain = GAIN[signal] ?? 1;
    const samples = Math.round((PIECE_MS / 1_000) * rate);
    const data = Buffer.alloc(samples * 2);
    for (let i = 0; i < samples; i++) data.writeInt16LE(Math.round(sample(this.patient, signal, fromMs / 1_000 + i / rate) / gain), i * 2);
    return { bed: this.index, signal, device: DEVICE, timeMs: fromMs, samplePeriodUs: 1e6 / rate, gain, offset: 0, data: data.toString("base64") };
  }
}

export function alarm(id: string, nowMs: number, parts: Partial<AlarmDto>): AlarmDto {
  return {
    id, device: DEVICE, priority: "medium", phase: "active_unack", kind: "physiological", event: "MDC_EVT_HI", source: "MDC_ECG_HEART_RATE",
    text: "Heart rate high", value: null, lowLimit: null, highLimit: null, unit: "/min", audioOff: false, sinceMs: nowMs, ...parts,
  };
}
