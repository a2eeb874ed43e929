import { render } from "preact";
import { Refused } from "./hub/ask";
import { StreamConnection } from "./hub/connection";
import type { ReplayControlDto, ReplayFrame, ReplayTimelineDto, ReplayWatchRequest } from "./hub/contract";
import { controlReplay, fetchReplay, fetchTimeline } from "./hub/replays";
import { fetchSignals } from "./hub/signals";
import { Speech, type Language } from "./i18n/language";
import { rememberedLanguage, rememberLanguage } from "./i18n/remembered";
import { SignalNames } from "./i18n/signals";
import { utcMoment } from "./i18n/times";
import { replayNetworkPath, replayOfQuery, replayPath } from "./route";
import { ReplayModel } from "./state/replayModel";
import { alignFlashes } from "./views/alarm/flash";
import { speedText } from "./views/replay/speeds";
import { ReplayApp } from "./views/replay/ReplayApp";
import { Painter } from "./views/trace/painter";

const RENDER_EVERY_MS = 200;
/** How often the timeline is asked for until it is whole, and whether a replay that fell silent still is. */
const ASK_EVERY_MS = 1_000;
/** The agent sends no waveforms above this. */
const MOST_WAVE_SPEED = 10;

const root = document.getElementById("app") ?? document.body;
const painter = new Painter();
const model = new ReplayModel();
let speech = new Speech(rememberedLanguage());
let names = new SignalNames([]);
let route = replayOfQuery(location.search);
let timeline: ReplayTimelineDto | null = null;
let isGone = false;
let renderedMs = Number.NEGATIVE_INFINITY;

const connection = route.session === null ? null : new StreamConnection<ReplayFrame, ReplayWatchRequest>("/hub/replay", {
  asked() { /* a replay's time is in its frames */ },
  frame(frame) {
    if (!model.receive(performance.now(), frame)) connection?.renew();
    if (performance.now() - renderedMs >= RENDER_EVERY_MS) show();
  },
}, { session: route.session, bed: route.bed, network: route.network });

function show(): void {
  const pageMs = (renderedMs = performance.now());
  const health = model.health(pageMs);
  const { replay } = model;
  const fast = replay !== null && replay.playing && (replay.speed === 0 || replay.speed > MOST_WAVE_SPEED);
  const { session } = route;
  const page = {
    now: model.moment(pageMs), speech, names, painter, model, agentMode: "replay", go, hasHistory: false, noWaves: fast ? speech.say("replay.noWaves") : "",
    paths: session === null ? { wall: "/replay", network: "/replay", bed: () => "/replay" } : { wall: replayPath(session, null), network: replayNetworkPath(session), bed: (ward: string, bed: string) => replayPath(session, `${ward}/${bed}`) },
  } as const;
  document.documentElement.lang = speech.language;
  document.title = titleOf(health);
  render(
    <ReplayApp page={page} health={health} replay={replay} timeline={timeline} isGone={isGone} chosen={session !== null} view={route} onControl={control} onLanguage={setLanguage} />,
    root,
  );
  alignFlashes();
}

function titleOf(health: string): string {
  const { replay } = model;
  if (replay === null) return `${speech.say("replay.title")} · FieldNet`;
  const doing = health === "frozen" ? "⚠" : replay.state === "playing" ? `▶ ${speedText(replay.speed, speech)}` : "❚❚";
  return `${speech.say("replay.title")} ${doing} ${utcMoment(replay.positionMs)}`;
}

function control(order: Partial<ReplayControlDto>): void {
  const { session } = route;
  if (session !== null) void controlReplay(session, order);
}

function go(path: string): void {
  history.pushState(null, "", path);
  arrive();
}

function arrive(): void {
  const asked = replayOfQuery(location.search);
  if (asked.session !== route.session || connection === null) {
    location.reload();
    return;
  }
  route = asked;
  model.forgetWaves();
  connection.watch({ session: asked.session ?? "", bed: asked.bed, network: asked.network });
  scrollTo(0, 0);
  show();
}

function setLanguage(language: Language): void {
  rememberLanguage(language);
  speech = new Speech(language);
  show();
}

async function look(): Promise<void> {
  const { session } = route;
  if (session === null || isGone) return;
  if (timeline?.complete !== true) {
    const answer = await fetchTimeline(session);
    if (!(answer instanceof Refused)) timeline = answer;
  }
  if (model.health(performance.now()) !== "live") {
    const answer = await fetchReplay(session);
    isGone = answer instanceof Refused && answer.status === 404;
  }
}

function animate(): void {
  const pageMs = performance.now();
  if (pageMs - renderedMs >= RENDER_EVERY_MS) show();
  painter.draw(model.reelMs(pageMs));
  requestAnimationFrame(animate);
}

addEventListener("popstate", arrive);
setInterval(show, RENDER_EVERY_MS);
setInterval(() => void look(), ASK_EVERY_MS);
show();
requestAnimationFrame(animate);
void look();
void fetchSignals().then((signals) => (names = new SignalNames(signals)));
