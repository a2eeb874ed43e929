import type { BedDto, ReplayDto } from "../../hub/contract";
import type { Language } from "../../i18n/language";
import { localTime, utcMoment } from "../../i18n/times";
import type { ReplayHealth } from "../../state/replayModel";
import { Counts } from "../header/Header";
import { Languages } from "../header/Languages";
import { Go } from "../page/Go";
import { usePage } from "../page/pageContext";
import { speedText } from "./speeds";

interface ReplayHeaderProps {
  readonly beds: readonly BedDto[];
  /** The network page of the capture is open. */
  readonly network: boolean;
  readonly health: ReplayHealth;
  /** Null while none is open. */
  readonly replay: ReplayDto | null;
  readonly onLanguage: (language: Language) => void;
}

/** Says REPLAY, the capture and its time, large, in place of the clock on the wall; and the way back to the living. */
export function ReplayHeader({ beds, network, health, replay, onLanguage }: ReplayHeaderProps) {
  const { speech, paths } = usePage();
  return (
    <header class="header replay-header">
      <h1 class="replay-plate">{speech.say("replay.title")} <small>{speech.say("replay.about")}</small></h1>
      {replay !== null && replay.lastMs > 0 && <>
        <time class="replay-clock" title={speech.say("app.local", { time: localTime(replay.positionMs) })}>{utcMoment(replay.positionMs)} <small>{speech.say("app.utc")}</small></time>
        <strong class="replay-state" data-state={health === "frozen" ? "frozen" : replay.state} role="status">{stateText(health, replay)}</strong>
        <span class="site">{replay.capture}</span>
      </>}
      <Counts beds={beds} />
      {beds.length > 0 && (network
        ? <Go to={paths.wall} class="to-page">{speech.say("bed.back")}</Go>
        : <Go to={paths.network} class="to-page">{speech.say("network.open")}</Go>)}
      <a class="to-page" href="/">{speech.say("replay.toWall")}</a>
      <Languages onLanguage={onLanguage} />
    </header>
  );

  function stateText(state: ReplayHealth, its: ReplayDto): string {
    if (state === "frozen") return `⚠ ${speech.say("replay.frozen")}`;
    if (its.state === "playing") return `▶ ${speech.say("replay.playing")} ${speedText(its.speed, speech)}`;
    return its.state === "seeking" ? `… ${speech.say("replay.seekingShort")}` : `❚❚ ${speech.say(its.state === "ended" ? "replay.ended" : "replay.paused")}`;
  }
}
