// Takes the README's pictures from a running demo: `node docs/images/make-screenshots.mjs [SECONDS]`, after `./fieldnet test` has set up
// the page's packages and chromium. SECONDS (default 40) is how long the demo runs before the pictures, so that its script has alarms to show.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, "..", "..");
const { chromium } = createRequire(join(root, "dashboards", "web", "package.json"))("playwright-core");

const seconds = Number(process.argv[2] ?? 40);
const work = mkdtempSync(join(tmpdir(), "fieldnet-pictures-"));
const options = ["--beds", "12", "--seed", "7", "--no-open", "--port", "8089", "--mqtt-port", "1889", "--data", join(work, "data")];
const demo = spawn(join(root, "fieldnet"), ["demo", ...options], { stdio: ["ignore", "pipe", "inherit"] });
const ended = once(demo, "exit");

/** The address in the agent's `ready` line. */
async function ready() {
  for await (const line of createInterface({ input: demo.stdout })) {
    const url = /^ready http=(\S+)/.exec(line)?.[1];
    if (url) return url;
  }
  throw new Error("the demo ended before it was ready");
}

try {
  const url = await ready();
  demo.stdout.resume();
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
  try {
    const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, locale: "en-GB", timezoneId: "UTC" });
    await page.goto(url);
    await page.waitForSelector('[data-wall][data-health="live"] [data-bed][data-state="live"]', { timeout: 30_000 });
    await page.waitForTimeout(seconds * 1000);
    await page.screenshot({ path: join(here, "wall.png") });

    const bed = await page.locator('[data-bed][data-state="live"]').first().getAttribute("data-bed");
    await page.goto(new URL(`/bed/${bed}`, url).href);
    await page.waitForSelector('[data-signal][data-state="live"]', { timeout: 30_000 });
    await page.waitForTimeout(12_000); // one whole sweep of the traces
    await page.screenshot({ path: join(here, "bed.png") });

    await page.goto(new URL("/replay", url).href);
    await page.click('[data-capture="*live"]');
    await page.waitForSelector('[data-wall][data-health="live"] [data-bed]', { timeout: 30_000 });
    await page.keyboard.press("End");
    await page.keyboard.press("p"); // the last alarm, with what led to it
    await page.waitForTimeout(9_000);
    await page.screenshot({ path: join(here, "replay.png") });
  } finally {
    await browser.close();
  }
} finally {
  demo.kill("SIGTERM");
  await ended;
  rmSync(work, { recursive: true, force: true });
}
