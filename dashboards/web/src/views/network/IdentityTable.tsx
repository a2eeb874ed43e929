import { useState } from "preact/hooks";
import type { IdentityDto, PathDto } from "../../hub/contract";
import { utcMoment, utcTime } from "../../i18n/times";
import { sureness, UNKNOWN } from "../../state/figures";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import "./tables.css";

const STEPS = ["gateway", "ip", "supi", "cell", "rnti", "slice", "five_qi"] as const;

/** Over what each device speaks, how sure that is, where it is not as planned, and what is missing to know more. */
export function IdentityTable({ paths }: { readonly paths: readonly PathDto[] }) {
  const { speech } = usePage();
  if (paths.length === 0) return null;
  return (
    <section class="identities" aria-labelledby="identities-title">
      <h2 id="identities-title">{speech.say("identity.title")}</h2>
      <p class="quiet">{speech.say("identity.hint")}</p>
      <div class="table-room">
        <table class="network-table identity-table">
          <thead>
            <tr>
              <th scope="col">{speech.say("identity.bed")}</th><th scope="col">{speech.say("step.device")}</th>
              {STEPS.map((step) => <th key={step} scope="col">{speech.say(`step.${step}`)}</th>)}
              <th scope="col">{speech.say("identity.missing")}</th>
            </tr>
          </thead>
          <tbody>{paths.map((path) => <Row key={`${path.bed}/${path.device}`} path={path} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ path }: { readonly path: PathDto }) {
  const { speech } = usePage();
  const [open, setOpen] = useState(false);
  const id = `history-${path.bed}-${path.device}`.replaceAll("/", "-");
  const bed = speech.bed(path.bed.slice(path.bed.lastIndexOf("/") + 1));
  const device = path.chain.find(({ step }) => step === "device");
  return (
    <>
      <tr data-path={`${path.bed}/${path.device}`}>
        <BedHead path={path} />
        <td data-label={speech.say("step.device")}>{path.device} {device !== undefined && <Sure identity={device} />}</td>
        {STEPS.map((step) => <Step key={step} step={step} bed={path.bed} identity={path.chain.find((each) => each.step === step)} />)}
        <td class="row-more" data-label={speech.say("identity.missing")}>
          <button type="button" aria-expanded={open} aria-controls={id} aria-label={speech.say("identity.more", { bed, device: path.device })} onClick={() => setOpen(!open)}>
            {path.missing.length === 0 ? speech.say("identity.complete") : speech.say("identity.missingCount", { count: path.missing.length })} <span aria-hidden="true">{open ? "▴" : "▾"}</span>
          </button>
        </td>
      </tr>
      {open && <tr class="row-history" id={id}><td colSpan={STEPS.length + 3}><Details path={path} /></td></tr>}
    </>
  );
}

/** The bed's name, and the way to its page; a gateway of several beds has none. */
export function BedHead({ path }: { readonly path: PathDto }) {
  const { speech, paths } = usePage();
  const [ward, bed] = [path.bed.slice(0, path.bed.lastIndexOf("/")), path.bed.slice(path.bed.lastIndexOf("/") + 1)];
  return <th scope="row">{bed.startsWith("_") ? UNKNOWN : <Go to={paths.bed(ward, bed)}>{speech.bed(bed)}</Go>} <small class="quiet">{ward}</small></th>;
}

interface StepProps {
  readonly step: (typeof STEPS)[number];
  readonly bed: string;
  readonly identity: IdentityDto | undefined;
}

function Step({ step, bed, identity }: StepProps) {
  const { speech } = usePage();
  const label = speech.say(`step.${step}`);
  if (identity === undefined) return <td data-label={label} data-step={step} data-sure="unknown"><span title={`${label}: ${speech.say("identity.unknown")}`}>{UNKNOWN}</span></td>;
  const sure = speech.say(`identity.${sureness(identity)}`, { share: identity.confidence.toFixed(2) });
  const title = speech.say("identity.from", { step: label, value: identity.value, sure, from: identity.from, time: identity.sinceMs > 0 ? utcTime(identity.sinceMs) : UNKNOWN });
  return (
    <td data-label={label} data-step={step} data-sure={sureness(identity)} title={title}>
      <span class="step-value">{shortened(identity, bed)}</span> <Sure identity={identity} />
      {identity.planned !== null && <span class="planned">≠ {speech.say("identity.planned", { value: identity.planned })}</span>}
    </td>
  );
}

/** A gateway at the bed itself needs no more than its own name. */
function shortened({ value }: IdentityDto, bed: string): string {
  return value.startsWith(`${bed}/`) ? value.slice(bed.length + 1) : value;
}

/** `exact`, or `inferred 0.80`. */
function Sure({ identity }: { readonly identity: IdentityDto }) {
  const { speech } = usePage();
  const sure = sureness(identity);
  return <small class={`sure sure-${sure}`}>{speech.say(`identity.${sure}`, { share: identity.confidence.toFixed(2) })}</small>;
}

function Details({ path: { missing, history } }: { readonly path: PathDto }) {
  const { speech } = usePage();
  return (
    <div class="details">
      {missing.length > 0 && <div><h4>{speech.say("identity.missing")}</h4><ul>{missing.map((sentence) => <li key={sentence}>{sentence}</li>)}</ul></div>}
      <div>
        <h4>{speech.say("identity.history")}</h4>
        {history.length === 0 && <p class="quiet">{speech.say("identity.noHistory")}</p>}
        <ul>
          {history.map(({ atMs, step, before, after }) => (
            <li key={`${atMs}${step}`}><time>{utcMoment(atMs)}</time> {speech.say("identity.change", { step: speech.name("step", step), before: before === "" ? UNKNOWN : before, after: after === "" ? UNKNOWN : after })}</li>
          ))}
        </ul>
      </div>
    </div>
  );
}
