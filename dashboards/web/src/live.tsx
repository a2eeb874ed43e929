import { render } from "preact";
import { StreamConnection } from "./hub/connection";
import type { WardFrame, WatchRequest } from "./hub/contract";
import { fetchSignals } from "./hub/signals";
import { Speech, type Language } from "./i18n/language";
import { rememberedLanguage, rememberLanguage } from "./i18n/remembered";
import { SignalNames } from "./i18n/signals";
import { viewOfPath } from "./route";
import { allAlarms, SYMBOL } from "./state/alarms";
import { WardModel, type Standing } from "./state/model";
import { Receipts } from "./state/receipts";
import { inBedOrder } from "./state/ward";
import { alignFlashes } from "./views/alarm/flash";
import { App } from "./views/page/App";
import { LIVE_PATHS } from "./views/page/pageContext";
import { Painter } from "./views/trace/painter";

/** Numbers change once a second and ages are whole seconds, so five times a second is prompt enough. */
const RENDER_EVERY_MS = 200;

const root = document.getElementById("app") ?? document.body;
const model = new WardModel();
const painter = new Painter();
let speech = new Speech(rememberedLanguage());
let names = new SignalNames([]);
const receipts = new Receipts();
let view = viewOfPath(location.pathname);
let renderedMs = Number.NEGATIVE_INFINITY;
let renderedHealth = "";

const connection = new StreamConnection<WardFrame, WatchRequest>("/hub/ward", {
  asked() {
    model.asked(performance.now());
    receipts.restart();
  },
  frame(frame) {
    model.receive(performance.now(), Date.now(), frame);
    tick();
  },
}, view);

/** Every sign of life ends here: a stale page must notice by whichever of its clocks still runs. */
function tick(): void {
  const pageMs = performance.now();
  if (model.beat(pageMs, Date.now())) connection.renew();
  const standing = model.standing(pageMs, Date.now());
  if (pageMs - renderedMs >= RENDER_EVERY_MS || standing.health !== renderedHealth) show(pageMs, standing);
}

function show(pageMs: number, standing: Standing): void {
  renderedMs = pageMs;
  renderedHealth = standing.health;
  const page = { now: model.moment(pageMs), speech, names, painter, model, agentMode: model.ward.agent?.mode ?? "real", paths: LIVE_PATHS, hasHistory: true, noWaves: "", go } as const;
  document.documentElement.lang = speech.language;
  document.title = titleOf(standing);
  render(<App page={page} standing={standing} view={view} onLanguage={setLanguage} />, root);
  alignFlashes();
  if (view.bed === null && !view.network && standing.health === "live") requestAnimationFrame(witness);
}

/** The wall has drawn its newest frame: a TEST alarm of the watchdog that came with it has reached the screen. A page that nobody sees draws nothing. */
function witness(): void {
  if (document.hidden) return;
  for (const { ward, sequence } of receipts.due(model.ward.watchdogs)) connection.send("Seen", ward, sequence);
}

function titleOf(standing: Standing): string {
  if (standing.health === "frozen") return `⚠ ${speech.say("frozen.title")}`;
  const alarms = allAlarms(inBedOrder(model.ward.beds));
  const worst = alarms[0];
  const { bed } = view;
  const where = view.network ? speech.say("network.title") : bed === null ? model.ward.site : speech.bed(bed.slice(bed.indexOf("/") + 1));
  return `${worst === undefined ? "" : `${SYMBOL[worst.alarm.priority]} ${alarms.length} · `}${where} FieldNet`.trim();
}

function go(path: string): void {
  history.pushState(null, "", path);
  arrive();
}

function arrive(): void {
  view = viewOfPath(location.pathname);
  model.forgetWaves();
  connection.watch(view);
  scrollTo(0, 0);
  renderedMs = Number.NEGATIVE_INFINITY;
  tick();
}

function setLanguage(language: Language): void {
  rememberLanguage(language);
  speech = new Speech(language);
  renderedMs = Number.NEGATIVE_INFINITY;
  tick();
}

function animate(): void {
  tick();
  painter.draw(performance.now());
  requestAnimationFrame(animate);
}

function onVisibility(): void {
  if (document.hidden) {
    model.hidden(performance.now());
    connection.send("Hidden");
  } else {
    model.shown(performance.now());
  }
  renderedMs = Number.NEGATIVE_INFINITY;
  tick();
}

addEventListener("popstate", arrive);
document.addEventListener("visibilitychange", onVisibility);
document.addEventListener("resume", tick);
addEventListener("pageshow", tick);
addEventListener("focus", tick);
setInterval(tick, RENDER_EVERY_MS);
onVisibility();
requestAnimationFrame(animate);
void fetchSignals().then((signals) => (names = new SignalNames(signals)));
