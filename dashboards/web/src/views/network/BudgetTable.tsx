import type { PathDto } from "../../hub/contract";
import { against, availabilityText, figureText, ninesOf, ratioText, TARGET_NINES, UNKNOWN } from "../../state/figures";
import { usePage } from "../page/pageContext";
import { BedHead } from "./IdentityTable";

const TARGET_SHARE = "99.99999 %";

/** How each flow does against the budget of the class that it really uses, and how available it was. */
export function BudgetTable({ paths, dead }: { readonly paths: readonly PathDto[]; readonly dead: boolean }) {
  const { speech } = usePage();
  if (paths.length === 0) return null;
  return (
    <section class="budgets" aria-labelledby="budgets-title">
      <h2 id="budgets-title">{speech.say("budget.title")}</h2>
      <p class="quiet">{speech.say("budget.hint", { share: TARGET_SHARE, nines: TARGET_NINES })}</p>
      <div class="table-room">
        <table class="network-table budget-table">
          <thead>
            <tr>
              <th scope="col">{speech.say("identity.bed")}</th><th scope="col">{speech.say("step.device")}</th><th scope="col">{speech.say("step.five_qi")}</th>
              <th scope="col">{speech.say("budget.delay")}</th><th scope="col">{speech.say("budget.loss")}</th><th scope="col">{speech.say("budget.link")}</th>
              <th scope="col">{speech.say("budget.service")}</th><th scope="col">{speech.say("budget.observed")}</th><th scope="col">{speech.say("budget.radio")}</th>
              <th scope="col">{speech.say("budget.findings")}</th>
            </tr>
          </thead>
          <tbody>{paths.map((path) => <Row key={`${path.bed}/${path.device}`} path={path} dead={dead} />)}</tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ path, dead }: { readonly path: PathDto; readonly dead: boolean }) {
  const { speech } = usePage();
  const { budget } = path;
  const observed = budget.observedS > 0 ? speech.age(budget.observedS * 1_000) : UNKNOWN;
  const live = (value: number | null) => (dead ? null : value);
  return (
    <tr data-budget={`${path.bed}/${path.device}`}>
      <BedHead path={path} />
      <td data-label={speech.say("step.device")}>{path.device}</td>
      <td data-label={speech.say("step.five_qi")}>
        {budget.fiveQi ?? UNKNOWN}
        {budget.fiveQi !== null && budget.plannedFiveQi !== null && budget.plannedFiveQi !== budget.fiveQi && <span class="planned">≠ {speech.say("identity.planned", { value: budget.plannedFiveQi })}</span>}
      </td>
      <Against label={speech.say("budget.delay")} value={live(budget.delayP98Ms)} limit={budget.delayBudgetMs} text={(ms) => figureText(ms, "ms")} />
      <Against label={speech.say("budget.loss")} value={live(budget.lossRatio)} limit={budget.lossBudget} text={ratioText} />
      <Availability label={speech.say("budget.link")} share={budget.linkAvailability} />
      <Availability label={speech.say("budget.service")} share={budget.serviceAvailability} />
      <td class="whole" data-label={speech.say("budget.observed")}>{observed}</td>
      <td class="whole" data-label={speech.say("budget.radio")}>{figureText(live(path.rsrpDbm), "dBm")} / {figureText(live(path.sinrDb), "dB")}</td>
      <td data-label={speech.say("budget.findings")} class="findings">{budget.findings.length === 0 ? <span class="quiet">{speech.say("budget.none")}</span> : budget.findings.map((finding) => <span key={finding} class="finding">{finding}</span>)}</td>
    </tr>
  );
}

interface AgainstProps {
  readonly label: string;
  readonly value: number | null;
  readonly limit: number | null;
  readonly text: (value: number | null) => string;
}

function Against({ label, value, limit, text }: AgainstProps) {
  const { speech } = usePage();
  const state = against(value, limit);
  return (
    <td data-label={label} data-budget-state={state}>
      <b>{text(value)}</b> <span class="quiet">/ {text(limit)}</span> {state === "over" && <span class="over">▲ {speech.say("budget.over")}</span>}
    </td>
  );
}

/** The share with its nines beside those of the target; time without any outage proves no number of them. */
function Availability({ label, share }: { readonly label: string; readonly share: number | null }) {
  const { speech } = usePage();
  const nines = ninesOf(share);
  return (
    <td data-label={label}>
      {availabilityText(share)} {share !== null && <small class="quiet">{nines === null ? speech.say("budget.noOutage") : speech.say("budget.nines", { nines, target: TARGET_NINES })}</small>}
    </td>
  );
}
