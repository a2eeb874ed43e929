import type { Speech } from "../../i18n/language";

/** 0 is as fast as it goes. */
export const SPEEDS: readonly number[] = [1, 2, 10, 60, 0];

export function speedText(speed: number, speech: Speech): string {
  return speed === 0 ? speech.say("replay.max") : `${speed}×`;
}
