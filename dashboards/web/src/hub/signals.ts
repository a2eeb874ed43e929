import type { SignalDto } from "./contract";
import { retryDelayMs } from "./retry";

/** Labels and units of all signals; asked for until there is an answer, since the wall works without and reads better with. */
export async function fetchSignals(random01: () => number = Math.random): Promise<SignalDto[]> {
  for (let attempt = 0; ; attempt++) {
    const signals = await fetch("/api/signals").then((answer) => (answer.ok ? (answer.json() as Promise<SignalDto[]>) : null), () => null);
    if (signals !== null) return signals;
    await new Promise((resolve) => setTimeout(resolve, retryDelayMs(attempt, random01)));
  }
}
