import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { WatchRequest } from "../../src/hub/contract";
import type { FakeWard } from "./fakeWard";
import { SIGNALS } from "./signals";

const END = "\u001e";
const TICK_MS = 100;

/** The agent's two addresses that the page uses, spoken just well enough: `/api/signals` and `/hub/ward` (SignalR, JSON, WebSocket). */
export class FakeAgent {
  private readonly http: Server;
  private readonly sockets = new WebSocketServer({ noServer: true });
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly ticking: NodeJS.Timeout;
  /** How many times a page asked for the stream. */
  watched = 0;

  private constructor(private readonly ward: FakeWard) {
    this.http = createServer((request, response) => {
      const known = request.url === "/api/signals";
      response.writeHead(known ? 200 : 404, { "content-type": "application/json" });
      response.end(known ? JSON.stringify(SIGNALS) : "{}");
    });
    this.http.on("upgrade", (request, socket, head) => {
      this.sockets.handleUpgrade(request, socket, head, (client) => this.serve(client));
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

  private serve(client: WebSocket): void {
    let greeted = false;
    const send = (message: object) => client.send(JSON.stringify(message) + END);
    client.on("message", (data) => {
      for (const text of String(data).split(END).filter((part) => part !== "")) {
        const message = JSON.parse(text) as { type?: number; invocationId?: string; target?: string; arguments?: [WatchRequest] };
        if (!greeted) {
          greeted = true;
          send({});
        } else if (message.type === 4 && message.target === "Watch" && message.arguments !== undefined) {
          this.stream(client, send, message.invocationId ?? "", message.arguments[0]);
        }
      }
    });
  }

  private stream(client: WebSocket, send: (message: object) => void, invocationId: string, request: WatchRequest): void {
    this.watched++;
    const next = this.ward.watch(request);
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
