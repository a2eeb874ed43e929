import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { ReplayWatchRequest, WatchRequest } from "../../src/hub/contract";
import { FakeHistory } from "./fakeHistory";
import { FakeReplay } from "./fakeReplay";
import type { FakeWard } from "./fakeWard";
import { SIGNALS } from "./signals";

const END = "\u001e";
const TICK_MS = 100;

/** What the page asks of an agent, spoken just well enough: `/api/signals`, history and replays, and the two hubs (SignalR, JSON, WebSocket). */
export class FakeAgent {
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly ticking: NodeJS.Timeout;
  /** What pages said of the watchdog: `Seen icu1 41`, `Hidden`. */
  readonly said: string[] = [];
  /** How many times a page asked for the live stream. */
  watched = 0;
  readonly history = new FakeHistory();
  readonly replay: FakeReplay;

  private constructor(private readonly ward: FakeWard) {
    this.replay = new FakeReplay(ward.beds.length);
    this.http = createServer((request, response) => {
      const body: Buffer[] = [];
      request.on("data", (piece: Buffer) => body.push(piece));
      request.on("end", () => {
        const url = new URL(request.url ?? "/", "http://agent");
        const answer = this.answer(request.method ?? "GET", url, Buffer.concat(body).toString());
        response.writeHead(answer.status, { "content-type": "application/json" });
        response.end(JSON.stringify(answer.body));
      });
    });
    this.http.on("upgrade", (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (client) => this.serve(client, request.url?.startsWith("/hub/replay") ?? false));
    });
    this.ticking = setInterval(() => ward.advance(), TICK_MS);
  }

  static async start(ward: FakeWard, port = 0): Promise<FakeAgent> {
    const agent = new FakeAgent(ward);
    await new Promise<void>((resolve) => agent.http.listen(port, "127.0.0.1", resolve));
    return agent;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.http.address() as AddressInfo).port}`;
  }

  async stop(): Promise<void> {
    clearInterval(this.ticking);
    for (const timer of this.timers) clearInterval(timer);
    for (const client of this.sockets.clients) client.terminate();
    await new Promise((resolve) => this.http.close(resolve));
  }

  private answer(method: string, url: URL, body: string): { status: number; body: unknown } {
    if (url.pathname === "/api/signals") return { status: 200, body: SIGNALS };
    if (url.pathname === "/api/network") return { status: 200, body: this.ward.network.dto(1, Date.now()) };
    return this.history.answer(url) ?? this.replay.answer(method, url.pathname, body) ?? { status: 404, body: {} };
  }

  private serve(client: WebSocket, isReplay: boolean): void {
    let greeted = false;
    const send = (message: object) => client.send(JSON.stringify(message) + END);
    client.on("message", (data) => {
      for (const text of String(data).split(END).filter((part) => part !== "")) {
        const message = JSON.parse(text) as { type?: number; invocationId?: string; target?: string; arguments?: unknown[] };
        if (!greeted) {
          greeted = true;
          send({});
        } else if (message.type === 4 && message.target === "Watch" && message.arguments !== undefined) {
          const [request] = message.arguments as [WatchRequest & ReplayWatchRequest];
          if (!isReplay) this.watched++;
          this.stream(client, send, message.invocationId ?? "", isReplay ? this.replay.watch(request) : this.ward.watch(request));
        } else if (message.type === 1) {
          this.said.push([message.target, ...(message.arguments ?? [])].join(" "));
        }
      }
    });
  }

  private stream(client: WebSocket, send: (message: object) => void, invocationId: string, next: () => object | null): void {
    const push = () => {
      const item = next();
      if (item !== null) send({ type: 2, invocationId, item });
    };
    push();
    const timer = setInterval(push, TICK_MS);
    this.timers.add(timer);
    client.on("close", () => {
      clearInterval(timer);
      this.timers.delete(timer);
    });
  }
}
