import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeWard } from "../fake/fakeWard";
import { noBrowser, Screen } from "./page";

const FREEZE_LIMIT_MS = 5_000;

describe.skipIf(noBrowser !== "")("the replay page in a browser", () => {
  let screen: Screen;

  beforeAll(async () => {
    screen = await Screen.open(new FakeWard(4));
  });

  afterAll(() => screen.close());

  /** Picks the agent's own log from the list. */
  async function open(): Promise<Page> {
    const page = await screen.page("/replay", { viewport: { width: 1920, height: 1080 }, locale: "en-GB" });
    await page.click('[data-capture="*live"]');
    await page.waitForSelector("[data-wall][data-health=live] [data-bed]");
    return page;
  }

  const positionMs = (page: Page) => page.$eval(".scrubber-track input", (slider) => (slider as HTMLInputElement).valueAsNumber);
  const lastOrder = () => screen.agent.replay.orders.at(-1);

  it("replay_ACapturePicked_MarkedOnEveryTileInTheTitleAndAroundThePage", async () => {
    const watched = screen.agent.watched;
    const page = await open();

    expect(await page.$$eval("[data-bed]", (tiles) => tiles.every((tile) =>
      tile.getAttribute("data-mode") === "replay" && tile.querySelector(".watermark")?.textContent === "REPLAY"
      && tile.querySelector(".replayed")?.textContent === "REPLAY" && tile.getAttribute("aria-label")?.startsWith("REPLAY, Recorded data, not live")))).toBe(true);
    expect(await page.title()).toMatch(/^REPLAY ▶ 1× 2026-03-01 10:1/);
    expect(await page.textContent(".replay-plate")).toContain("Recorded, not live");
    expect(await page.textContent(".replay-clock")).toMatch(/^2026-03-01 10:1\d:\d\d UTC$/);
    expect(await page.getAttribute("[data-wall]", "data-mode")).toBe("replay");
    await page.waitForSelector(".tile[data-state=live]");
    expect(await page.$$eval(".tile[data-state=live] .state", (badges) => badges.length)).toBe(0);
    expect(await page.textContent(".counts")).toContain("Was live");
    expect(screen.agent.watched).toBe(watched);
    await page.context().close();
  });

  it("replay_Paused_SaysSoAndIsNotLiveAndKeepsItsNumbers", async () => {
    const page = await open();

    await page.keyboard.press("Space");
    await page.waitForSelector("[data-wall][data-health=paused]");
    expect(await page.textContent(".replay-state")).toContain("Paused");
    expect(await page.title()).toContain("❚❚");
    expect(await page.textContent("[data-bed] [data-signal=MDC_ECG_HEART_RATE]")).toMatch(/^\d+$/);
    const standing = await positionMs(page);
    await page.waitForTimeout(600);
    expect(await positionMs(page)).toBe(standing);

    await page.keyboard.press("Space");
    await page.waitForSelector("[data-wall][data-health=live]");
    await page.context().close();
  });

  it("replay_KeysAndSlider_GoWhereTheySay", async () => {
    const page = await open();
    await page.keyboard.press("Space");
    await page.waitForSelector("[data-wall][data-health=paused]");
    const atMs = await positionMs(page);

    await page.keyboard.press("ArrowRight");
    await page.waitForFunction((ms) => (document.querySelector(".scrubber-track input") as HTMLInputElement).valueAsNumber > ms, atMs + 9_000);
    await page.keyboard.press("Shift+ArrowLeft");
    await page.waitForFunction((ms) => (document.querySelector(".scrubber-track input") as HTMLInputElement).valueAsNumber < ms, atMs - 49_000);
    await page.keyboard.press("n");
    await page.waitForFunction((ms) => (document.querySelector(".scrubber-track input") as HTMLInputElement).valueAsNumber >= ms, screen.agent.replay.firstMs + 900_000);
    await page.focus(".scrubber-track input");
    await page.$eval(".scrubber-track input", (slider) => {
      (slider as HTMLInputElement).value = (slider as HTMLInputElement).max;
      slider.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await page.waitForSelector(".replay-state[data-state=ended]");

    expect(lastOrder()).toEqual({ positionMs: screen.agent.replay.lastMs });
    await page.keyboard.press("Home");
    await page.waitForSelector(".replay-state[data-state=paused]");
    await page.keyboard.press("Space");
    await page.waitForSelector("[data-wall][data-health=live]");
    await page.context().close();
  });

  it("replay_Speed_TracesUpToTenTimesAndAWordAboveIt", async () => {
    const page = await open();
    await page.waitForSelector("[data-wave][data-state=live]");

    await page.click("[data-speed='10']");
    await page.waitForSelector(".replay-state:text('10×')");
    await page.waitForTimeout(1_000);
    expect(await page.$$eval("[data-wave][data-state=live]", (lanes) => lanes.length)).toBeGreaterThan(4);

    await page.click("[data-speed='60']");
    await page.waitForSelector(".trace-blank:text('no waveforms above 10×')");
    expect(await page.isVisible(".trace-blank:text('No signal')")).toBe(false);
    await page.click("[data-speed='1']");
    await page.keyboard.press("Space");
    await page.waitForSelector("[data-wall][data-health=paused]");
    await page.keyboard.press("Space");
    await page.keyboard.press("Home");
    await page.waitForSelector("[data-wave][data-state=live]");
    await page.context().close();
  });

  it("replay_StreamFallsSilent_FrozenWithinFiveSeconds", async () => {
    const page = await open();
    screen.agent.replay.mute = true;
    const startMs = performance.now();

    await page.waitForSelector("[data-wall][data-health=frozen]");
    expect(performance.now() - startMs).toBeLessThan(FREEZE_LIMIT_MS);
    expect(await page.$$eval("[data-signal]", (values) => values.filter((value) => value.textContent !== "– –").length)).toBe(0);

    screen.agent.replay.mute = false;
    await page.waitForSelector("[data-wall][data-health=live]");
    await page.context().close();
  });

  it("replay_ABedOpened_ItsPageWithTheWatermarkAndNoHistoryOfTheLiveWard", async () => {
    const page = await open();

    await page.click('[data-bed="icu1/bed-02"]');
    await page.waitForSelector(".bed-page[data-mode=replay] [data-wave][data-state=live]");
    expect(new URL(page.url()).pathname).toBe("/replay");
    expect(await page.isVisible(".bed-page > .watermark")).toBe(true);
    expect(await page.isVisible(".bed-tabs")).toBe(false);

    await page.goBack();
    await page.waitForSelector(".tile");
    await page.context().close();
  });

  it("replay_AnIncidentOfTheCapture_MarkedReplayOnTheWallAndOnItsNetworkPage", async () => {
    const page = await open();
    screen.agent.replay.silence("3A20");

    await page.waitForSelector("[data-incident][data-cause=cell][data-what=silent]");
    expect(await page.textContent("[data-incident] .replayed")).toBe("REPLAY");
    expect(await page.textContent("[data-incident]")).toContain("Cell 3A20: silent");

    await page.click(".to-page:text('Network')");
    await page.waitForSelector("[data-network][data-mode=replay] [data-node='cell:3A20'][data-state=fault]");
    expect(new URL(page.url()).pathname).toBe("/replay");
    expect(await page.textContent("[data-network] > .watermark")).toBe("REPLAY");
    expect(screen.agent.said).toEqual([]);
    await page.click(".to-page:text('All beds')");
    await page.waitForSelector(".tile");
    await page.context().close();
  });

  it("replay_EndedByTheAgent_SaysSoAndOffersTheCaptures", async () => {
    const page = await open();
    screen.agent.replay.end();

    await page.waitForSelector(".captures-gone");
    expect(await page.$$eval("[data-bed]", (tiles) => tiles.length)).toBe(0);
    await page.waitForSelector("[data-capture]");
    await page.context().close();
  });
});
