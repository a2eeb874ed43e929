import type { Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { CELL_B } from "../fake/fakeNetwork";
import { FakeWard } from "../fake/fakeWard";
import { alarm } from "../fake/fakeBed";
import { noBrowser, Screen } from "./page";

const DESK = { width: 1920, height: 1080 };
const SIZES = [DESK, { width: 1366, height: 768 }, { width: 1024, height: 768 }, { width: 390, height: 844 }] as const;
/** News of the network come once a second, on a busy machine later. */
const POLL = { timeout: 15_000 };
/** Least contrast of text (WCAG 2.2, AA). */
const CONTRAST = 4.5;

describe.skipIf(noBrowser !== "")("the network in a browser", () => {
  let ward: FakeWard;
  let screen: Screen;

  beforeAll(async () => {
    ward = new FakeWard(12);
    screen = await Screen.open(ward);
  });

  afterAll(() => screen.close());

  beforeEach(() => {
    for (const incident of ward.network.incidents) ward.network.heal(incident, Date.now());
    ward.network.incidents = [];
    ward.network.configured = true;
    screen.agent.said.length = 0;
  });

  async function open(path: string, viewport: { width: number; height: number } = DESK, locale = "en-GB"): Promise<Page> {
    const page = await screen.page(path, { viewport, locale });
    await page.waitForSelector("[data-wall][data-health=live]");
    return page;
  }

  it("wall_AnIncidentOpens_ShownOnceWithItsBedsMarkedAndGoneWhenItEnds", async () => {
    const page = await open("/");
    expect(await page.$$("[data-incident]")).toHaveLength(0);
    const incident = ward.network.silence(CELL_B, Date.now());

    await page.waitForSelector("[data-incident]");
    const hooks = await page.$$eval("[data-incident]", (items) => items.map((item) => ({ ...(item as HTMLElement).dataset })));
    expect(hooks).toEqual([{ incident: incident.id, cause: "cell", what: "silent" }]);
    expect(await page.textContent("[data-incident]")).toMatch(/radio cellCell 3A20: silent4 beds/);
    const marked = () => page.$$eval("[data-bed][data-cause=cell]", (tiles) => tiles.map((tile) => tile.getAttribute("data-bed")));
    await page.waitForFunction(() => document.querySelectorAll("[data-bed][data-cause=cell]").length === 4);
    expect(await marked()).toEqual(incident.beds);
    expect(await page.textContent('[data-bed="icu1/bed-10"] .why')).toContain("radio cell");

    ward.network.heal(incident, Date.now());
    await page.waitForSelector("[data-incident]", { state: "detached" });
    await page.waitForFunction(() => document.querySelectorAll("[data-bed][data-cause=cell]").length === 0);
    await page.context().close();
  });

  it("wall_AnAlarmAndManyIncidents_NoAlarmIsCoveredAndTheStripWearsNoneOfItsColours", async () => {
    ward.bed("bed-01").alarms = [alarm("a1", Date.now(), { priority: "high", text: "Asystole" })];
    for (let i = 1; i <= 6; i++) ward.network.start({ subject: `chu/icu1/_cell-C${i}`, beds: [`icu1/bed-0${i}`] });
    for (const viewport of SIZES) {
      const page = await open("/", viewport);
      await page.waitForSelector("[data-incident]");

      expect(await page.$$("[data-incident]")).toHaveLength(3);
      expect(await page.textContent(".incident-more")).toBe("3 more");
      // What lies on top in the middle of each alarm is the alarm.
      const covered = await page.$$eval(".roster-count, [data-bed='icu1/bed-01'] .alarm-message, [data-bed='icu1/bed-01'] .alarm-symbol", (alarms) => alarms.filter((each) => {
        const { x, y, width, height } = each.getBoundingClientRect();
        return !each.contains(document.elementFromPoint(x + width / 2, y + height / 2)) && document.elementFromPoint(x + width / 2, y + height / 2)?.closest(".incidents") !== null;
      }).length);
      expect(covered).toBe(0);
      const colours = await page.$$eval(".incidents *", (parts) => parts.flatMap((part) => [getComputedStyle(part).backgroundColor, getComputedStyle(part).borderColor, getComputedStyle(part).color]));
      expect(colours.filter((colour) => ["rgb(227, 0, 27)", "rgb(255, 213, 0)", "rgb(25, 211, 243)"].includes(colour))).toEqual([]);
      expect(await page.$$eval(".incidents, .incidents *", (parts) => parts.flatMap((part) => part.getAnimations()).length)).toBe(0);
      await page.context().close();
    }
    ward.bed("bed-01").alarms = [];
  });

  it("bed_OnlyItsOwnIncident", async () => {
    ward.network.silence(CELL_B, Date.now());
    ward.network.start({ cause: "gateway", subject: "chu/icu1/bed-02/gw1", beds: ["icu1/bed-02"] });
    const page = await open("/bed/icu1/bed-02");

    await page.waitForSelector("[data-incident]");
    expect(await page.$$eval("[data-incident]", (items) => items.map((item) => item.getAttribute("data-cause")))).toEqual(["gateway"]);
    await page.context().close();
  });

  it("wall_AWatchdogsAlarm_SaidToBeSeenOnceItIsDrawnAndNeverShown", async () => {
    ward.network.sequence = 987_654;
    const page = await open("/");
    const text = await page.textContent("#app");

    await expect.poll(() => screen.agent.said, POLL).toEqual(["Seen icu1 987654"]);
    ward.network.sequence = 987_655;
    await expect.poll(() => screen.agent.said, POLL).toEqual(["Seen icu1 987654", "Seen icu1 987655"]);
    expect(text).not.toMatch(/TEST|98765/);

    // Hidden, it draws nothing, and says so; what comes meanwhile it has not seen.
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    await expect.poll(() => screen.agent.said.at(-1), POLL).toBe("Hidden");
    ward.network.sequence = 987_656;
    await page.waitForSelector("[data-wall][data-health=frozen]");
    expect(screen.agent.said).not.toContain("Seen icu1 987656");
    await page.context().close();
  });

  it("network_APageThatIsNoWall_WitnessesNothing", async () => {
    const page = await open("/network");
    await page.waitForSelector("[data-network]");
    await page.waitForTimeout(1_500);

    expect(screen.agent.said).toEqual([]);
    await page.context().close();
  });

  it("network_ACellIsSilent_NamedOnTopMarkedInTheTreeAndEndedBelow", async () => {
    const incident = ward.network.silence(CELL_B, Date.now() - 60_000);
    const page = await open("/network");
    await page.waitForSelector(".incident-card[data-incident]");

    const card = await page.textContent(".incident-card");
    for (const part of ["Cell 3A20: silent", "4 beds", "Bed 09", "Bed 12", "silent 1830 ms", "explains 4 findings", "since "]) expect(card).toContain(part);
    const states = () => page.$$eval("[data-node]", (nodes) => Object.fromEntries(nodes.map((node) => [node.getAttribute("data-node"), node.getAttribute("data-state")])));
    expect(await states()).toMatchObject({
      backhaul: "up", core: "unreached", "cell:3A1F": "up", "cell:3A20": "fault", "gateway:icu1/bed-10/gw1": "affected", "device:icu1/bed-10/mon1": "affected", "device:icu1/bed-01/mon1": "up",
    });
    expect(await page.textContent("[data-node='cell:3A20'] h3")).toContain("fault: silent");
    expect(await page.getAttribute("[data-source=upf]", "data-state")).toBe("unreached");
    expect(await page.textContent("[data-source=upf]")).toContain("connection refused");
    expect(await page.getAttribute("[data-watchdog=icu1]", "data-state")).toBe("arrived");

    ward.network.heal(incident, Date.now());
    await page.waitForSelector("[data-ended-incident]", { state: "attached" });
    expect(await page.$$("[data-incident]")).toHaveLength(0);
    expect((await states())["cell:3A20"]).toBe("up");
    await page.context().close();
  });

  it("network_TheTables_SayHowSureTheyAreWhatIsNotAsPlannedAndWhatIsUnknown", async () => {
    const page = await open("/network");
    await page.waitForSelector("[data-path]");
    const cell = (bed: string, step: string) => page.textContent(`[data-path="icu1/${bed}/mon1"] [data-step=${step}]`);

    expect(await cell("bed-01", "supi")).toBe("imsi-001010000000001 exact");
    expect(await cell("bed-04", "rnti")).toBe("0x4605 inferred 0.82");
    expect(await cell("bed-03", "five_qi")).toBe("9 exact≠ planned 70");
    expect(await cell("bed-06", "cell")).toBe("–");
    expect(await page.textContent('[data-budget="icu1/bed-03/mon1"]')).toMatch(/318 ms \/ 300 ms ▲ over budget.*99\.31 % 2\.1 of 7 nines.*uses 5QI 9, planned 70/);
    // Nothing is known of it, so nothing is 0.
    expect(await page.textContent('[data-budget="icu1/bed-06/mon1"]')).not.toMatch(/\b0\b/);
    await page.context().close();
  });

  it("network_KeyboardAlone_OpensARowsHistory", async () => {
    const page = await open("/network");
    await page.waitForSelector("[data-path]");
    const more = '[data-path="icu1/bed-02/mon1"] .row-more button';
    await page.focus('[data-path="icu1/bed-02/mon1"] th a');

    await page.keyboard.press("Tab");
    expect(await page.$eval(more, (button) => button === document.activeElement)).toBe(true);
    await page.keyboard.press("Enter");

    expect(await page.getAttribute(more, "aria-expanded")).toBe("true");
    const id = await page.getAttribute(more, "aria-controls");
    expect(await page.textContent(`[id="${id}"]`)).toMatch(/Cell: 3A20 → 3A1F.*IP: – → 10\.45\.0\.12/);
    await page.context().close();
  });

  it("network_NothingConfigured_SaysWhatToPutIntoTheSiteFile", async () => {
    ward.network.configured = false;
    const page = await open("/network");
    await page.waitForSelector("[data-path]");

    expect(await page.textContent(".sources")).toMatch(/No source of the 5G side is configured.*network:\s+sources:/s);
    expect(await page.textContent(".watchdogs")).toContain("No TEST alarm has been sent yet");
    expect(await page.textContent(".network-incidents")).toContain("No open incident");
    expect(await page.textContent("[data-node=core]")).toContain("unknown");
    await page.context().close();
  });

  it.each(SIZES)("network_At %o_NothingScrollsSidewaysAndTextCanBeRead", async (viewport) => {
    ward.network.silence(CELL_B, Date.now());
    ward.network.start({ cause: "slice", what: "congestion", subject: "chu/_slice-1-000001", beds: ward.beds.map((bed) => bed.key), endMs: Date.now() });
    const page = await open("/network", viewport, "fr-FR");
    await page.waitForSelector(".incident-card");

    expect(await page.evaluate(() => [document.documentElement.scrollWidth - innerWidth, ...[...document.querySelectorAll("main, .network section, .network .gateway")].map((box) => box.scrollWidth - box.clientWidth)].filter((over) => over > 0))).toEqual([]);
    expect(await page.evaluate(faintTexts, CONTRAST)).toEqual([]);
    await page.context().close();
  });

  it("network_StreamFallsSilent_NothingOnItLooksUp", async () => {
    const page = await open("/network");
    await page.waitForSelector("[data-node=backhaul][data-state=up]");
    ward.faults.mute = true;

    await page.waitForSelector("[data-wall][data-health=frozen]");
    await page.waitForSelector("[data-node=backhaul][data-state=unknown]");
    expect(await page.$$eval("[data-node]:not([data-state=unknown]), [data-source]:not([data-state=unknown]), [data-watchdog]:not([data-state=unknown])", (nodes) => nodes.length)).toBe(0);

    ward.faults.mute = false;
    await page.waitForSelector("[data-wall][data-health=live]");
    await page.context().close();
  });

  it("network_FromTheWallAndBack_InOnePage", async () => {
    const page = await open("/");

    await page.click(".to-page:text('Network')");
    await page.waitForSelector("[data-network]");
    expect(new URL(page.url()).pathname).toBe("/network");
    await page.click("[data-path='icu1/bed-02/mon1'] th a");
    await page.waitForSelector(".bed-page[data-bed='icu1/bed-02']");
    await page.goBack();
    await page.waitForSelector("[data-network]");
    await page.click(".to-page:text('Wall')");
    await page.waitForSelector(".tile[data-bed='icu1/bed-12']");
    await page.context().close();
  });
});

/** Texts of the network page whose colour is too near to that of their ground; runs in the page. */
function faintTexts(least: number): string[] {
  const channels = (colour: string) => (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? "0,0,0,0").split(",").map(Number);
  const luminance = ([r = 0, g = 0, b = 0]: number[]) => [r, g, b].map((c) => (c / 255 <= 0.03928 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4)).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i]!, 0);
  // A hatch is judged by its lighter stripe.
  const ground = (element: Element | null): number[] => {
    if (element === null) return [5, 8, 11];
    const style = getComputedStyle(element);
    if (style.backgroundImage.includes("gradient")) return [26, 34, 41];
    const own = channels(style.backgroundColor);
    return (own[3] ?? 1) < 0.9 ? ground(element.parentElement) : own;
  };
  const faint: string[] = [];
  for (const element of document.querySelectorAll(".network *")) {
    const text = [...element.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.textContent?.trim()).join("");
    if (text === "" || element.closest(".watermark") !== null) continue;
    const [a, b] = [luminance(channels(getComputedStyle(element).color)), luminance(ground(element))];
    const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (contrast < least) faint.push(`${text}: ${contrast.toFixed(1)}`);
  }
  return faint;
}
