import type { AlarmDto, AlarmLevel, BedDto } from "../hub/contract";

/** Colour alone is never enough: each priority has its symbol. */
export const SYMBOL: Readonly<Record<AlarmLevel, string>> = { none: "", low: "!", medium: "!!", high: "!!!" };
const RANK: Readonly<Record<AlarmLevel, number>> = { high: 0, medium: 1, low: 2, none: 3 };
/** How long each of several alarms stays in a tile's bar. */
const ROTATE_MS = 2_000;

export interface BedAlarm {
  readonly bed: BedDto;
  readonly alarm: AlarmDto;
}

/** Highest priority first; in it, what nobody has acknowledged; then the oldest. */
export function bySeverity(a: AlarmDto, b: AlarmDto): number {
  return RANK[a.priority] - RANK[b.priority] || Number(flashes(b)) - Number(flashes(a)) || a.sinceMs - b.sinceMs;
}

/** Every condition of the unit, by severity. */
export function allAlarms(beds: readonly BedDto[]): BedAlarm[] {
  return beds.flatMap((bed) => bed.alarms.map((alarm) => ({ bed, alarm }))).sort((a, b) => bySeverity(a.alarm, b.alarm));
}

/** The one whose turn it is, the same on every screen since log time decides. */
export function inTurn(alarms: readonly AlarmDto[], logMs: number): { alarm: AlarmDto; place: number } | undefined {
  if (alarms.length === 0) return undefined;
  const place = Math.floor(Math.max(0, logMs) / ROTATE_MS) % alarms.length;
  const alarm = [...alarms].sort(bySeverity)[place];
  return alarm === undefined ? undefined : { alarm, place };
}

/** A condition that nobody has acknowledged flashes, latched ones too; one that can't be confirmed doesn't pretend. */
export function flashes(alarm: AlarmDto): boolean {
  return alarm.phase === "active_unack" || alarm.phase === "latched";
}

/** `134 > 120`, `85 < 90`; the value alone where no limit was broken. */
export function valueAgainstLimit(alarm: AlarmDto): string {
  const { value, lowLimit, highLimit } = alarm;
  if (value === null) return "";
  if (highLimit !== null && value > highLimit) return `${short(value)} > ${short(highLimit)}`;
  if (lowLimit !== null && value < lowLimit) return `${short(value)} < ${short(lowLimit)}`;
  return short(value);
}

/** The priority with which a number is framed: the worst condition that names it as its source. */
export function alarmOf(alarms: readonly AlarmDto[], signal: string): AlarmLevel {
  return alarms.filter((alarm) => alarm.source === signal).sort(bySeverity)[0]?.priority ?? "none";
}

function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
