import type { Language } from "../../i18n/language";
import type { Standing } from "../../state/model";
import { inBedOrder } from "../../state/ward";
import { BedPage } from "../bed/BedPage";
import { FrozenBanner } from "../banner/FrozenBanner";
import { Header } from "../header/Header";
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
  /** The bed whose page is open; null on the wall. */
  readonly bed: string | null;
  readonly onLanguage: (language: Language) => void;
}

/** The whole page. */
export function App({ page, standing, bed, onLanguage }: AppProps) {
  const { speech, model, now } = page;
  const beds = inBedOrder(model.ward.beds);
  const connecting = standing.health === "connecting";
  const beside = innerWidth >= BESIDE_PX && bed === null;
  return (
    <PageProvider value={page}>
      <div class="page" data-wall="" data-health={standing.health} data-roster={connecting || bed !== null ? "none" : beside ? "beside" : "above"} lang={speech.language}>
        <Header beds={beds} onLanguage={onLanguage} />
        <FrozenBanner standing={standing} />
        {connecting
          ? <main class="nothing">{speech.say(now.pageMs < LONG_CONNECT_MS ? "app.connecting" : "app.connectingLong")}</main>
          : <>
              {bed === null && <Roster beds={beds} beside={beside} />}
              {bed === null ? <Wall /> : <BedPage key={bed} bedKey={bed} />}
            </>}
        <footer class="disclaimer">{speech.say("app.disclaimer")}</footer>
      </div>
    </PageProvider>
  );
}
