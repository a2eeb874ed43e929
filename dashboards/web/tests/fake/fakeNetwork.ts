import type { BudgetDto, IdentityDto, IncidentDto, IncidentMarkDto, NetworkDto, PathDto, SourceDto, WatchdogMarkDto } from "../../src/hub/contract";
import type { FakeBed } from "./fakeBed";

/** The cells of the unit. */
export const CELL_A = "3A1F";
export const CELL_B = "3A20";
const MINUTE_MS = 60_000;

/** A private 5G network under a fake ward: a gateway at each bed, two cells, a core; and what an engineer may find wrong with it. */
export class FakeNetwork {
  /** Sources, a plan and gateways' reports are there; else nothing is known but who spoke. */
  configured = true;
  /** Beds of the second cell; the last third unless said otherwise. */
  onSecondCell: readonly string[];
  incidents: IncidentDto[] = [];
  /** Number of the watchdog's newest TEST alarm. */
  sequence = 41;
  /** Its newest alarm never reached a screen. */
  missed = false;

  constructor(private readonly beds: readonly FakeBed[], private readonly startedMs: number) {
    const names = beds.map((bed) => bed.bed).sort();
    this.onSecondCell = names.slice(Math.ceil((names.length * 2) / 3));
  }

  cellOf(bed: FakeBed): string {
    return this.onSecondCell.includes(bed.bed) ? CELL_B : CELL_A;
  }

  /** A cell falls silent with all its beds, as the ward would say it: tiles with its cause, one incident. */
  silence(cell: string, nowMs: number): IncidentDto {
    const beds = this.beds.filter((bed) => this.cellOf(bed) === cell);
    for (const bed of beds) Object.assign(bed, { silent: true, forced: "stale", cause: "cell", heardMs: nowMs - 2_400 });
    return this.start({ subject: `chu/icu1/_cell-${cell}`, beds: beds.map((bed) => bed.key).sort(), children: beds.length, sinceMs: nowMs });
  }

  /** It is back. */
  heal(incident: IncidentDto, nowMs: number): void {
    incident.endMs = nowMs;
    for (const bed of this.beds.filter((each) => incident.beds.includes(each.key))) Object.assign(bed, { silent: false, forced: null, cause: "", heardMs: nowMs });
  }

  start(parts: Partial<IncidentDto>): IncidentDto {
    const incident: IncidentDto = {
      id: `inc-${this.incidents.length + 1}`, what: "silent", cause: "cell", subject: `chu/icu1/_cell-${CELL_B}`, severity: "high", sinceMs: this.startedMs, endMs: null,
      beds: [], children: 1, evidence: { silent_ms: 1_830, gateways: "4 of 4", p_value: 1.2e-9, gnb_reached: true, children: ["a1", "a2"] }, ...parts,
    };
    this.incidents = [incident, ...this.incidents];
    return incident;
  }

  marks(): IncidentMarkDto[] {
    return this.incidents.filter((incident) => incident.endMs === null).map(({ id, what, cause, subject, sinceMs, beds }) => ({ id, what, cause, subject, sinceMs, beds }));
  }

  watchdogs(): WatchdogMarkDto[] {
    return [{ ward: "icu1", sequence: this.sequence }];
  }

  dto(record: number, nowMs: number): NetworkDto {
    const beds = [...this.beds].sort((a, b) => (a.bed < b.bed ? -1 : 1));
    return {
      record, logTimeMs: nowMs, sources: this.configured ? this.sources(nowMs) : [], paths: beds.map((bed, i) => (this.configured ? this.path(bed, i, nowMs) : this.bare(bed, nowMs))),
      incidents: [...this.incidents].sort((a, b) => Number(a.endMs !== null) - Number(b.endMs !== null) || b.sinceMs - a.sinceMs),
      watchdogs: this.configured ? [{
        ward: "icu1", sequence: this.sequence, sentMs: Math.floor(nowMs / MINUTE_MS) * MINUTE_MS, missed: this.missed,
        hops: [{ name: "endpoint", ms: 1.4 }, { name: "committed", ms: 4.8 }, { name: "processor", ms: 5.6 }, { name: "page", ms: this.missed ? null : 148 }],
      }] : [],
    };
  }

  private sources(nowMs: number): SourceDto[] {
    const source = (name: string, kind: string, facts: string[], parts: Partial<SourceDto> = {}): SourceDto => ({
      name, kind, reached: true, sinceMs: this.startedMs, reportedMs: nowMs - 800, error: "", facts, ...parts,
    });
    return [
      source("gnb-a", "gnb", ["cells 2", "terminals 12", "PRB uplink 34 %"]),
      source("amf", "amf", ["gNBs 1", "subscribers 12"]),
      source("smf", "smf", ["sessions 12", "PFCP peers 1"]),
      source("upf", "upf", [], { reached: false, sinceMs: nowMs - 95_000, reportedMs: nowMs - 900, error: "connection refused (10.0.0.5:9090)" }),
    ];
  }

  private path(bed: FakeBed, i: number, nowMs: number): PathDto {
    const step = (name: string, value: string, confidence = 1, from = "gateway", planned: string | null = null): IdentityDto => ({
      step: name, value, confidence, from, sinceMs: this.startedMs, planned,
    });
    const cell = this.cellOf(bed);
    const number = i + 1;
    // One bed of each kind that an engineer meets: not as planned, inferred only, hardly known.
    const unplanned = number === 3;
    const unknown = number === 6;
    const gone = bed.silent || bed.forced === "lost" || bed.forced === "stale";
    return {
      bed: bed.key, device: "mon1", link: gone ? "lost" : unplanned ? "fair" : "good",
      chain: [
        step("device", "mon1"), step("gateway", `${bed.key}/gw1`, 1, "plan"),
        ...(unknown ? [] : [
          step("ip", `10.45.0.${10 + number}`), step("supi", `imsi-0010100000000${String(number).padStart(2, "0")}`, 1, "amf"),
          step("cell", cell, 1, "gnb-a", number === 5 ? CELL_B : null), step("rnti", `0x${(0x4601 + number).toString(16)}`, number % 4 === 0 ? 0.82 : 0.97, "gnb-a"),
          step("slice", "1-000001", 1, "smf"), step("five_qi", unplanned ? "9" : "70", 1, "smf", unplanned ? "70" : null),
        ]),
      ],
      missing: unknown ? ["The gateway sends no link report: its IP, SUPI and cell are not known.", "No PDU session of the SMF has an address of this gateway."] : [],
      history: number === 2 ? [
        { atMs: nowMs - 640_000, step: "cell", before: CELL_B, after: cell }, { atMs: nowMs - 641_000, step: "rnti", before: "0x4612", after: "0x4603" },
        { atMs: nowMs - 7_300_000, step: "ip", before: "", after: "10.45.0.12" },
      ] : [],
      budget: unknown ? NO_BUDGET : {
        fiveQi: unplanned ? 9 : 70, plannedFiveQi: 70, delayBudgetMs: unplanned ? 300 : 200, delayP98Ms: gone ? null : unplanned ? 318 : 18 + ((number * 7) % 23),
        lossBudget: 1e-6, lossRatio: gone ? null : number === 4 ? 0.0021 : 0, linkAvailability: number === 3 ? 0.99312 : number === 4 ? 0.99987 : 1,
        serviceAvailability: number === 3 ? 0.99874 : 1, observedS: 9_240,
        findings: [...(unplanned ? ["uses 5QI 9, planned 70", "p98 delay 318 ms, budget 300 ms"] : []), ...(number === 4 ? ["loss 0.0021, budget 1e-6"] : [])],
      },
      rsrpDbm: unknown ? null : -78 - ((number * 5) % 27), sinrDb: unknown ? null : 6 + ((number * 3) % 19),
    };
  }

  /** A ward without any word of the 5G side. */
  private bare(bed: FakeBed, nowMs: number): PathDto {
    return {
      bed: bed.key, device: "mon1", link: bed.silent ? "lost" : "good",
      chain: [{ step: "device", value: "mon1", confidence: 1, from: "device", sinceMs: nowMs, planned: null }],
      missing: ["No gateway is planned for this device, and none says that it serves it."], history: [], budget: NO_BUDGET, rsrpDbm: null, sinrDb: null,
    };
  }
}

const NO_BUDGET: BudgetDto = {
  fiveQi: null, plannedFiveQi: null, delayBudgetMs: null, delayP98Ms: null, lossBudget: null, lossRatio: null, linkAvailability: null, serviceAvailability: null,
  observedS: 0, findings: [],
};
