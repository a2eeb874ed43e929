import { describe, expect, it } from "vitest";
import { Vigil } from "../../src/state/vigil";

/** A page with a stream of ten frames a second. */
class Watch {
  readonly vigil = new Vigil();
  pageMs = 1_000;
  wallMs = 1_000_000;
  sequence = 0;
  record = 100;
  logMs = 50_000;

  constructor() {
    this.vigil.ask();
    this.frame({ full: true });
  }

  frame(change: { full?: boolean; stalled?: boolean; excessMs?: number; skip?: number } = {}): boolean {
    this.vigil.beat(this.pageMs, this.wallMs);
    this.sequence = change.full === true ? 1 : this.sequence + 1 + (change.skip ?? 0);
    if (change.stalled !== true) {
      this.record += 10;
      this.logMs += 100;
    }
    const head = { sequence: this.sequence, record: this.record, logTimeMs: this.logMs, full: change.full ?? false };
    return this.vigil.frame(this.pageMs, head, change.excessMs ?? 0);
  }

  /** Lets time pass with timers running; frames come if asked for. */
  pass(ms: number, frames?: Parameters<Watch["frame"]>[0]): void {
    for (let left = ms; left > 0; left -= 100) {
      this.pageMs += 100;
      this.wallMs += 100;
      this.vigil.beat(this.pageMs, this.wallMs);
      if (frames !== undefined) this.frame(frames);
    }
  }

  get state() {
    return [this.vigil.health(this.pageMs), this.vigil.reason(this.pageMs)];
  }
}

describe("Vigil", () => {
  it("health_NothingArrivedYet_Connecting", () => {
    const vigil = new Vigil();

    vigil.beat(0, 0);

    expect(vigil.health(60_000)).toBe("connecting");
  });

  it("health_FramesFlow_Live", () => {
    const watch = new Watch();

    watch.pass(20_000, {});

    expect(watch.state).toEqual(["live", null]);
  });

  it("health_NoFrameForThreeSeconds_FrozenThenLiveWhenTheyComeBack", () => {
    const watch = new Watch();

    watch.pass(2_900);
    expect(watch.state).toEqual(["live", null]);

    watch.pass(200);
    expect(watch.state).toEqual(["frozen", "silent"]);

    watch.frame();
    expect(watch.state).toEqual(["live", null]);
  });

  it("health_FramesComeButTheProcessorStandsStill_Frozen", () => {
    const watch = new Watch();

    watch.pass(3_100, { stalled: true });

    expect(watch.state).toEqual(["frozen", "stalled"]);
  });

  it("health_FullFramesRepeatedOfAProcessorThatStandsStill_StaysFrozen", () => {
    const watch = new Watch();
    watch.pass(3_100, { stalled: true });

    watch.vigil.ask();
    watch.frame({ full: true, stalled: true });

    expect(watch.state).toEqual(["frozen", "stalled"]);
  });

  it("health_StreamDelayedOverThreeSeconds_FrozenUntilItIsWellUnder", () => {
    const watch = new Watch();

    watch.pass(100, { excessMs: 3_100 });
    expect(watch.state).toEqual(["frozen", "delayed"]);

    watch.pass(100, { excessMs: 2_000 });
    expect(watch.state).toEqual(["frozen", "delayed"]);

    watch.pass(100, { excessMs: 1_000 });
    expect(watch.state).toEqual(["live", null]);
  });

  it("beat_TimersStoodStill_FrozenUntilAFullFrameOfANewQuestion", () => {
    const watch = new Watch();

    watch.pageMs += 3_100;
    watch.wallMs += 3_100;
    expect(watch.frame()).toBe(false);
    expect(watch.state).toEqual(["frozen", "asleep"]);
    expect(watch.vigil.mustAsk).toBe(true);
    expect(watch.frame({ full: true }), "a full frame that was queued before the sleep").toBe(false);

    watch.vigil.ask();
    expect(watch.frame({ full: true })).toBe(true);
    expect(watch.state).toEqual(["live", null]);
  });

  it("beat_MonotonicClockStoodStillDuringSleep_Frozen", () => {
    const watch = new Watch();

    watch.pageMs += 50;
    watch.wallMs += 3_600_000;
    watch.vigil.beat(watch.pageMs, watch.wallMs);

    expect(watch.state).toEqual(["frozen", "asleep"]);
  });

  it("hide_LongerThanAGlance_FrozenAlthoughFramesCome", () => {
    const watch = new Watch();

    watch.vigil.hide(watch.pageMs);
    watch.pass(3_200, {});
    expect(watch.state).toEqual(["frozen", "hidden"]);

    watch.vigil.show(watch.pageMs);
    watch.frame();
    expect(watch.state, "still waiting for a fresh full frame").toEqual(["frozen", "hidden"]);

    watch.vigil.ask();
    watch.frame({ full: true });
    expect(watch.state).toEqual(["live", null]);
  });

  it("hide_AGlanceElsewhere_StaysLive", () => {
    const watch = new Watch();

    watch.vigil.hide(watch.pageMs);
    watch.pass(1_000, {});
    watch.vigil.show(watch.pageMs);

    expect(watch.state).toEqual(["live", null]);
  });

  it("frame_SequenceHasAHole_FrozenAndAsksAgain", () => {
    const watch = new Watch();

    watch.pageMs += 100;
    watch.wallMs += 100;

    expect(watch.frame({ skip: 1 })).toBe(false);
    expect(watch.state).toEqual(["frozen", "broken"]);
    expect(watch.vigil.mustAsk).toBe(true);
  });

  it("ask_ReconnectedWithinThreeSeconds_NeverLooksFrozen", () => {
    const watch = new Watch();

    watch.pass(1_000);
    watch.vigil.ask();
    expect(watch.state).toEqual(["live", null]);
    expect(watch.frame(), "a piece of the old stream").toBe(false);

    watch.frame({ full: true });
    expect(watch.state).toEqual(["live", null]);
  });
});
