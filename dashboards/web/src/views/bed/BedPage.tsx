import { useState } from "preact/hooks";
import type { BedDto } from "../../hub/contract";
import { inWaveOrder } from "../../state/choice";
import { conditionOf, watermark } from "../../state/condition";
import { LookBack } from "../history/LookBack";
import { PastEvents } from "../history/PastEvents";
import { Trends } from "../history/Trends";
import { LinkBadge, percent } from "../link/LinkBadge";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import { StateBadge } from "../tile/StateBadge";
import { Why } from "../tile/Why";
import { Trace } from "../trace/Trace";
import { AlarmTable } from "./AlarmTable";
import { DeviceTable } from "./DeviceTable";
import { NumberCards } from "./NumberCards";
import "../history/history.css";
import "./bed.css";

/** Wider than a tile, so a longer sweep keeps about the same millimetres per second. */
const SWEEP_MS = 10_000;

/** What stands beside the numbers, which stay: the waveforms now, or the past. */
const TABS = ["now", "trends", "waves", "events"] as const;
type Tab = (typeof TABS)[number];
/** A moment in the past is shown with what led to it. */
const BEFORE_MS = 10_000;

/** One bed with all that is known of it. */
export function BedPage({ bedKey }: { readonly bedKey: string }) {
  const { model, speech, paths } = usePage();
  const bed = model.ward.beds.find((other) => other?.key === bedKey);
  if (bed !== undefined) return <KnownBed bed={bed} />;
  return (
    <main class="bed-page">
      <Go to={paths.wall} class="back">‹ {speech.say("bed.back")}</Go>
      <p class="nothing">{speech.say("bed.unknown", { key: bedKey })}<small>{speech.say("bed.unknownHint")}</small></p>
    </main>
  );
}

function KnownBed({ bed }: { readonly bed: BedDto }) {
  const { now, speech, model, agentMode, paths, hasHistory } = usePage();
  const condition = conditionOf(bed, model.ward.heard[bed.index], now);
  const mode = watermark(bed.mode, agentMode);
  const waves = inWaveOrder(bed.waves);
  const [tab, setTab] = useState<Tab>(() => TABS.find((each) => hasHistory && location.hash === `#${each}`) ?? "now");
  const [lookMs, setLookMs] = useState<number | null>(null);
  const open = (wanted: Tab) => {
    setTab(wanted);
    // The address says it too, so that it can be sent to somebody, and a reload stays.
    history.replaceState(null, "", wanted === "now" ? location.pathname : `#${wanted}`);
  };
  const lookAt = (ms: number) => {
    setLookMs(ms);
    open("waves");
  };
  return (
    <main
      class="bed-page" data-bed={bed.key} data-state={condition.state} data-alarm={bed.alarm} data-cause={bed.cause}
      data-link={condition.link} data-mode={mode}
    >
      {mode !== "real" && <span class="watermark" aria-hidden="true">{speech.say(`mode.${mode}`)}</span>}
      <div class="bed-head">
        <Go to={paths.wall} class="back">‹ {speech.say("bed.back")}</Go>
        <h1>{speech.bed(bed.bed)} <small>{bed.ward}</small></h1>
        {mode === "replay" && <b class="replayed">{speech.say("mode.replay")}</b>}
        <StateBadge state={condition.state} />
        <Why condition={condition} cause={bed.cause} />
        {hasHistory && (
          <span class="bed-tabs" role="group" aria-label={speech.say("past.views")}>
            {TABS.map((each) => <button key={each} type="button" data-tab={each} aria-pressed={each === tab} onClick={() => open(each)}>{speech.say(`past.${each}`)}</button>)}
          </span>
        )}
        <span class="bed-link">
          <LinkBadge grade={condition.link} delayMs={bed.delayMs} lossRatio={bed.lossRatio} heardAgeMs={condition.heardAgeMs} />
          <span>{speech.say("link.loss")} {now.dead ? "–" : percent(bed.lossRatio)}</span>
        </span>
      </div>
      <AlarmTable alarms={bed.alarms} />
      {tab === "now" && (
        <section class="bed-waves" aria-label={speech.say("bed.waves")}>
          {waves.length === 0 && <p class="nothing">{speech.say("bed.noWaves")}</p>}
          {waves.map((wave) => (
            <Trace key={`${wave.device}/${wave.signal}`} wave={wave} stream={model.stream(bed.index, wave)} sweepMs={SWEEP_MS} />
          ))}
        </section>
      )}
      {tab === "trends" && <Trends bed={bed.key} onLook={(ms) => lookAt(ms - BEFORE_MS)} />}
      {tab === "waves" && <LookBack bed={bed.key} waves={waves} startMs={lookMs} onStart={setLookMs} />}
      {tab === "events" && <PastEvents bed={bed.key} onLook={(ms) => lookAt(ms - BEFORE_MS)} />}
      <NumberCards bed={bed} />
      <DeviceTable devices={bed.devices} />
    </main>
  );
}
