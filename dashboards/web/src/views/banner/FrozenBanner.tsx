import { localTime, utcTime } from "../../i18n/times";
import type { Standing } from "../../state/model";
import { usePage } from "../page/pageContext";
import "./banner.css";

/** Says across the whole page that nothing on it may be believed, since when, and why. */
export function FrozenBanner({ standing }: { readonly standing: Standing }) {
  const { speech } = usePage();
  if (standing.health !== "frozen" || standing.reason === null) return null;
  const since = speech.say("frozen.since", { time: utcTime(standing.sinceLogMs), age: speech.age(standing.frozenForMs) });
  return (
    <div class="frozen-banner" role="alert">
      <strong>{speech.say("frozen.title")}</strong>
      <span class="frozen-since" title={speech.say("app.local", { time: localTime(standing.sinceLogMs) })}>{since}</span>
      <span>{speech.say(`frozen.${standing.reason}`)} {speech.say("frozen.bedside")}</span>
    </div>
  );
}
