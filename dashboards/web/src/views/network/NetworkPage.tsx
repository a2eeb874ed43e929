// First: what the panels say of their own comes behind it.
import "../incident/incident.css";
import "./network.css";
import { watermark } from "../../state/condition";
import { topologyOf, shownPaths } from "../../state/topology";
import { inBedOrder } from "../../state/ward";
import { usePage } from "../page/pageContext";
import { BudgetTable } from "./BudgetTable";
import { IdentityTable } from "./IdentityTable";
import { Incidents } from "./Incidents";
import { Sources } from "./Sources";
import { TopologyTree } from "./TopologyTree";
import { Watchdogs } from "./Watchdogs";

/** The agent sends the network once a second; behind this it stands still, though the rest of the stream goes on. */
const OLD_MS = 5_000;

/** The network for those who mend it: what failed, over what each bed speaks, and how well. */
export function NetworkPage() {
  const { now, speech, model, agentMode } = usePage();
  const { network } = model.ward;
  if (network === null || network.record === 0) return <main class="nothing">{speech.say("network.loading")}</main>;
  const ageMs = now.logMs - network.logTimeMs;
  // A replay's time runs at any speed, so its age says nothing.
  const old = !now.dead && agentMode !== "replay" && ageMs > OLD_MS;
  const dead = now.dead || old;
  const beds = inBedOrder(model.ward.beds);
  const paths = shownPaths(network.paths);
  const mode = watermark("real", agentMode);
  return (
    <main class="network" data-network="" data-mode={mode} tabIndex={0} aria-label={speech.say("network.title")}>
      {mode !== "real" && <span class="watermark" aria-hidden="true">{speech.say(`mode.${mode}`)}</span>}
      {old && <p class="network-old" role="alert">{speech.say("network.old", { age: speech.age(ageMs) })}</p>}
      <Incidents incidents={network.incidents} />
      <TopologyTree topology={topologyOf(network, beds, dead)} dead={dead} />
      <div class="network-side">
        <Sources sources={network.sources} dead={dead} />
        <Watchdogs watchdogs={network.watchdogs} dead={dead} />
      </div>
      <IdentityTable paths={paths} />
      <BudgetTable paths={paths} dead={dead} />
    </main>
  );
}
