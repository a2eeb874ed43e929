import type { WatchdogMarkDto } from "../hub/contract";

/** Which of the watchdog's TEST alarms this screen has still to say that it drew; each once on each connection. */
export class Receipts {
  private readonly given = new Map<string, number>();

  /** Another connection is another screen to the agent. */
  restart(): void {
    this.given.clear();
  }

  /** Takes what the frame that was just drawn names. */
  due(watchdogs: readonly WatchdogMarkDto[]): readonly WatchdogMarkDto[] {
    const due = watchdogs.filter(({ ward, sequence }) => sequence > (this.given.get(ward) ?? 0));
    for (const { ward, sequence } of due) this.given.set(ward, sequence);
    return due;
  }
}
