import type { CaptureDto, ReplayControlDto, ReplayDto, ReplayFrame, ReplayTimelineDto, ReplayWatchRequest, WardFrame } from "../../src/hub/contract";
import { FakeWard } from "./fakeWard";
import { setScene } from "./scene";

/** Long enough that no test comes to the end by chance, at any speed that it plays at. */
const LENGTH_MS = 6_000_000;
const SESSION = "abc123";

/** A deck with one capture of a hundred minutes: plays, pauses and seeks a synthetic ward. */
export class FakeReplay {
  readonly firstMs = Date.parse("2026-03-01T10:00:00Z");
  readonly lastMs = this.firstMs + LENGTH_MS;
  readonly captures: CaptureDto[] = [
    { id: "*live", name: "ward", kind: "live", firstMs: this.firstMs, modifiedMs: this.firstMs + LENGTH_MS, bytes: 81_000_000 },
    { id: "night/2", name: "night/2", kind: "fieldnet", firstMs: this.firstMs, modifiedMs: this.firstMs + LENGTH_MS, bytes: 1_200_000_000 },
  ];
  /** Nothing leaves. */
  mute = false;
  /** Every order that came. */
  readonly orders: Partial<ReplayControlDto>[] = [];
  private open = false;
  private playing = true;
  private speed = 1;
  private positionMs = this.firstMs + 60_000;
  private ward: FakeWard;
  private movedMs = performance.now();

  constructor(private readonly beds: number) {
    this.ward = this.newWard();
  }

  answer(method: string, path: string, body: string): { status: number; body: unknown } | null {
    if (path === "/api/replay/captures") return { status: 200, body: this.captures };
    if (path === "/api/replay/sessions" && method === "POST") {
      [this.open, this.playing, this.speed, this.positionMs] = [true, true, 1, this.firstMs + 600_000];
      this.ward = this.newWard();
      return { status: 201, body: this.state() };
    }
    if (!path.startsWith("/api/replay/sessions/")) return null;
    if (!this.open || !path.startsWith(`/api/replay/sessions/${SESSION}`)) return { status: 404, body: { detail: "It has ended." } };
    if (path.endsWith("/timeline")) return { status: 200, body: this.timeline() };
    if (method === "PUT") this.obey(JSON.parse(body) as Partial<ReplayControlDto>);
    if (method === "DELETE") this.open = false;
    return { status: 200, body: this.state() };
  }

  /** A cell of the capture is silent from where it stands now. */
  silence(cell: string): void {
    this.ward.network.silence(cell, this.positionMs);
  }

  end(): void {
    this.open = false;
  }

  /** Each call gives the viewer's next frame; null while it is mute. */
  watch(request: ReplayWatchRequest): () => ReplayFrame | null {
    let ward = this.ward;
    let next: (() => WardFrame | null) | null = null;
    let paper = Number.NaN;
    return () => {
      this.advance();
      if (this.mute || !this.open) return null;
      const speed = this.playing ? this.speed : 1;
      if (next === null || ward !== this.ward || paper !== speed) next = (ward = this.ward).watch({ bed: request.bed, network: request.network });
      paper = speed;
      const frame = next();
      const shown = frame === null ? null : { ...frame, beds: frame.beds.map((bed) => ({ ...bed, mode: "replay" as const })), waves: speed > 0 && speed <= 10 ? frame.waves : [] };
      return { replay: this.state(), ward: shown };
    };
  }

  private obey(order: Partial<ReplayControlDto>): void {
    this.advance();
    this.orders.push(order);
    this.playing = order.playing ?? this.playing;
    this.speed = order.speed ?? this.speed;
    if (order.positionMs !== undefined && order.positionMs !== null) {
      this.positionMs = Math.min(this.firstMs + LENGTH_MS, Math.max(this.firstMs, order.positionMs));
      this.ward = this.newWard();
    }
  }

  private advance(): void {
    const nowMs = performance.now();
    if (this.playing) this.positionMs = Math.min(this.firstMs + LENGTH_MS, this.positionMs + (nowMs - this.movedMs) * (this.speed === 0 ? 6_000 : this.speed));
    this.movedMs = nowMs;
    this.ward.advance();
  }

  private newWard(): FakeWard {
    const ward = new FakeWard(this.beds, () => this.positionMs);
    if (this.beds >= 12) setScene(ward, this.positionMs);
    return ward;
  }

  private state(): ReplayDto {
    const ended = this.positionMs >= this.firstMs + LENGTH_MS;
    return {
      session: SESSION, capture: "ward", state: ended ? "ended" : this.playing ? "playing" : "paused", playing: this.playing, speed: this.speed,
      firstMs: this.firstMs, lastMs: this.firstMs + LENGTH_MS, positionMs: this.positionMs, progress: 1, failure: "",
    };
  }

  private timeline(): ReplayTimelineDto {
    const mark = (fromTenS: number, toTenS: number | null, kind: string, severity: ReplayTimelineDto["marks"][number]["severity"], text: string) => ({
      startMs: this.firstMs + fromTenS * 10_000, endMs: toTenS === null ? null : this.firstMs + toTenS * 10_000, kind, what: "device", severity, subject: "chu/icu1/bed-02/mon1", text,
    });
    return {
      throughMs: this.firstMs + LENGTH_MS, complete: true, omitted: 0,
      marks: [
        mark(100, 130, "alarm", "high", "Ventricular tachycardia"), mark(200, 320, "alarm", "medium", "SpO2 low"), mark(50, 90, "alarm", "low", "Leads off"),
        mark(300, 340, "link", "medium", "silent"), mark(420, 421, "device", "info", "restarted"), mark(500, null, "alarm", "medium", "ABP low"),
      ],
    };
  }
}
