import { HttpTransportType, HubConnectionBuilder, LogLevel, type HubConnection } from "@microsoft/signalr";
import { retryDelayMs } from "./retry";

/** A connection that gave no frame for this long is dropped for a new one. */
const SILENCE_MS = 5_000;
const WATCH_EVERY_MS = 500;

export interface StreamHandlers<Frame> {
  /** The stream was asked for: what comes next was made after this instant. */
  asked(): void;
  frame(frame: Frame): void;
}

/**
 * Watches a hub's stream for ever: connects, asks, and when anything ends or falls silent starts over on a new socket.
 * Loss: none to care about; each new stream begins with a full frame.
 * Errors: none reach the caller; what the page may still show is the vigil's decision, not this one's.
 */
export class StreamConnection<Frame, Request> {
  private request: Request;
  private attempt = 0;
  private cut: () => void = () => undefined;
  private tell: (method: string, args: readonly unknown[]) => void = () => undefined;
  private hurry: () => void = () => undefined;

  constructor(
    private readonly url: string,
    private readonly handlers: StreamHandlers<Frame>,
    request: Request,
    private readonly random01: () => number = Math.random,
  ) {
    this.request = request;
    void this.run();
  }

  /** Asks for something else, at once. */
  watch(request: Request): void {
    this.request = request;
    this.renew();
  }

  /** Drops the socket with all that may be queued in it, and asks again without waiting. */
  renew(): void {
    this.attempt = 0;
    this.cut();
    this.hurry();
  }

  /** Says something to the hub over the socket that is open now; without one it is lost, and nobody is told. */
  send(method: string, ...args: readonly unknown[]): void {
    this.tell(method, args);
  }

  private async run(): Promise<never> {
    for (;;) {
      const outcome = await this.session();
      if (outcome === "cut") continue;
      const wait = retryDelayMs(this.attempt++, this.random01);
      await new Promise<void>((resolve) => {
        this.hurry = resolve;
        setTimeout(resolve, wait);
      });
    }
  }

  /** One socket, from its first packet until it ends, is cut, or falls silent. */
  private session(): Promise<"ended" | "cut"> {
    // WebSocket alone: the other transports buffer, and a buffered stream is a late one.
    const hub = new HubConnectionBuilder()
      .withUrl(this.url, { transport: HttpTransportType.WebSockets, skipNegotiation: true })
      .configureLogging(LogLevel.None)
      .build();
    return new Promise((resolve) => {
      let heardMs = performance.now();
      let over = false;
      const end = (outcome: "ended" | "cut") => {
        if (over) return;
        over = true;
        clearInterval(watch);
        this.tell = () => undefined;
        // Stopping may hang as long as the socket does, so nobody waits for it.
        hub.stop().catch(() => undefined);
        resolve(outcome);
      };
      const watch = setInterval(() => {
        if (performance.now() - heardMs > SILENCE_MS) end("ended");
      }, WATCH_EVERY_MS);
      this.cut = () => end("cut");
      hub.onclose(() => end("ended"));
      hub.start().then(
        () => {
          if (over) return;
          this.tell = (method, args) => void hub.send(method, ...args).catch(() => undefined);
          this.handlers.asked();
          this.subscribe(hub, (frame) => {
            if (over) return;
            heardMs = performance.now();
            this.attempt = 0;
            this.handlers.frame(frame);
          }, () => end("ended"));
        },
        () => end("ended"),
      );
    });
  }

  private subscribe(hub: HubConnection, next: (frame: Frame) => void, ended: () => void): void {
    hub.stream<Frame>("Watch", this.request).subscribe({ next, error: ended, complete: ended });
  }
}
