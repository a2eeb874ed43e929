import { describe, expect, it } from "vitest";
import type { ReplayDto, ReplayFrame } from "../../src/hub/contract";
import { ReplayModel } from "../../src/state/replayModel";
import { FakeWard } from "../fake/fakeWard";

const LOG_MS = 1_000_000_000;

/** A replay of a fake ward; page time and capture time move only as the test says. */
class Scene {
  pageMs = 5_000;
  logMs = LOG_MS;
  readonly model = new ReplayModel();
  readonly state: ReplayDto = {
    session: "s", capture: "c", state: "playing", playing: true, speed: 1, firstMs: LOG_MS - 60_000, lastMs: LOG_MS + 600_000, positionMs: LOG_MS, progress: 1, failure: "",
  };
  readonly ward = new FakeWard(2, () => this.logMs);
  next = this.ward.watch({ bed: null, network: false });

  /** Page time passes, the capture's at the replay's speed, with a frame every 100 ms. */
  pass(ms: number): void {
    for (let left = ms; left > 0; left -= 100) {
      this.pageMs += 100;
      if (this.state.state === "playing") this.logMs += 100 * this.state.speed;
      this.ward.advance();
      this.model.receive(this.pageMs, this.frame());
    }
  }

  frame(parts: Partial<ReplayDto> = {}): ReplayFrame {
    Object.assign(this.state, { positionMs: this.logMs }, parts);
    return { replay: { ...this.state }, ward: this.next() };
  }
}

describe("ReplayModel", () => {
  it("health_Playing_LiveOnlyWhileFramesCome", () => {
    const scene = new Scene();
    expect(scene.model.health(scene.pageMs)).toBe("connecting");
    scene.pass(500);
    expect(scene.model.health(scene.pageMs)).toBe("live");
    expect(scene.model.health(scene.pageMs + 3_001)).toBe("frozen");
    expect(scene.model.moment(scene.pageMs + 3_001).dead).toBe(true);
  });

  it("health_PausedOrAtTheEnd_PausedNotLive", () => {
    const scene = new Scene();
    scene.pass(500);
    for (const state of ["paused", "ended"] as const) {
      scene.model.receive(scene.pageMs, scene.frame({ state }));
      expect(scene.model.health(scene.pageMs)).toBe("paused");
    }
  });

  it("health_Failed_Frozen", () => {
    const scene = new Scene();
    scene.pass(500);
    scene.model.receive(scene.pageMs, { replay: { ...scene.state, state: "failed", failure: "no" }, ward: null });
    expect(scene.model.health(scene.pageMs)).toBe("frozen");
  });

  it("moment_AtAnySpeed_TheTimeOfTheLastFrameAndNothingBeyond", () => {
    const scene = new Scene();
    scene.state.speed = 60;
    scene.pass(1_000);
    expect(scene.model.moment(scene.pageMs).logMs).toBe(LOG_MS + 60_000);
    expect(scene.model.moment(scene.pageMs + 900).logMs).toBe(LOG_MS + 60_000);
  });

  it("receive_WhileSeeking_NothingIsShownUntilAFullFrame", () => {
    const scene = new Scene();
    scene.pass(500);
    scene.model.receive(scene.pageMs, { replay: { ...scene.state, state: "seeking" }, ward: null });
    expect(scene.model.health(scene.pageMs)).toBe("connecting");
    expect(scene.model.receive(scene.pageMs, scene.frame({ state: "playing" }))).toBe(false);

    scene.logMs -= 30_000;
    scene.next = scene.ward.watch({ bed: null, network: false });
    scene.pass(100);
    expect(scene.model.health(scene.pageMs)).toBe("live");
    expect(scene.model.moment(scene.pageMs).logMs).toBeLessThan(LOG_MS);
  });

  it("receive_AHoleInTheStream_AsksAnew", () => {
    const scene = new Scene();
    scene.pass(300);
    scene.frame();
    expect(scene.model.receive(scene.pageMs, scene.frame())).toBe(false);
  });

  it("reelMs_Paused_StandsStill", () => {
    const scene = new Scene();
    scene.pass(500);
    scene.model.receive(scene.pageMs, scene.frame({ state: "paused" }));
    const standing = scene.model.reelMs(scene.pageMs);
    expect(scene.model.reelMs(scene.pageMs + 5_000)).toBe(standing);
    scene.model.receive(scene.pageMs + 5_000, scene.frame({ state: "playing" }));
    expect(scene.model.reelMs(scene.pageMs + 5_100)).toBe(standing + 100);
  });

  it("stream_AtTenTimes_DrawnATenthAsWide", () => {
    const scene = new Scene();
    scene.pass(1_000);
    const wave = scene.model.ward.beds[0]?.waves[0];
    if (wave === undefined) throw new Error("the bed sends no waveform");
    const slow = scene.model.stream(0, wave);
    const spacing = (ring: { first: number; time(i: number): number } | undefined) => (ring === undefined ? NaN : ring.time(ring.first + 1) - ring.time(ring.first));
    expect(spacing(slow?.ring)).toBeCloseTo(4);

    scene.state.speed = 10;
    scene.next = scene.ward.watch({ bed: null, network: false });
    scene.pass(1_000);
    expect(spacing(scene.model.stream(0, wave)?.ring)).toBeCloseTo(0.4);
  });
});
