/**
 * Decides whether what the page shows may be believed (P2). Pure: every time comes in from outside.
 * Units: milliseconds; `pageMs` is `performance.now()`, `wallMs` is `Date.now()`.
 */

export type Health = "connecting" | "live" | "frozen";
export type FrozenReason = "silent" | "stalled" | "delayed" | "asleep" | "hidden" | "broken";

/** No frame, or no progress in them, for this long freezes the page. */
export const FREEZE_MS = 3_000;
/** A delayed stream must come back under this before it is trusted again, so that the banner doesn't flicker. */
const DELAY_CLEARED_MS = 1_500;
/** The two clocks of a page that is awake stay this close from one beat to the next. */
const CLOCK_SPLIT_MS = 2_000;

export class Vigil {
  private beatPageMs: number | null = null;
  private beatWallMs = 0;
  private frameMs = 0;
  private recordMs = 0;
  private progressMs = 0;
  private sequence = 0;
  private record = -1;
  private logMs = 0;
  private delayed = false;
  private hiddenMs: number | null = null;
  private asked = false;
  private answerable = false;
  private answered = false;
  private trusted = false;
  private everTrusted = false;
  private distrust: FrozenReason = "silent";

  /** Any sign of the page's own life: a timer, an animation frame, a frame's arrival, the tab shown. */
  beat(pageMs: number, wallMs: number): void {
    if (this.beatPageMs !== null) {
      const page = pageMs - this.beatPageMs;
      const wall = wallMs - this.beatWallMs;
      // performance.now() may stand still while a laptop sleeps, so the two clocks are held against each other.
      if (page > FREEZE_MS || Math.abs(wall - page) > CLOCK_SPLIT_MS) this.lose("asleep");
    }
    this.beatPageMs = pageMs;
    this.beatWallMs = wallMs;
  }

  hide(pageMs: number): void {
    this.hiddenMs ??= pageMs;
  }

  /** The tab is seen again: after more than a glance elsewhere, nothing from before counts. */
  show(pageMs: number): void {
    if (this.hiddenMs !== null && pageMs - this.hiddenMs > FREEZE_MS) this.lose("hidden");
    this.hiddenMs = null;
  }

  /** The stream was asked for anew: a full frame from now on is an answer, not something left in a queue. */
  ask(): void {
    this.asked = this.answerable = true;
    this.answered = false;
  }

  /** Takes a frame's head. False: it must not be applied. */
  frame(pageMs: number, head: { sequence: number; record: number; logTimeMs: number; full: boolean }, excessMs: number): boolean {
    if (head.full && this.answerable) this.answered = this.trusted = this.everTrusted = true;
    else if (!this.trusted || !this.answered) return false;
    else if (head.sequence !== this.sequence + 1 || head.record < this.record || head.logTimeMs < this.logMs) {
      this.lose("broken");
      return false;
    }
    // Not "greater": another log may begin at a smaller number. A repeated full frame is no progress.
    if (head.record !== this.record) this.recordMs = pageMs;
    if (head.logTimeMs !== this.logMs) this.progressMs = pageMs;
    this.delayed = excessMs > (this.delayed ? DELAY_CLEARED_MS : FREEZE_MS);
    this.frameMs = pageMs;
    this.sequence = head.sequence;
    this.record = head.record;
    this.logMs = head.logTimeMs;
    return true;
  }

  /** Why the page must not be believed; null when it may be. Meaningless before the first full frame. */
  reason(pageMs: number): FrozenReason | null {
    if (!this.trusted) return this.distrust;
    if (this.hiddenMs !== null && pageMs - this.hiddenMs > FREEZE_MS) return "hidden";
    if (pageMs - this.frameMs > FREEZE_MS) return "silent";
    if (pageMs - this.recordMs > FREEZE_MS || pageMs - this.progressMs > FREEZE_MS) return "stalled";
    return this.delayed ? "delayed" : null;
  }

  health(pageMs: number): Health {
    if (!this.everTrusted) return "connecting";
    return this.reason(pageMs) === null ? "live" : "frozen";
  }

  /** Nothing that is under way can be trusted any more: the page has to ask again. */
  get mustAsk(): boolean {
    return this.asked && !this.answerable;
  }

  private lose(reason: FrozenReason): void {
    if (this.trusted) this.distrust = reason;
    this.trusted = this.answerable = this.answered = false;
  }
}
