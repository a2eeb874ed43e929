import type { BedDto, BedState } from "../../hub/contract";
import type { Language } from "../../i18n/language";
import { localTime, utcTime } from "../../i18n/times";
import { conditionOf, modesShown } from "../../state/condition";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import { useStateWord } from "../tile/StateBadge";
import { Languages } from "./Languages";
import "./header.css";

const STATES: readonly BedState[] = ["live", "late", "stale", "lost", "setup", "standby", "empty"];

interface HeaderProps {
  readonly beds: readonly BedDto[];
  /** The network page is open. */
  readonly network: boolean;
  readonly onLanguage: (language: Language) => void;
}

/** Site, modes, beds by state, the agent's faults, time and language. */
export function Header({ beds, network, onLanguage }: HeaderProps) {
  const { now, speech, model, agentMode } = usePage();
  const faults = model.ward.agent?.faults ?? [];
  const open = model.ward.incidents.length;
  return (
    <header class="header">
      <Go to="/" class="brand" aria-label={speech.say("app.wall")}>
        <svg viewBox="0 0 32 24" aria-hidden="true"><path d="M1 14h8l2-4 4 10 4-18 3 12h9" /></svg>
        FieldNet
      </Go>
      <span class="site">{model.ward.site}</span>
      {modesShown(agentMode, beds).map((mode) => (
        <span key={mode} class="mode"><b>{speech.say(`mode.${mode}`)}</b> <i>{speech.say(`mode.${mode}.about`)}</i></span>
      ))}
      {faults.length > 0 && <span class="faults">{speech.say("fault.title")}: {faults.map((fault) => speech.name("fault", fault)).join(", ")}</span>}
      <Counts beds={beds} />
      {network
        ? <Go to="/" class="to-page">{speech.say("network.toWall")}</Go>
        : <Go to="/network" class="to-page">{speech.say("network.open")}{open > 0 && <b class="to-page-count" aria-label={`${speech.say("incident.open")}: ${open}`}>{open}</b>}</Go>}
      <a class="to-page" href="/replay">{speech.say("replay.open")}</a>
      <time class="clock" title={now.dead ? "" : speech.say("app.local", { time: localTime(now.logMs) })}>
        {now.dead ? "--:--:--" : utcTime(now.logMs)} <small>{speech.say("app.utc")}</small>
      </time>
      <Languages onLanguage={onLanguage} />
    </header>
  );
}

/** How many beds are in which state, as their tiles show it. */
export function Counts({ beds }: { readonly beds: readonly BedDto[] }) {
  const { now, speech, model } = usePage();
  const word = useStateWord();
  const states = beds.map((bed) => conditionOf(bed, model.ward.heard[bed.index], now).state);
  return (
    <ul class="counts" aria-label={speech.say("counts.title")}>
      {STATES.map((state) => [state, states.filter((other) => other === state).length] as const)
        .filter(([, count]) => count > 0)
        .map(([state, count]) => <li key={state} class={`state state-${state}`}><b>{count}</b> {word(state)}</li>)}
    </ul>
  );
}
