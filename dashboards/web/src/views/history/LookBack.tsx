import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../hub/ask";
import type { WaveInfoDto, WavesDto } from "../../hub/contract";
import { fetchWaves } from "../../hub/history";
import { inWaveOrder } from "../../state/choice";
import { utcMoment } from "../../i18n/times";
import { usePage } from "../page/pageContext";
import { PastLane } from "./PastLane";

const WINDOWS_S: readonly number[] = [10, 30, 60, 300];
/** The newest samples are still on their way into the history. */
const SETTLED_MS = 5_000;
const MOST_POINTS = 4_000;

interface LookBackProps {
  readonly bed: string;
  readonly waves: readonly WaveInfoDto[];
  /** The time that was asked for elsewhere; null for just now. */
  readonly startMs: number | null;
  readonly onStart: (ms: number) => void;
}

/** The bed's waveforms at a time that has passed, all lanes on one axis; what is missing stays missing. */
export function LookBack({ bed, waves, startMs, onStart }: LookBackProps) {
  const { now, speech } = usePage();
  const [windowS, setWindowS] = useState(30);
  const [found, setFound] = useState<ReadonlyMap<string, WavesDto>>(new Map());
  const [trouble, setTrouble] = useState(false);
  const [pending, setPending] = useState(true);
  const latestMs = now.logMs - SETTLED_MS - windowS * 1_000;
  const [openedMs] = useState(latestMs);
  const fromMs = startMs ?? openedMs;
  const toMs = fromMs + windowS * 1_000;
  const ordered = inWaveOrder(waves);
  const lanes = ordered.map((wave) => `${wave.device}/${wave.signal}`).join(" ");

  useEffect(() => {
    let isOver = false;
    setPending(true);
    const points = Math.min(MOST_POINTS, 2 * innerWidth);
    void Promise.all(ordered.map((wave) => fetchWaves(bed, wave.device, wave.signal, fromMs, toMs, points))).then((answers) => {
      if (isOver) return;
      setPending(false);
      setTrouble(answers.some((answer) => answer instanceof Refused && answer.status !== 404));
      setFound(new Map(answers.flatMap((answer) => (answer instanceof Refused ? [] : [[`${answer.device}/${answer.signal}`, answer] as const]))));
    });
    return () => { isOver = true; };
  }, [bed, lanes, fromMs, toMs]);

  const go = (ms: number) => onStart(Math.max(0, Math.min(latestMs, ms)));
  return (
    <section class="past past-waves" aria-label={speech.say("past.waves")}>
      <div class="past-bar">
        <span role="group" aria-label={speech.say("past.window")}>
          {WINDOWS_S.map((each) => <button key={each} type="button" data-window={each} aria-pressed={each === windowS} onClick={() => setWindowS(each)}>{each < 60 ? `${each} s` : `${each / 60} min`}</button>)}
        </span>
        <button type="button" aria-label={speech.say("replay.back", { age: speech.age(windowS * 1_000) })} onClick={() => go(fromMs - windowS * 1_000)}>‹‹</button>
        <button type="button" aria-label={speech.say("replay.back", { age: speech.age(windowS * 250) })} onClick={() => go(fromMs - windowS * 250)}>‹</button>
        <label>
          <span class="past-label">{speech.say("past.from")}</span>
          <input type="datetime-local" step={1} value={utcMoment(fromMs).replace(" ", "T")} onChange={(event) => {
            const ms = Date.parse(`${event.currentTarget.value}Z`);
            if (!Number.isNaN(ms)) go(ms);
          }} />
        </label>
        <small>{speech.say("app.utc")} · {speech.say("past.ago", { age: speech.age(Math.max(0, now.logMs - fromMs)) })}</small>
        <button type="button" aria-label={speech.say("replay.ahead", { age: speech.age(windowS * 250) })} onClick={() => go(fromMs + windowS * 250)}>›</button>
        <button type="button" aria-label={speech.say("replay.ahead", { age: speech.age(windowS * 1_000) })} onClick={() => go(fromMs + windowS * 1_000)}>››</button>
        <button type="button" onClick={() => go(latestMs)}>{speech.say("past.latest")}</button>
      </div>
      {trouble && <p class="past-trouble" role="status">{speech.say("past.trouble")}</p>}
      <div class="past-lanes" data-pending={pending}>
        {ordered.map((wave) => {
          const key = `${wave.device}/${wave.signal}`;
          return <PastLane key={key} wave={wave} waves={found.get(key)} fromMs={fromMs} toMs={toMs} />;
        })}
        <TimeAxis fromMs={fromMs} toMs={toMs} />
      </div>
    </section>
  );
}

const TICKS = 5;

function TimeAxis({ fromMs, toMs }: { readonly fromMs: number; readonly toMs: number }) {
  return (
    <div class="past-axis">
      {Array.from({ length: TICKS + 1 }, (_, i) => <time key={i}>{new Date(fromMs + ((toMs - fromMs) * i) / TICKS).toISOString().slice(11, 19)}</time>)}
    </div>
  );
}
