import { describe, expect, it } from "vitest";
import type { WardFrame } from "../../src/hub/contract";
import { FakeWard } from "../fake/fakeWard";
import { WardModel } from "../../src/state/model";
import { inBedOrder } from "../../src/state/ward";
import { conditionOf } from "../../src/state/condition";

/** A page on a fake ward, both on one clock that only the test moves. */
class Scene {
  nowMs = 1_000_000;
  readonly ward = new FakeWard(3, () => this.nowMs);
  readonly model = new WardModel();
  next = this.ward.watch({ bed: null, network: false });
  /** How long frames are under way, and those that are. */
  transitMs = 0;
  asked = 0;
  private readonly underWay: { readonly dueMs: number; readonly frame: WardFrame }[] = [];

  constructor() {
    this.ask();
  }

  ask(): void {
    this.asked++;
    this.model.asked(this.pageMs);
    this.next = this.ward.watch({ bed: null, network: false });
  }

  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 100) {
      this.nowMs += 100;
      this.ward.advance();
      const frame = this.next();
      if (frame !== null) this.underWay.push({ dueMs: this.nowMs + this.transitMs, frame });
      for (let first = this.underWay[0]; first !== undefined && first.dueMs <= this.nowMs; first = this.underWay[0]) {
        this.underWay.shift();
        this.model.receive(this.pageMs, this.nowMs, first.frame);
      }
      if (this.model.beat(this.pageMs, this.nowMs)) this.ask();
    }
  }

  get pageMs(): number {
    return this.nowMs - 900_000;
  }

  get health() {
    return this.model.standing(this.pageMs, this.nowMs).health;
  }
}

describe("WardModel", () => {
  it("receive_FullFrameThenChanges_KeepsUnchangedBedsAsTheyAre", () => {
    const scene = new Scene();
    scene.pass(100);
    const before = scene.model.ward.beds;

    scene.pass(100);

    expect(before).toHaveLength(3);
    expect(scene.model.ward.beds[0]).toBe(before[0]);
    scene.pass(1_000);
    expect(scene.model.ward.beds[0]).not.toBe(before[0]);
  });

  it("receive_Pieces_FillTheRings", () => {
    const scene = new Scene();
    scene.pass(2_000);

    const bed = scene.model.ward.beds[0];
    const wave = bed?.waves[0];
    const ring = bed && wave && scene.model.stream(bed.index, wave)?.ring;

    expect(ring?.last).toBeGreaterThan(400);
    expect(Array.from({ length: ring?.last ?? 0 }, (_, i) => ring?.value(i)).some(Number.isNaN)).toBe(false);
  });

  it("receive_FullFrameWithHistory_ReplacesTheRingAndFreshensNothing", () => {
    const scene = new Scene();
    scene.pass(2_000);
    const bed = scene.model.ward.beds[0];
    const wave = bed?.waves[0];
    const stream = bed && wave && scene.model.stream(bed.index, wave);
    if (stream === undefined || bed === undefined || wave === undefined) throw new Error("no stream");
    const heardMs = stream.heardMs;
    const data = Buffer.alloc(2_500 * 2).toString("base64");
    const history = { bed: bed.index, signal: wave.signal, device: wave.device, timeMs: scene.nowMs - 10_000, samplePeriodUs: 4_000, gain: 1, offset: 0, data };

    scene.ask();
    scene.nowMs += 100;
    scene.ward.advance();
    const frame = scene.next();
    if (frame === null) throw new Error("no frame");
    scene.model.receive(scene.pageMs, scene.nowMs, { ...frame, waves: [history] });

    expect(stream.ring.last).toBe(2_500);
    expect(stream.heardMs).toBe(heardMs);
  });

  it("standing_StreamFallsSilent_FrozenSinceTheLastGoodFrame", () => {
    const scene = new Scene();
    scene.pass(5_000);
    scene.ward.faults.mute = true;

    scene.pass(4_000);

    const standing = scene.model.standing(scene.pageMs, scene.nowMs);
    expect(standing).toMatchObject({ health: "frozen", reason: "silent", frozenForMs: 4_000, sinceLogMs: 1_005_000 });
    expect(scene.model.moment(scene.pageMs)).toMatchObject({ dead: true, logMs: 1_009_000 });
  });

  it("beat_HoleInTheStream_AsksOnceAndRecovers", () => {
    const scene = new Scene();
    scene.pass(1_000);
    scene.ward.faults.skip = true;

    scene.pass(100);
    expect(scene.health).toBe("frozen");

    scene.pass(100);
    expect(scene.health).toBe("live");
  });

  it("beat_StreamStaysLate_FrozenAndAskedAnew", () => {
    const scene = new Scene();
    scene.pass(1_000);

    // Under three seconds the silence alone doesn't freeze the page; the delay must add up by itself.
    for (let transitMs = 0; transitMs <= 5_000; transitMs += 100) {
      scene.transitMs = transitMs;
      scene.pass(200);
    }
    expect(scene.model.standing(scene.pageMs, scene.nowMs)).toMatchObject({ health: "frozen", reason: "delayed" });

    expect(scene.asked).toBe(1);
    scene.pass(6_000);
    expect(scene.asked).toBe(2);
  });

  it("conditionOf_FrozenPage_NothingLooksLive", () => {
    const scene = new Scene();
    scene.pass(1_000);
    scene.ward.faults.mute = true;
    scene.pass(3_500);

    const bed = scene.model.ward.beds[0];
    if (bed === undefined) throw new Error("no bed");

    expect(conditionOf(bed, scene.nowMs, scene.model.moment(scene.pageMs))).toEqual({ state: "stale", link: "unknown", heardAgeMs: null, why: { key: "why.frozen" } });
  });
});

describe("inBedOrder", () => {
  it("inBedOrder_BedsThatSpokeInAnyOrder_AreCountedAsStaffDo", () => {
    const scene = new Scene();
    scene.pass(100);

    expect(scene.model.ward.beds.map((bed) => bed?.bed)).toEqual(["bed-03", "bed-02", "bed-01"]);
    expect(inBedOrder(scene.model.ward.beds).map((bed) => bed.bed)).toEqual(["bed-01", "bed-02", "bed-03"]);
  });
});
