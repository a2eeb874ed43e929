/** Times of day as the page shows them: UTC, with local time for the hover text. */
export function utcTime(ms: number, seconds = true): string {
  return new Date(ms).toISOString().slice(11, seconds ? 19 : 16);
}

/** `2026-11-22 06:30:12`: where the day matters. */
export function utcMoment(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19).replace("T", " ");
}

export function localTime(ms: number): string {
  const at = new Date(ms);
  return [at.getHours(), at.getMinutes(), at.getSeconds()].map((n) => String(n).padStart(2, "0")).join(":");
}
