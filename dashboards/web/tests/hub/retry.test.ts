import { describe, expect, it } from "vitest";
import { retryDelayMs } from "../../src/hub/retry";

describe("retryDelayMs", () => {
  it("retryDelayMs_FirstAttempts_AreFast", () => {
    expect([0, 1, 2].map((attempt) => retryDelayMs(attempt, () => 1))).toEqual([200, 400, 800]);
  });

  it("retryDelayMs_ForEver_NeverOverTheCap", () => {
    for (const attempt of [5, 20, 5_000, 1e9]) expect(retryDelayMs(attempt, () => 1)).toBe(5_000);
  });

  it("retryDelayMs_Jitter_IsFull", () => {
    expect(retryDelayMs(9, () => 0)).toBe(0);
    expect(retryDelayMs(9, () => 0.5)).toBe(2_500);
  });
});
