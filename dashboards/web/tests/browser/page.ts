import { existsSync } from "node:fs";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { createServer, type ViteDevServer } from "vite";
import { FakeAgent } from "../fake/fakeAgent";
import type { FakeWard } from "../fake/fakeWard";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"];

/** Why browser tests can't run here; empty when they can. */
export const noBrowser = CHROMIUM === undefined ? "no Chromium here (apt-get install chromium)" : "";

/** The page in a real browser on a fake agent. */
export class Screen {
  private constructor(readonly agent: FakeAgent, private readonly vite: ViteDevServer, readonly browser: Browser, readonly url: string) {}

  static async open(ward: FakeWard): Promise<Screen> {
    const agent = await FakeAgent.start(ward);
    const vite = await createServer({ logLevel: "error", server: { port: 0, proxy: { "/api": agent.url, "/hub": { target: agent.url, ws: true } } } });
    await vite.listen();
    const browser = await chromium.launch({ executablePath: CHROMIUM ?? "", args: FLAGS });
    const url = vite.resolvedUrls?.local[0]?.replace(/\/$/, "");
    if (url === undefined) throw new Error("the development server has no address");
    return new Screen(agent, vite, browser, url);
  }

  async page(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await (await this.browser.newContext(options)).newPage();
    await page.goto(this.url + path);
    return page;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.vite.close();
    await this.agent.stop();
  }
}
