import type { Language } from "../../i18n/language";
import type { View } from "../../route";
import type { Standing } from "../../state/model";
import { inBedOrder } from "../../state/ward";
import { BedPage } from "../bed/BedPage";
import { FrozenBanner } from "../banner/FrozenBanner";
import { Header } from "../header/Header";
import { IncidentStrip } from "../incident/IncidentStrip";
import { NetworkPage } from "../network/NetworkPage";
import { Roster } from "../roster/Roster";
import { Wall } from "../wall/Wall";
import { PageProvider, type PageContext } from "./pageContext";
import "./page.css";

/** A strip of alarms stands beside the wall from this width on. */
const BESIDE_PX = 1_500;
/** An agent that is still starting answers sooner. */
const LONG_CONNECT_MS = 4_000;

interface AppProps {
  readonly page: PageContext;
  readonly standing: Standing;
  readonly view: View;
  readonly onLanguage: (language: Language) => void;
}

/** The whole page. */
export function App({ page, standing, view, onLanguage }: AppProps) {
  const { speech, model, now } = page;
  const beds = inBedOrder(model.ward.beds);
  const connecting = standing.health === "connecting";
  const { bed } = view;
  const isWall = bed === null && !view.network;
  const beside = innerWidth >= BESIDE_PX && isWall;
  return (
    <PageProvider value={page}>
      <div class="page" data-wall="" data-health={standing.health} data-roster={connecting || !isWall ? "none" : beside ? "beside" : "above"} lang={speech.language}>
        <Header beds={beds} network={view.network} onLanguage={onLanguage} />
        <FrozenBanner standing={standing} />
        {connecting
          ? <main class="nothing">{speech.say(now.pageMs < LONG_CONNECT_MS ? "app.connecting" : "app.connectingLong")}</main>
          : <>
              {isWall && <Roster beds={beds} beside={beside} />}
              {!view.network && <IncidentStrip bed={bed} />}
              {view.network ? <NetworkPage /> : bed === null ? <Wall /> : <BedPage key={bed} bedKey={bed} />}
            </>}
        <footer class="disclaimer">{speech.say("app.disclaimer")}</footer>
      </div>
    </PageProvider>
  );
}
