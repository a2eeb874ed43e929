import type { BedDto, NumericDto } from "../../hub/contract";
import { alarmOf, bySeverity } from "../../state/alarms";
import { ARTERIAL, CUFF, END_TIDAL_CO2, HEART_RATE, pickNumeric, pickPressure, RESP_RATE, SATURATION, TEMPERATURE, type Pressure } from "../../state/choice";
import { Figure, PressureFigure } from "../figure/Figure";
import { usePage } from "../page/pageContext";
import { toneOf } from "../palette";

/** Every number of the bed with its age: the familiar ones first, then whatever else its devices send. */
export function NumberCards({ bed }: { readonly bed: BedDto }) {
  const { speech, names } = usePage();
  const { numerics, alarms } = bed;
  const first = [HEART_RATE, SATURATION].map((signals) => pickNumeric(numerics, signals));
  const arterial = pickPressure(numerics, ARTERIAL);
  const cuff = pickPressure(numerics, CUFF);
  const then = [RESP_RATE, END_TIDAL_CO2, TEMPERATURE].map((signals) => pickNumeric(numerics, signals));
  const placed = new Set([...first, ...partsOf(arterial), ...partsOf(cuff), ...then]);
  const rest = numerics.filter((numeric) => !placed.has(numeric));
  const card = (numeric: NumericDto | undefined, size: "main" | "side") => numeric && (
    <Figure
      key={`${numeric.device}/${numeric.signal}`} size={size} tone={toneOf(numeric.signal)} label={names.label(numeric.signal, speech.language)}
      numeric={numeric} alarm={alarmOf(alarms, numeric.signal)} note={<Age numeric={numeric} />}
    />
  );
  const pressureCard = (pressure: Pressure | undefined, label: string, tone: "arterial" | "cuff") => {
    const parts = partsOf(pressure);
    const numeric = parts[0];
    if (pressure === undefined || numeric === undefined) return null;
    const source = [...alarms].sort(bySeverity).find((alarm) => parts.some((part) => part.signal === alarm.source))?.source;
    return <PressureFigure tone={tone} label={label} pressure={pressure} alarm={alarmOf(alarms, source ?? "")} note={<Age numeric={numeric} />} />;
  };
  return (
    <section class="bed-numbers" aria-label={speech.say("bed.numbers")}>
      {numerics.length === 0 && <p class="nothing">{speech.say("bed.noNumbers")}</p>}
      {first.map((numeric) => card(numeric, "main"))}
      {pressureCard(arterial, speech.say("number.arterial"), "arterial")}
      {pressureCard(cuff, speech.say("number.cuff"), "cuff")}
      {[...then, ...rest].map((numeric) => card(numeric, "side"))}
    </section>
  );
}

function partsOf(pressure: Pressure | undefined): NumericDto[] {
  return [pressure?.systolic, pressure?.diastolic, pressure?.mean].filter((numeric) => numeric !== undefined);
}

function Age({ numeric }: { readonly numeric: NumericDto }) {
  const { now, speech } = usePage();
  return <span>{now.dead ? "–" : speech.age(Math.max(0, now.logMs - numeric.atMs))}</span>;
}
