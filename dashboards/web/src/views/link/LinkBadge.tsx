import type { LinkGrade } from "../../hub/contract";
import { usePage } from "../page/pageContext";
import "./link.css";

interface LinkBadgeProps {
  readonly grade: LinkGrade;
  readonly delayMs: number | null;
  readonly lossRatio: number | null;
  readonly heardAgeMs: number | null;
}

const BARS: Readonly<Record<LinkGrade, number>> = { good: 3, fair: 2, poor: 1, lost: 0, unknown: 0 };

/** Bars, delay and the age of the last message; unknown is never good. */
export function LinkBadge({ grade, delayMs, lossRatio, heardAgeMs }: LinkBadgeProps) {
  const { speech, now } = usePage();
  const delay = delayMs === null || now.dead ? "–" : `${Math.round(delayMs)} ms`;
  const age = heardAgeMs === null ? "–" : speech.age(heardAgeMs);
  const title = speech.say("link.title", { grade: speech.say(`link.${grade}`), delay, age, loss: percent(lossRatio) });
  return (
    <span class={`link link-${grade}`} title={title} aria-label={title}>
      <svg viewBox="0 0 18 14" class="link-bars" aria-hidden="true">
        {[0, 1, 2].map((bar) => (
          <rect key={bar} x={bar * 6.5} y={9 - bar * 4} width="4.5" height={5 + bar * 4} rx="1" class={bar < BARS[grade] ? "on" : "off"} />
        ))}
        {grade === "lost" && <path d="M2 1l14 12M16 1L2 13" class="cross" />}
        {grade === "unknown" && <text x="9" y="12.5" text-anchor="middle" class="query">?</text>}
      </svg>
      <span class="link-delay">{delay}</span>
      <span class="link-age">{age}</span>
    </span>
  );
}

export function percent(ratio: number | null): string {
  return ratio === null ? "–" : `${(ratio * 100).toFixed(ratio > 0 && ratio < 0.1 ? 1 : 0)} %`;
}
