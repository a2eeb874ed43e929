import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeWard } from "../fake/fakeWard";
import { setScene } from "../fake/scene";
import { noBrowser, Screen } from "./page";

/** Longest that a page may look live after it stopped being so. */
const FREEZE_LIMIT_MS = 5_000;

async function until(page: Page, selector: string, limitMs = 30_000): Promise<number> {
  const startMs = performance.now();
  await page.waitForSelector(selector, { state: "attached", timeout: limitMs });
  return performance.now() - startMs;
}

describe.skipIf(noBrowser !== "")("the wall in a browser", () => {
  let ward: FakeWard;
  let screen: Screen;

  beforeAll(async () => {
    ward = new FakeWard(12);
    setScene(ward, Date.now());
    screen = await Screen.open(ward);
  });

  afterAll(() => screen.close());

  async function open(path = "/", locale = "en-GB"): Promise<Page> {
    const page = await screen.page(path, { viewport: { width: 1920, height: 1080 }, locale });
    await until(page, "[data-wall][data-health=live]");
    return page;
  }

  it("wall_AgentStreams_TilesWithHooksInBedOrder", async () => {
    const page = await open();
    await until(page, '[data-bed="icu1/bed-01"][data-state=live]');

    const keys = await page.$$eval("[data-bed]", (tiles) => tiles.map((tile) => tile.getAttribute("data-bed")));
    const rate = await page.textContent('[data-bed="icu1/bed-02"] [data-signal=MDC_ECG_HEART_RATE]');
    const tile = await page.$eval('[data-bed="icu1/bed-02"]', (element) => ({ ...(element as HTMLElement).dataset }));

    expect(keys).toEqual(Array.from({ length: 12 }, (_, i) => `icu1/bed-${String(i + 1).padStart(2, "0")}`));
    expect(rate).toMatch(/^\d+$/);
    expect(tile).toMatchObject({ state: "live", alarm: "high", cause: "", link: "good" });
    expect(await page.textContent('[data-bed="icu1/bed-08"] [data-signal=MDC_ECG_HEART_RATE]')).toBe("– –");
    expect(await page.getAttribute('[data-bed="icu1/bed-08"]', "data-cause")).toBe("cell");
    expect(await page.isVisible('[data-bed="icu1/bed-01"] .watermark')).toBe(true);
    await page.context().close();
  });

  it("wall_StreamFallsSilent_FrozenWithinFiveSecondsAndBackAgain", async () => {
    const page = await open();
    ward.faults.mute = true;

    expect(await until(page, "[data-wall][data-health=frozen]")).toBeLessThan(FREEZE_LIMIT_MS);
    expect(await page.isVisible(".frozen-banner")).toBe(true);
    expect(await page.$$eval("[data-signal]", (values) => values.filter((value) => value.textContent !== "– –").length)).toBe(0);
    expect(await page.$$eval("[data-bed][data-state=live]", (tiles) => tiles.length)).toBe(0);

    ward.faults.mute = false;
    await until(page, "[data-wall][data-health=live]");
    await page.context().close();
  });

  it("wall_ProcessorStandsStill_FrozenWithinFiveSeconds", async () => {
    const page = await open();
    ward.faults.stalled = true;

    expect(await until(page, "[data-wall][data-health=frozen]")).toBeLessThan(FREEZE_LIMIT_MS);

    ward.faults.stalled = false;
    await until(page, "[data-wall][data-health=live]");
    await page.context().close();
  });

  it("wall_BedFallsSilent_TraceBlankedWithinTwoSecondsThenLateStaleLost", async () => {
    const page = await open();
    const bed = ward.bed("bed-01");
    const tile = '[data-bed="icu1/bed-01"]';
    await until(page, `${tile} [data-wave][data-state=live]`);
    bed.silent = true;

    expect(await until(page, `${tile} [data-wave][data-state=stale]`)).toBeLessThan(2_000);
    expect(await page.textContent(`${tile} [data-wave]`)).toContain("No signal");
    for (const state of ["late", "stale", "lost"]) await until(page, `${tile}[data-state=${state}]`);
    expect(await page.textContent(`${tile} [data-signal=MDC_PULS_OXIM_SAT_O2]`)).toBe("– –");

    bed.silent = false;
    await until(page, `${tile}[data-state=live]`);
    await page.context().close();
  });

  it("wall_PageSlept_FrozenUntilAFreshFullFrame", async () => {
    const page = await open();
    const asked = screen.agent.watched;
    await page.evaluate(() => {
      const seen: string[] = [];
      Object.assign(window, { seen });
      const wall = document.querySelector("[data-wall]");
      if (wall !== null) new MutationObserver(() => seen.push(wall.getAttribute("data-health") ?? "")).observe(wall, { attributeFilter: ["data-health"] });
      const startMs = performance.now();
      while (performance.now() - startMs < 3_500) { /* a page that can't run */ }
    });

    await page.waitForFunction(() => (window as unknown as { seen: string[] }).seen.includes("live"));

    expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(["frozen", "live"]);
    expect(screen.agent.watched).toBe(asked + 1);
    await page.context().close();
  });

  it("wall_TabInTheBackground_FrozenUntilShownAgain", async () => {
    const page = await open();
    const hide = (hidden: boolean) => page.evaluate((value) => {
      Object.defineProperty(document, "hidden", { value, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, hidden);

    await hide(true);
    expect(await until(page, "[data-wall][data-health=frozen]")).toBeLessThan(FREEZE_LIMIT_MS);

    await hide(false);
    await until(page, "[data-wall][data-health=live]");
    await page.context().close();
  });

  it("wall_SeveralAlarms_FlashInOnePhaseAtTheirRates", async () => {
    const page = await open();
    await until(page, ".alarm-high.alarm-flash");
    await until(page, ".alarm-medium.alarm-flash");
    await page.waitForTimeout(500);

    const flashes = await page.evaluate(() => document.getAnimations()
      .filter((animation) => animation instanceof CSSAnimation)
      .map((animation) => [animation.animationName, animation.startTime, animation.effect?.getComputedTiming().duration]));

    expect(new Set(flashes.map((flash) => JSON.stringify(flash)))).toEqual(new Set(['["flash-high",0,500]', '["flash-medium",0,1666]']));
    await page.context().close();
  });

  it("language_BrowserIsFrench_FrenchUntilChosenByHandAndRemembered", async () => {
    const page = await open("/", "fr-FR");
    expect(await page.textContent('[data-bed="icu1/bed-01"] .tile-bed')).toBe("Lit 01");
    expect(await page.textContent(".disclaimer")).toContain("ni l’alarme principale");

    await page.click("button[lang=en]");
    expect(await page.textContent('[data-bed="icu1/bed-01"] .tile-bed')).toBe("Bed 01");

    await page.reload();
    await until(page, "[data-wall][data-health=live]");
    expect(await page.textContent('[data-bed="icu1/bed-01"] .tile-bed')).toBe("Bed 01");
    await page.context().close();
  });

  it("bed_OpenedFromTheWall_AllWavesAndBackAgain", async () => {
    const page = await open();

    await page.click('[data-bed="icu1/bed-02"]');
    await until(page, ".bed-page [data-wave=MDC_AWAY_CO2][data-state=live]");
    expect(new URL(page.url()).pathname).toBe("/bed/icu1/bed-02");
    expect(await page.$$eval("[data-wave]", (lanes) => lanes.length)).toBe(5);

    await page.goBack();
    await until(page, '.tile[data-bed="icu1/bed-12"]');
    await page.context().close();
  });

  it("bed_NotThere_SaysSo", async () => {
    const page = await open("/bed/icu1/bed-99");

    expect(await page.textContent(".nothing")).toContain("There is no bed icu1/bed-99.");
    await page.context().close();
  });
});
