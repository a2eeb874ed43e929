import type { AlarmDto } from "../hub/contract";
import type { Speech } from "./language";
import type { SignalNames } from "./signals";

/**
 * What an alarm says. In English the device's own words, which is what they come in; otherwise those of the catalogue
 * for its event, and the device's own where the catalogue has none: a foreign word is better than a missing one.
 */
export function alarmText(alarm: AlarmDto, speech: Speech, names: SignalNames): string {
  const own = alarm.text === "" ? alarm.event : alarm.text;
  if (speech.language === "en" && alarm.text !== "") return own;
  const said = speech.name("event", alarm.event);
  return said === alarm.event ? own : said.replace("{signal}", names.label(alarm.source, speech.language));
}
