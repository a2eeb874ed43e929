import type { Condition } from "../../state/condition";
import { CauseMark } from "../incident/CauseMark";
import { usePage } from "../page/pageContext";

/** Why a bed isn't live, or what an open incident does to it, in words; with the cause where one is known. */
export function Why({ condition: { why }, cause }: { readonly condition: Condition; readonly cause: string }) {
  const { speech } = usePage();
  const said = why?.key === "why.agent" || why?.key === "why.frozen";
  if (why === undefined && cause === "") return null;
  return (
    <span class="why">
      {cause !== "" && !said && <CauseMark cause={cause} />}
      {why === undefined ? speech.say("why.fault") : speech.say(why.key, why.ageMs === undefined ? {} : { age: speech.age(why.ageMs) })}
    </span>
  );
}
