import type { WatchdogDto } from "../../hub/contract";
import { utcTime } from "../../i18n/times";
import { UNKNOWN, figureText } from "../../state/figures";
import { usePage } from "../page/pageContext";

/** How the last TEST alarm of each ward went along the alarm path, hop by hop. */
export function Watchdogs({ watchdogs, dead }: { readonly watchdogs: readonly WatchdogDto[]; readonly dead: boolean }) {
  const { speech } = usePage();
  return (
    <section class="watchdogs" aria-labelledby="watchdogs-title">
      <h2 id="watchdogs-title">{speech.say("watchdog.title")}</h2>
      <p class="quiet">{speech.say("watchdog.about")}</p>
      {watchdogs.length === 0 && <p class="empty">{speech.say("watchdog.none")} <span class="quiet">{speech.say("watchdog.noneHint")}</span></p>}
      <ul>{watchdogs.map((watchdog) => <Watchdog key={watchdog.ward} watchdog={watchdog} dead={dead} />)}</ul>
    </section>
  );
}

function Watchdog({ watchdog: { ward, sentMs, hops, missed }, dead }: { readonly watchdog: WatchdogDto; readonly dead: boolean }) {
  const { now, speech } = usePage();
  const state = dead || sentMs === null ? "unknown" : missed ? "missed" : "arrived";
  const mark = { unknown: ["badge-unknown", speech.say("node.unknown")], missed: ["badge-bad", `✕ ${speech.say("watchdog.missed")}`], arrived: ["badge-good", `● ${speech.say("watchdog.ok")}`] } as const;
  return (
    <li class="watchdog" data-watchdog={ward} data-state={state}>
      <b>{ward}</b>
      <span class={`badge ${mark[state][0]}`}>{mark[state][1]}</span>
      <span class="quiet">{sentMs === null ? speech.say("watchdog.none") : speech.say("watchdog.sent", { time: utcTime(sentMs), age: dead ? UNKNOWN : speech.age(now.logMs - sentMs) })}</span>
      <ol class="hops">
        {hops.map(({ name, ms }) => (
          <li key={name} class={ms === null ? "hop hop-unseen" : "hop"} data-hop={name}>
            {speech.name("hop", name)} <b>{ms === null ? speech.say("watchdog.notSeen") : figureText(ms, "ms", ms < 10 ? 1 : 0)}</b>
          </li>
        ))}
      </ol>
    </li>
  );
}
