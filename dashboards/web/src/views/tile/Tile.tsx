import type { BedDto } from "../../hub/contract";
import { alarmText } from "../../i18n/alarmText";
import { alarmOf, bySeverity, SYMBOL } from "../../state/alarms";
import { ARTERIAL, CUFF, END_TIDAL_CO2, HEART_RATE, pickNumeric, pickPressure, pickTraces, PULSE_RATE, RESP_RATE, SATURATION, TEMPERATURE } from "../../state/choice";
import { conditionOf, watermark, type Condition } from "../../state/condition";
import { shownValue } from "../../state/freshness";
import { AlarmBar } from "../alarm/AlarmBar";
import { Figure, PressureFigure, Taken } from "../figure/Figure";
import { LinkBadge } from "../link/LinkBadge";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import { Trace } from "../trace/Trace";
import { StateBadge, useStateWord } from "./StateBadge";
import { Why } from "./Why";
import "./tile.css";

const SWEEP_MS = 6_000;

interface TileProps {
  readonly bed: BedDto;
  readonly heardMs: number | undefined;
  /** Said only where the wall shows more than one. */
  readonly ward: string;
}

/** A bed on the wall. */
export function Tile({ bed, heardMs, ward }: TileProps) {
  const { now, speech, model, agentMode, paths } = usePage();
  const condition = conditionOf(bed, heardMs, now);
  const traces = pickTraces(bed.waves, (wave) => model.stream(bed.index, wave) !== undefined);
  const mode = watermark(bed.mode, agentMode);
  const why = <Why condition={condition} cause={bed.cause} />;
  return (
    <Go
      to={paths.bed(bed.ward, bed.bed)} class="tile" aria-label={useSummary(bed, condition)}
      data-bed={bed.key} data-state={condition.state} data-alarm={bed.alarm} data-cause={bed.cause} data-link={condition.link}
      data-mode={mode}
    >
      {mode !== "real" && <span class="watermark" aria-hidden="true">{speech.say(`mode.${mode}`)}</span>}
      <div class="tile-head">
        <span class="tile-bed">{speech.bed(bed.bed)}</span>
        {mode === "replay" && <b class="replayed">{speech.say("mode.replay")}</b>}
        <span class="tile-ward">{ward}</span>
        {/* What was live then is not said to be: the mark in its place says what it is. */}
        {(mode !== "replay" || condition.state !== "live") && <StateBadge state={condition.state} />}
        <LinkBadge grade={condition.link} delayMs={bed.delayMs} lossRatio={bed.lossRatio} heardAgeMs={condition.heardAgeMs} />
      </div>
      <AlarmBar alarms={bed.alarms} otherwise={why} />
      <div class="tile-traces">
        {traces.map((wave) => (
          <Trace key={`${wave.device}/${wave.signal}`} wave={wave} stream={model.stream(bed.index, wave)} sweepMs={SWEEP_MS} />
        ))}
        {bed.alarms.length > 0 && why}
      </div>
      <MainFigures bed={bed} />
      <SideFigures bed={bed} />
    </Go>
  );
}

function MainFigures({ bed }: { readonly bed: BedDto }) {
  const { speech } = usePage();
  const rate = pickNumeric(bed.numerics, HEART_RATE);
  const saturation = pickNumeric(bed.numerics, SATURATION);
  const pulse = pickNumeric(bed.numerics, PULSE_RATE);
  const second = saturation ?? (pulse === rate ? undefined : pulse);
  const label = rate === undefined || rate.signal.startsWith("MDC_ECG_") ? "number.heartRate" : "number.pulseRate";
  return (
    <div class="tile-main">
      <Figure size="main" tone="ecg" label={speech.say(label)} numeric={rate} alarm={alarmOf(bed.alarms, rate?.signal ?? "")} />
      <Figure size="main" tone="oxygen" label={speech.say(second === undefined || second === saturation ? "number.saturation" : "number.pulseRate")} numeric={second} alarm={alarmOf(bed.alarms, second?.signal ?? "")} />
    </div>
  );
}

function SideFigures({ bed: { numerics, alarms } }: { readonly bed: BedDto }) {
  const { speech } = usePage();
  const arterial = pickPressure(numerics, ARTERIAL);
  const cuff = pickPressure(numerics, CUFF);
  const rest = [
    ["number.respRate", "breath", pickNumeric(numerics, RESP_RATE)],
    ["number.endTidal", "carbon", pickNumeric(numerics, END_TIDAL_CO2)],
    ["number.temperature", "plain", pickNumeric(numerics, TEMPERATURE)],
  ] as const;
  const count = [arterial, cuff, ...rest.map(([, , numeric]) => numeric)].filter((figure) => figure !== undefined).length;
  return (
    <div class={count === 5 ? "tile-side tile-side-five" : "tile-side"}>
      {arterial && <PressureFigure tone="arterial" label={speech.say("number.arterial")} pressure={arterial} alarm={pressureAlarm(alarms, "MDC_PRESS_BLD_ART")} />}
      {cuff && <PressureFigure tone="cuff" label={speech.say("number.cuff")} pressure={cuff} alarm={pressureAlarm(alarms, "MDC_PRESS_BLD_NONINV")} />}
      {rest.map(([label, tone, numeric]) => numeric && (
        <Figure
          key={label} tone={tone} label={speech.say(label)} numeric={numeric} alarm={alarmOf(alarms, numeric.signal)}
          note={numeric.intermittent ? <Taken numeric={numeric} /> : undefined}
        />
      ))}
    </div>
  );
}

function pressureAlarm(alarms: BedDto["alarms"], family: string) {
  const source = alarms.find((alarm) => alarm.source.startsWith(family))?.source;
  return source === undefined ? "none" : alarmOf(alarms, source);
}

/** The tile in one sentence, for those who hear the wall. */
function useSummary(bed: BedDto, condition: Condition): string {
  const { now, speech, names, agentMode } = usePage();
  const main = [pickNumeric(bed.numerics, HEART_RATE), pickNumeric(bed.numerics, SATURATION)]
    .filter((numeric) => numeric !== undefined)
    .map((numeric) => `${names.label(numeric.signal, speech.language)} ${shownValue(numeric, now).text}`);
  const worst = [...bed.alarms].sort(bySeverity)[0];
  const alarm = bed.alarm === "none" ? speech.say("alarm.none") : `${SYMBOL[bed.alarm]} ${speech.say(`alarm.${bed.alarm}`)}: ${worst === undefined ? "" : alarmText(worst, speech, names)}`;
  const word = useStateWord();
  const replayed = watermark(bed.mode, agentMode) === "replay" ? [speech.say("mode.replay"), speech.say("mode.replay.about")] : [];
  const cause = bed.cause === "" ? [] : [speech.name("cause", bed.cause)];
  return [...replayed, speech.bed(bed.bed), word(condition.state), ...cause, alarm, ...main].join(", ");
}
