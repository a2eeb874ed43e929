import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FakeWard } from "../fake/fakeWard";
import { noBrowser, Screen } from "./page";

describe.skipIf(noBrowser !== "")("the past of a bed in a browser", () => {
  let screen: Screen;

  beforeAll(async () => {
    screen = await Screen.open(new FakeWard(4));
  });

  afterAll(() => screen.close());

  async function open(path: string, locale = "en-GB"): Promise<Page> {
    const page = await screen.page(path, { viewport: { width: 1920, height: 1080 }, locale });
    await page.waitForSelector("[data-wall][data-health=live] .bed-page");
    return page;
  }

  it("trends_BedOpened_AChartOfEachNumberWithItsAgeAndWhatCameLate", async () => {
    const page = await open("/bed/icu1/bed-02");
    await page.click("[data-tab=trends]");
    await page.waitForSelector("[data-trend=MDC_ECG_HEART_RATE] .trend-late");

    const charts = await page.$$eval("[data-trend]", (figures) => figures.map((figure) => figure.getAttribute("data-trend")));
    const reading = await page.textContent("[data-trend=MDC_ECG_HEART_RATE] .trend-reading");

    // The three of the pressure share one.
    expect(charts).toEqual(["MDC_ECG_HEART_RATE", "MDC_PULS_OXIM_SAT_O2", "MDC_PRESS_BLD_ART_ABP_SYS", "MDC_TTHOR_RESP_RATE", "MDC_TEMP"]);
    expect(reading).toMatch(/^newest \d\d:\d\d:\d\d UTC \(\d+ s ago\)$/);
    expect(await page.textContent("[data-bed] [data-signal=MDC_ECG_HEART_RATE]")).toMatch(/^\d+$/);
    await page.click("[data-span='72']");
    await page.waitForSelector("[data-span='72'][aria-pressed=true]");
    await page.hover("[data-trend=MDC_ECG_HEART_RATE] .u-over", { position: { x: 300, y: 40 } });
    await page.waitForFunction(() => /\(\d+–\d+\)/.test(document.querySelector("[data-trend=MDC_ECG_HEART_RATE] .trend-reading")?.textContent ?? ""));
    await page.context().close();
  });

  it("trends_Gap_IsPaintedAsNone", async () => {
    const page = await open("/bed/icu1/bed-02#trends");
    await page.waitForSelector("[data-trend=MDC_ECG_HEART_RATE] .trend-late");
    await page.waitForTimeout(300);

    // The outage began 25 min ago and lasted 4 min without a value: no ink in the columns of its middle, ink to either side.
    const inked = await page.$eval("[data-trend=MDC_ECG_HEART_RATE] canvas", (canvas) => {
      const { width, height } = canvas as HTMLCanvasElement;
      const over = (canvas as HTMLCanvasElement).parentElement?.querySelector(".u-over") as HTMLElement;
      const context = (canvas as HTMLCanvasElement).getContext("2d") as CanvasRenderingContext2D;
      const ratio = width / (canvas as HTMLCanvasElement).clientWidth;
      return [30, 23.5, 22.5, 12].map((minutesAgo) => {
        const x = Math.round((over.offsetLeft + over.offsetWidth * (1 - minutesAgo / 60)) * ratio);
        const { data } = context.getImageData(x, 0, 2, height);
        let green = 0;
        for (let i = 0; i < data.length; i += 4) if ((data[i + 1] ?? 0) > 150 && (data[i] ?? 0) < 120) green++;
        return green > 0;
      });
    });

    expect(inked).toEqual([true, false, false, true]);
    await page.context().close();
  });

  it("look_ClickOnATrend_WaveformsOfThatTime", async () => {
    const page = await open("/bed/icu1/bed-02#trends");
    await page.waitForSelector("[data-trend=MDC_ECG_HEART_RATE] .trend-late");

    await page.click("[data-trend=MDC_ECG_HEART_RATE] .u-over", { position: { x: 200, y: 40 } });
    await page.waitForSelector("[data-past-wave][data-empty=false]");

    expect(new URL(page.url()).hash).toBe("#waves");
    expect(await page.$$eval("[data-past-wave]", (lanes) => lanes.length)).toBe(5);
    expect(await page.textContent("[data-past-wave=MDC_ECG_ELEC_POTL_II] .trace-label")).toContain("arrived late");
    const from = await page.inputValue(".past-bar input");
    await page.click(".past-bar button:text-is('‹‹')");
    expect(Date.parse(`${from}Z`) - Date.parse(`${await page.inputValue(".past-bar input")}Z`)).toBe(30_000);
    await page.context().close();
  });

  it("events_OfTheBed_NewestFirstWithOlderOnesOnRequest", async () => {
    const page = await open("/bed/icu1/bed-02#events", "fr-FR");
    await page.waitForSelector(".past-event");

    expect(await page.$$eval(".past-event-text", (rows) => rows.map((row) => row.textContent?.trim()))).toEqual(["Tachycardie ventriculaire 162 > 120", "Liaison: silence"]);
    await page.click(".past-more");
    await page.waitForSelector("[data-event=e1]");
    expect(await page.textContent("[data-event=e1]")).toContain("pendant 1 min");
    expect(await page.textContent("[data-event=e3]")).toContain("en cours");
    await page.click("[data-event=e2] button");
    await page.waitForSelector("[data-past-wave]");
    await page.context().close();
  });

  it("trends_HistoryDoesNotAnswer_SaysSoWhileTheNumbersGoOn", async () => {
    const page = await open("/bed/icu1/bed-02");
    screen.agent.history.broken = true;
    await page.click("[data-tab=trends]");
    await page.waitForSelector(".past-trouble");

    expect(await page.textContent("[data-bed] [data-signal=MDC_ECG_HEART_RATE]")).toMatch(/^\d+$/);
    screen.agent.history.broken = false;
    await page.context().close();
  });
});
