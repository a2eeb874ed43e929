/** Longest wait between two attempts: a wall that comes back must not look dead for long. */
const CAP_MS = 5_000;
const BASE_MS = 200;

/**
 * Wait before the next attempt, milliseconds: full jitter, so that a ward full of screens doesn't fall on a
 * restarted agent in one instant. The cap is applied last, so it really is the longest wait; it never gives up.
 */
export function retryDelayMs(attempt: number, random01: () => number): number {
  return random01() * Math.min(CAP_MS, BASE_MS * 2 ** Math.min(attempt, 10));
}
