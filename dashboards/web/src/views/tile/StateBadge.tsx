import type { BedState } from "../../hub/contract";
import { usePage } from "../page/pageContext";

/** The state in words; its shape differs too, so no colour has to be told apart. */
export function StateBadge({ state }: { readonly state: BedState }) {
  return <span class={`state state-${state}`}>{useStateWord()(state)}</span>;
}

/** The word for a state; what a replay shows was live once. */
export function useStateWord(): (state: BedState) => string {
  const { speech, agentMode } = usePage();
  return (state) => speech.say(state === "live" && agentMode === "replay" ? "replay.wasLive" : `state.${state}`);
}
