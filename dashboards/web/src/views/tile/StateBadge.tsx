import type { BedState } from "../../hub/contract";
import { usePage } from "../page/pageContext";

/** The state in words; its shape differs too, so no colour has to be told apart. */
export function StateBadge({ state }: { readonly state: BedState }) {
  const { speech } = usePage();
  return <span class={`state state-${state}`}>{speech.say(`state.${state}`)}</span>;
}
