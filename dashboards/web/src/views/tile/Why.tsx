import type { Condition } from "../../state/condition";
import { usePage } from "../page/pageContext";

/** Why a bed isn't live, in words, with the cause where one is known. */
export function Why({ condition: { why }, cause }: { readonly condition: Condition; readonly cause: string }) {
  const { speech } = usePage();
  if (why === undefined) return null;
  const said = why.key === "why.agent" || why.key === "why.leftWithoutLeave" || why.key === "why.frozen";
  return (
    <span class="why">
      {speech.say(why.key, why.ageMs === undefined ? {} : { age: speech.age(why.ageMs) })}
      {cause !== "" && !said && <small>{speech.name("cause", cause)}</small>}
    </span>
  );
}
