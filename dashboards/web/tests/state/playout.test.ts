import { describe, expect, it } from "vitest";
import { PlayoutClock } from "../../src/state/playout";

/** Pieces of 256 ms that arrive with the jitter of a 100 ms tick. */
function feed(clock: PlayoutClock, fromMs: number, toMs: number, delayMs: number): void {
  for (let end = fromMs; end < toMs; end += 256) clock.observe(end + delayMs + (end % 100), end);
}

describe("PlayoutClock", () => {
  it("offset_JitteringPieces_IsThatOfTheFastest", () => {
    const clock = new PlayoutClock();
    feed(clock, 0, 20_000, 40);

    expect(clock.offset(20_100)).toBeGreaterThanOrEqual(40);
    expect(clock.offset(20_100)).toBeLessThan(65);
  });

  it("offset_DelayGrowsForGood_FollowsSlowly", () => {
    const clock = new PlayoutClock();
    feed(clock, 0, 20_000, 40);
    feed(clock, 20_224, 21_000, 640);
    expect(clock.offset(21_600)).toBeLessThan(100);

    feed(clock, 21_248, 80_000, 640);
    clock.offset(80_000);
    expect(clock.offset(100_000)).toBeGreaterThan(600);
  });

  it("observe_AnotherAxis_Jumps", () => {
    const clock = new PlayoutClock();
    feed(clock, 0, 2_000, 40);

    expect(clock.observe(2_300, 900_000)).toBe(true);
    expect(clock.offset(2_300)).toBe(2_300 - 900_000);
  });
});
