import type { ReplayControlDto, ReplayDto, ReplayTimelineDto } from "../../hub/contract";
import type { Language } from "../../i18n/language";
import { utcMoment } from "../../i18n/times";
import type { View } from "../../route";
import type { ReplayHealth } from "../../state/replayModel";
import { inBedOrder } from "../../state/ward";
import { BedPage } from "../bed/BedPage";
import { IncidentStrip } from "../incident/IncidentStrip";
import { NetworkPage } from "../network/NetworkPage";
import { PageProvider, type PageContext } from "../page/pageContext";
import { Roster } from "../roster/Roster";
import { Wall } from "../wall/Wall";
import { CaptureList } from "./CaptureList";
import { Deck } from "./Deck";
import { ReplayHeader } from "./ReplayHeader";
import "../page/page.css";
import "./replay.css";

/** A strip of alarms stands beside the wall from this width on. */
const BESIDE_PX = 1_500;

interface ReplayAppProps {
  readonly page: PageContext;
  readonly health: ReplayHealth;
  readonly replay: ReplayDto | null;
  readonly timeline: ReplayTimelineDto | null;
  /** The agent has ended it. */
  readonly isGone: boolean;
  /** A capture was chosen. */
  readonly chosen: boolean;
  readonly view: View;
  readonly onControl: (order: Partial<ReplayControlDto>) => void;
  readonly onLanguage: (language: Language) => void;
}

/** The replay page: the wall's and the bed's own panels on a capture, framed so that nobody takes them for the ward. */
export function ReplayApp({ page, health, replay, timeline, isGone, chosen, view, onControl, onLanguage }: ReplayAppProps) {
  const { speech, model } = page;
  const beds = inBedOrder(model.ward.beds);
  const choosing = !chosen || isGone;
  const shows = !choosing && (health === "live" || health === "paused" || health === "frozen") && beds.length > 0;
  const { bed } = view;
  const isWall = bed === null && !view.network;
  const beside = shows && innerWidth >= BESIDE_PX && isWall;
  return (
    <PageProvider value={page}>
      <div class="page" data-wall="" data-mode="replay" data-health={choosing ? "connecting" : health} data-roster={!shows || !isWall ? "none" : beside ? "beside" : "above"} lang={speech.language}>
        <span class="replay-frame" aria-hidden="true" />
        <ReplayHeader beds={shows ? beds : []} network={view.network} health={health} replay={choosing ? null : replay} onLanguage={onLanguage} />
        {!choosing && health === "frozen" && <div class="frozen-banner" role="alert"><strong>{speech.say(replay?.failure ? "replay.failed" : "replay.stale")}</strong><span>{replay?.failure}</span>{replay?.failure && <a class="deck-other" href="/replay">{speech.say("replay.other")}</a>}</div>}
        {choosing ? <CaptureList isGone={isGone} /> : !shows
          ? <main class="nothing">{waitingText()}</main>
          : <>
              {isWall && <Roster beds={beds} beside={beside} />}
              {!view.network && <IncidentStrip bed={bed} />}
              {view.network ? <NetworkPage /> : bed === null ? <Wall /> : <BedPage key={bed} bedKey={bed} />}
            </>}
        <footer class="disclaimer">
          {!choosing && replay !== null && replay.lastMs > 0 && <Deck replay={replay} timeline={timeline} onControl={onControl} />}
          {speech.say("app.disclaimer")}
        </footer>
      </div>
    </PageProvider>
  );

  function waitingText(): string {
    if (replay === null || replay.lastMs === 0) return speech.say("replay.opening");
    if (replay.state === "seeking") return speech.say("replay.seeking", { time: utcMoment(replay.positionMs), percent: Math.round(replay.progress * 100) });
    return health === "frozen" ? "" : speech.say("app.noBeds");
  }
}
