import { describe, expect, it } from "vitest";
import { decodeSamples, WaveRing } from "../../src/state/waveRing";

const PERIOD_US = 4_000;

function values(ring: WaveRing): (number | null)[] {
  const seen: (number | null)[] = [];
  for (let i = ring.first; i < ring.last; i++) seen.push(Number.isNaN(ring.value(i)) ? null : ring.value(i));
  return seen;
}

describe("WaveRing", () => {
  it("append_PiecesThatFollowOn_NoGap", () => {
    const ring = new WaveRing(16);

    ring.append(100, PERIOD_US, 0.5, 1, Int16Array.of(2, 4));
    ring.append(108, PERIOD_US, 0.5, 1, Int16Array.of(6));

    expect(values(ring)).toEqual([2, 3, 4]);
    expect([ring.time(0), ring.time(1), ring.time(2)]).toEqual([100, 104, 108]);
  });

  it("append_TimeJumps_GapBreaksTheTrace", () => {
    const ring = new WaveRing(16);

    ring.append(100, PERIOD_US, 1, 0, Int16Array.of(1, 2));
    ring.append(364, PERIOD_US, 1, 0, Int16Array.of(3));

    expect(values(ring)).toEqual([1, 2, null, 3]);
  });

  it("append_MissingSample_BreaksTheTrace", () => {
    const ring = new WaveRing(16);

    ring.append(0, PERIOD_US, 1, 0, Int16Array.of(1, -32_768, 3));

    expect(values(ring)).toEqual([1, null, 3]);
  });

  it("voidMs_OnlyMissingSamples_CountsSinceTheLastValidOne", () => {
    const ring = new WaveRing(16);

    ring.append(0, PERIOD_US, 1, 0, Int16Array.of(1, 2, -32_768, -32_768));
    expect(ring.voidMs).toBe(12);

    ring.append(16, PERIOD_US, 1, 0, Int16Array.of(3));
    expect(ring.voidMs).toBe(PERIOD_US / 1_000);
  });

  it("append_RoundedTimes_AreNoGap", () => {
    const ring = new WaveRing(16);

    ring.append(100, PERIOD_US, 1, 0, Int16Array.of(1));
    ring.append(105.9, PERIOD_US, 1, 0, Int16Array.of(2));

    expect(values(ring)).toEqual([1, 2]);
  });

  it("append_MoreThanItHolds_OldestGiveWayAndIndexesGoOn", () => {
    const ring = new WaveRing(3);

    for (let i = 0; i < 5; i++) ring.append(i * 4, PERIOD_US, 1, 0, Int16Array.of(i));

    expect([ring.first, ring.last]).toEqual([2, 5]);
    expect(values(ring)).toEqual([2, 3, 4]);
  });
});

describe("decodeSamples", () => {
  it("decodeSamples_LittleEndian_SignedValues", () => {
    const bytes = Buffer.from([0x01, 0x00, 0xff, 0xff, 0x00, 0x80, 0xff, 0x7f]);

    expect([...decodeSamples(bytes.toString("base64"))]).toEqual([1, -1, -32_768, 32_767]);
  });

  it("decodeSamples_TornLastByte_Dropped", () => {
    expect([...decodeSamples(Buffer.from([5, 0, 9]).toString("base64"))]).toEqual([5]);
  });
});
