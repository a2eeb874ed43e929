import type { SourceDto } from "../../hub/contract";
import { utcTime } from "../../i18n/times";
import { UNKNOWN } from "../../state/figures";
import { usePage } from "../page/pageContext";

/** A source that was not asked for so long says so: it is asked every second or two. */
const QUIET_MS = 10_000;

/** What to write into the site file; docs/operations.md has every key. */
const EXAMPLE = `network:
  sources:
    - name: gnb-a
      kind: gnb
      url: ws://10.0.0.2:8001
    - name: amf
      kind: open5gs_amf
      url: http://10.0.0.3:9090
  gateways:
    - gateway: icu1/bed-03/gw1
      serves: [bed-03/mon1]
      cell: 3A1F
      five_qi: 70`;

/** The gNBs and the core's functions: reached or not, since when, and what they last said. */
export function Sources({ sources, dead }: { readonly sources: readonly SourceDto[]; readonly dead: boolean }) {
  const { now, speech } = usePage();
  return (
    <section class="sources" aria-labelledby="sources-title">
      <h2 id="sources-title">{speech.say("source.title")}</h2>
      {sources.length === 0 && <div class="empty"><p>{speech.say("source.none")} <span class="quiet">{speech.say("source.noneHint")}</span></p><pre tabIndex={0}>{EXAMPLE}</pre></div>}
      <ul>
        {sources.map((source) => (
          <li key={source.name} class="source" data-source={source.name} data-state={dead ? "unknown" : source.reached ? "reached" : "unreached"}>
            <b>{source.name}</b> <span class="quiet">{source.kind}</span>
            <span class={`badge ${dead ? "badge-unknown" : source.reached ? "badge-good" : "badge-bad"}`}>{dead ? speech.say("node.unknown") : `${source.reached ? "●" : "✕"} ${speech.say(source.reached ? "source.reached" : "source.unreached")}`}</span>
            <span class="quiet">{speech.say("source.since", { time: utcTime(source.sinceMs), age: dead ? UNKNOWN : speech.age(now.logMs - source.sinceMs) })}</span>
            {!dead && now.logMs - source.reportedMs > QUIET_MS && <span>{speech.say("source.silent", { age: speech.age(now.logMs - source.reportedMs) })}</span>}
            {source.error !== "" && <span class="source-error">{source.error}</span>}
            {source.facts.length > 0 && <span class="source-facts">{source.facts.join(" · ")}</span>}
          </li>
        ))}
      </ul>
    </section>
  );
}
