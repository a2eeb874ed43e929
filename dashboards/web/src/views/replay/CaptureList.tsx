import { useEffect, useState } from "preact/hooks";
import { Refused } from "../../hub/ask";
import type { CaptureDto } from "../../hub/contract";
import { fetchCaptures, openReplay } from "../../hub/replays";
import type { Key } from "../../i18n/language";
import { utcMoment } from "../../i18n/times";
import { replayPath } from "../../route";
import { usePage } from "../page/pageContext";

const KINDS: Readonly<Record<string, Key>> = { live: "replay.kind.live", fieldnet: "replay.kind.fieldnet", pcap: "replay.kind.pcap" };
/** A list that could not be had is asked for again. */
const RETRY_MS = 2_000;

/** The captures that the agent offers. */
export function CaptureList({ isGone }: { readonly isGone: boolean }) {
  const { speech } = usePage();
  const [captures, setCaptures] = useState<readonly CaptureDto[] | null>(null);
  const [trouble, setTrouble] = useState("");

  useEffect(() => {
    let timer = 0;
    const load = async () => {
      const answer = await fetchCaptures();
      setTrouble(answer instanceof Refused ? speech.say("replay.unreachable") : "");
      if (answer instanceof Refused) timer = window.setTimeout(() => void load(), RETRY_MS);
      else setCaptures(answer);
    };
    void load();
    return () => clearTimeout(timer);
  }, []);

  const open = async (capture: CaptureDto) => {
    const answer = await openReplay(capture.id);
    if (answer instanceof Refused) setTrouble(answer.detail === "" ? speech.say("replay.unreachable") : answer.detail);
    else location.assign(replayPath(answer.session, null));
  };

  return (
    <main class="captures">
      {isGone && <p class="captures-gone" role="status">{speech.say("replay.gone")}</p>}
      <h2>{speech.say("replay.choose")}</h2>
      <p>{speech.say("replay.chooseHint")}</p>
      {trouble !== "" && <p class="captures-trouble" role="alert">{trouble}</p>}
      {captures === null && trouble === "" && <p class="nothing">{speech.say("replay.loading")}</p>}
      {captures?.length === 0 && <p class="nothing">{speech.say("replay.noCaptures")}<small>{speech.say("replay.noCapturesHint")}</small></p>}
      <ul>
        {captures?.map((capture) => (
          <li key={capture.id}>
            <button type="button" data-capture={capture.id} onClick={() => void open(capture)}>
              <b>{capture.name}</b>
              <span>{kindText(capture.kind)}</span>
              <span>{capture.firstMs === null ? "" : speech.say("replay.from", { time: utcMoment(capture.firstMs) })}</span>
              <span>{speech.say("replay.modified", { time: utcMoment(capture.modifiedMs) })}</span>
              <span>{size(capture.bytes)}</span>
            </button>
          </li>
        ))}
      </ul>
    </main>
  );

  function kindText(kind: string): string {
    const key = KINDS[kind];
    return key === undefined ? kind : speech.say(key);
  }
}

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
