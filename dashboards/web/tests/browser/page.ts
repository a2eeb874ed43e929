import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { build, preview, type PreviewServer } from "vite";
import { FakeAgent } from "../fake/fakeAgent";
import type { FakeWard } from "../fake/fakeWard";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Why browser tests can't run here; empty when they can. */
export const noBrowser = CHROMIUM === undefined ? "no Chromium here (apt-get install chromium)" : "";

/**
 * The built page in a real browser on a fake agent. Built, and not from a development server: that one compiles at the first page's load,
 * finds out then which packages it must bundle, and loads the page anew in the middle of a test.
 */
export class Screen {
  private constructor(
    readonly agent: FakeAgent, private readonly folder: string, private readonly server: PreviewServer, readonly browser: Browser, readonly url: string,
  ) {}

  static async open(ward: FakeWard): Promise<Screen> {
    const agent = await FakeAgent.start(ward);
    const outDir = await mkdtemp(join(tmpdir(), "fieldnet-page-"));
    await build({ logLevel: "error", build: { outDir } });
    const server = await preview({
      logLevel: "silent", build: { outDir }, preview: { host: "127.0.0.1", port: 0, proxy: { "/api": agent.url, "/hub": { target: agent.url, ws: true } } },
    });
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: FLAGS });
    const url = server.resolvedUrls?.local[0]?.replace(/\/$/, "");
    if (url === undefined) throw new Error("the page's server has no address");
    return new Screen(agent, outDir, server, browser, url);
  }

  async page(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.browser.newContext(options)).newPage();
    await page.goto(this.url + path);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.close();
    await this.agent.stop();
    await rm(this.folder, { recursive: true });
  }
}
