import type { WardFrame, WatchRequest } from "../../src/hub/contract";
import { FakeBed } from "./fakeBed";
import { FakeNetwork } from "./fakeNetwork";

const NETWORK_EVERY_MS = 1_000;

/** Tells frames apart that are for nothing but to show a fault of the stream. */
export interface StreamFaults {
  /** No frame leaves. */
  mute: boolean;
  /** Frames leave, but the processor behind them stands still. */
  stalled: boolean;
  /** Frames carry a log time this old. */
  delayMs: number;
  /** The next frame's number jumps. */
  skip: boolean;
}

/** A unit that streams frames as the agent would. */
export class FakeWard {
  readonly beds: FakeBed[];
  readonly faults: StreamFaults = { mute: false, stalled: false, delayMs: 0, skip: false };
  readonly network: FakeNetwork;
  readonly startedMs: number;
  site = "CHU · Field ICU";
  private record = 1_000;
  private logMs: number;

  constructor(bedCount: number, private readonly now: () => number = Date.now) {
    this.startedMs = this.logMs = now();
    // The last bed speaks first: places must not depend on who comes first.
    this.beds = Array.from({ length: bedCount }, (_, i) => new FakeBed(i, "icu1", `bed-${String(bedCount - i).padStart(2, "0")}`, this.startedMs));
    this.network = new FakeNetwork(this.beds, this.startedMs);
  }

  bed(name: string): FakeBed {
    const bed = this.beds.find((other) => other.bed === name);
    if (bed === undefined) throw new Error(`no bed ${name}`);
    return bed;
  }

  /** One step of the processor. */
  advance(): void {
    if (this.faults.stalled) return;
    this.record += 30;
    this.logMs = this.now() - this.faults.delayMs;
    // Whether or not anybody watches.
    for (const bed of this.beds) if (!bed.silent) bed.heardMs = this.logMs;
  }

  /** Opens a viewer: each call of what it returns is its next frame, or null while the stream is mute. */
  watch(request: WatchRequest): () => WardFrame | null {
    let sequence = 0;
    let networkMs = Number.NEGATIVE_INFINITY;
    const sentMs = new Map<FakeBed, number>();
    const cursors = new Map<FakeBed, FakeBed>();
    return () => {
      if (this.faults.mute) return null;
      const full = sequence === 0;
      sequence += this.faults.skip ? 2 : 1;
      this.faults.skip = false;
      const nowMs = this.logMs;
      const waves = this.beds.flatMap((bed) => {
        // Each viewer takes its own pieces, so each has its own copy of where the bed's sending stands.
        let cursor = cursors.get(bed);
        if (cursor === undefined) cursors.set(bed, (cursor = Object.assign(new FakeBed(bed.index, bed.ward, bed.bed, nowMs), { patient: bed.patient })));
        cursor.silent = bed.silent;
        const pieces = request.network ? [] : cursor.pieces(nowMs, bed.key === request.bed ? bed.signals : bed.signals.slice(0, 2));
        return bed.forced === "empty" || bed.forced === "standby" ? [] : pieces;
      });
      const beds = this.beds.filter((bed) => full || nowMs - (sentMs.get(bed) ?? 0) > 250);
      for (const bed of beds) sentMs.set(bed, nowMs);
      const news = full || nowMs - networkMs >= NETWORK_EVERY_MS;
      if (news) networkMs = nowMs;
      return {
        sequence, record: this.record, logTimeMs: nowMs, full, site: this.site, beds: beds.map((bed) => bed.dto(nowMs)),
        heard: this.beds.map((bed) => bed.heardMs), waves, agent: full ? { version: "0.1", mode: "demo", startedMs: this.startedMs, faults: [] } : null,
        incidents: news ? this.network.marks() : null, watchdogs: news ? this.network.watchdogs() : null,
        network: news && request.network ? this.network.dto(this.record, nowMs) : null,
      };
    };
  }
}
