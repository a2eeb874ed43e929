import { mkdirSync } from "node:fs";
import { FakeWard } from "./fake/fakeWard";
import { setNetworkScene, setScene } from "./fake/scene";
import { Screen } from "./browser/page";

/** `npm run screenshots -- [folder]`: the page at every size that matters, on the fake ward. */
const folder = process.argv[2] ?? "screenshots";
const SHOTS = [
  ["wall-12-en", 12, 1920, 1080, "en-GB", "/"], ["wall-16-fr", 16, 1920, 1080, "fr-FR", "/"],
  ["tablet-en", 12, 1024, 768, "en-GB", "/"], ["tablet-upright-fr", 12, 768, 1024, "fr-FR", "/"],
  ["phone-fr", 12, 390, 844, "fr-FR", "/"], ["bed-en", 12, 1920, 1080, "en-GB", "/bed/icu1/bed-02"],
  ["bed-tablet-fr", 12, 1024, 768, "fr-FR", "/bed/icu1/bed-05"], ["bed-phone-fr", 12, 390, 844, "fr-FR", "/bed/icu1/bed-05"],
  ["bed-laptop-en", 12, 1366, 768, "en-GB", "/bed/icu1/bed-02"], ["wall-laptop-en", 12, 1366, 768, "en-GB", "/"],
  ["trends-en", 12, 1920, 1080, "en-GB", "/bed/icu1/bed-02#trends"], ["trends-laptop-fr", 12, 1366, 768, "fr-FR", "/bed/icu1/bed-02#trends"],
  ["trends-phone-en", 12, 390, 844, "en-GB", "/bed/icu1/bed-02#trends"], ["waves-en", 12, 1920, 1080, "en-GB", "/bed/icu1/bed-02#waves"],
  ["waves-phone-fr", 12, 390, 844, "fr-FR", "/bed/icu1/bed-02#waves"], ["events-en", 12, 1920, 1080, "en-GB", "/bed/icu1/bed-02#events"],
  ["events-phone-fr", 12, 390, 844, "fr-FR", "/bed/icu1/bed-02#events"],
  ["replay-en", 12, 1920, 1080, "en-GB", "/replay?session=abc123"], ["replay-laptop-fr", 12, 1366, 768, "fr-FR", "/replay?session=abc123"],
  ["replay-large-en", 16, 3840, 2160, "en-GB", "/replay?session=abc123"], ["replay-bed-en", 12, 1366, 768, "en-GB", "/replay?session=abc123&bed=icu1%2Fbed-02"],
  ["replay-phone-en", 12, 390, 844, "en-GB", "/replay?session=abc123"], ["captures-fr", 12, 1366, 768, "fr-FR", "/replay"],
  ["network-en", 24, 1920, 1080, "en-GB", "/network"], ["network-laptop-fr", 12, 1366, 768, "fr-FR", "/network"], ["network-tablet-en", 12, 1024, 768, "en-GB", "/network"],
  ["network-phone-fr", 12, 390, 844, "fr-FR", "/network"], ["network-40-en", 40, 1920, 1080, "en-GB", "/network"], ["network-bare-en", 12, 1366, 768, "en-GB", "/network"],
  ["incident-en", 24, 1920, 1080, "en-GB", "/"], ["incident-laptop-fr", 12, 1366, 768, "fr-FR", "/"], ["incident-phone-en", 12, 390, 844, "en-GB", "/"], ["incident-bed-fr", 12, 1366, 768, "fr-FR", "/bed/icu1/bed-12"],
  ["network-frozen-en", 12, 1366, 768, "en-GB", "/network"], ["frozen-en", 12, 1920, 1080, "en-GB", "/"], ["wall-64-en", 64, 1920, 1080, "en-GB", "/"], ["wall-2-fr", 2, 1920, 1080, "fr-FR", "/"],
] as const;
/** Long enough for the pens to cross a lane once. */
const SETTLE_MS = 8_500;
const FREEZE_MS = 4_000;

mkdirSync(folder, { recursive: true });
const only = process.argv.slice(3);
for (const [name, beds, width, height, locale, path] of SHOTS) {
  if (only.length > 0 && !only.includes(name)) continue;
  const ward = new FakeWard(beds);
  if (/^(network|incident)-(?!bare)/.test(name)) setNetworkScene(ward, Date.now());
  else if (beds >= 12) setScene(ward, Date.now());
  ward.network.configured = !name.includes("bare");
  const screen = await Screen.open(ward);
  if (path.includes("session")) screen.agent.replay.answer("POST", "/api/replay/sessions", "");
  const page = await screen.page(path, { viewport: { width, height }, locale });
  await page.waitForTimeout(SETTLE_MS);
  if (name.includes("frozen")) {
    ward.faults.mute = true;
    await page.waitForTimeout(FREEZE_MS);
  }
  await page.screenshot({ path: `${folder}/${name}.png` });
  if (path === "/network") {
    // All of it, which scrolls inside the page.
    const whole = await page.$eval("main", (main) => main.scrollHeight);
    await page.setViewportSize({ width, height: Math.min(8_000, whole + 260) });
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${folder}/${name}-whole.png` });
  }
  await screen.close();
  console.log(`${folder}/${name}.png`);
}
