import type { ComponentChildren } from "preact";
import type { AlarmLevel, NumericDto } from "../../hub/contract";
import type { Key } from "../../i18n/language";
import { localTime, utcTime } from "../../i18n/times";
import { shownValue } from "../../state/freshness";
import type { Pressure } from "../../state/choice";
import { usePage } from "../page/pageContext";
import type { Tone } from "../palette";
import "./figure.css";

/** The number itself: its text is the value alone, or `– –` (the contract's hook). */
export function Value({ numeric }: { readonly numeric: NumericDto }) {
  const { now } = usePage();
  const shown = shownValue(numeric, now);
  return <span class="value" data-signal={numeric.signal} data-state={shown.state}>{shown.text}</span>;
}

interface FrameProps {
  readonly label: string;
  readonly unit: string;
  readonly tone: Tone;
  readonly alarm?: AlarmLevel;
  readonly size?: "main" | "side" | "pressure";
  readonly note?: ComponentChildren;
  readonly children: ComponentChildren;
}

/** Label, unit and value in the signal's own colour; a frame in the alarm's colour around a number that is the source of one. */
export function FigureFrame({ label, unit, tone, alarm = "none", size = "side", note, children }: FrameProps) {
  return (
    <div class={`figure figure-${size === "pressure" ? "side figure-pressure" : size} tone-${tone} framed-${alarm}`}>
      <span class="figure-label"><span class="figure-name">{label}</span> <small>{unit}</small>{note !== undefined && <span class="figure-note">{note}</span>}</span>
      <span class="figure-value">{children}</span>
    </div>
  );
}

type FigureProps = Omit<FrameProps, "unit" | "children"> & { readonly numeric: NumericDto | undefined };

/** One number. A place for which the bed sends nothing stays, empty: staff learn places. */
export function Figure({ numeric, ...frame }: FigureProps) {
  const { names } = usePage();
  if (numeric === undefined) return <FigureFrame {...frame} unit=""><span class="value value-absent">–</span></FigureFrame>;
  return (
    <FigureFrame {...frame} unit={names.unit(numeric.signal)}>
      <Value numeric={numeric} /><Doubt numeric={numeric} />
    </FigureFrame>
  );
}

type PressureProps = Omit<FrameProps, "unit" | "children"> & { readonly pressure: Pressure };

/** `120/80 (93)`. */
export function PressureFigure({ pressure: { systolic, diastolic, mean }, note, ...frame }: PressureProps) {
  const { names } = usePage();
  const any = systolic ?? mean ?? diastolic;
  const taken = any?.intermittent === true ? <Taken numeric={any} /> : undefined;
  return (
    <FigureFrame {...frame} size="pressure" note={note ?? taken} unit={any === undefined ? "" : names.unit(any.signal)}>
      {systolic && <Value numeric={systolic} />}
      {systolic && diastolic && <span class="value-joint">/</span>}
      {diastolic && <Value numeric={diastolic} />}
      {mean && <span class="value-mean">({<Value numeric={mean} />})</span>}
      {any && <Doubt numeric={any} />}
    </FigureFrame>
  );
}

/** When an intermittent number was taken. */
export function Taken({ numeric }: { readonly numeric: NumericDto }) {
  const { speech } = usePage();
  const time = utcTime(numeric.atMs, false);
  return <time title={`${utcTime(numeric.atMs)} UTC · ${speech.say("app.local", { time: localTime(numeric.atMs) })}`}>{time}</time>;
}

const VALIDITIES: Readonly<Record<string, Key>> = {
  questionable: "number.questionable", invalid: "number.invalid", calibrating: "number.calibrating", ongoing: "number.ongoing",
  notavailable: "number.notavailable", not_available: "number.notavailable", overflow: "number.overflow", underflow: "number.underflow",
};

/** A mark beside a number that its device doesn't vouch for. */
function Doubt({ numeric }: { readonly numeric: NumericDto }) {
  const { now, speech } = usePage();
  if (shownValue(numeric, now).state === "stale") return null;
  const key = VALIDITIES[numeric.validity.toLowerCase()];
  return key === undefined ? null : <span class="value-doubt" title={speech.say(key)} aria-label={speech.say(key)}>?</span>;
}
