/**
 * What the agent streams to a page: the records of `FieldNet.Dashboard.Stream`, in the same names, camelCase.
 * A test on the C# side compares the property names, so each interface stays plain: `prop: type;` and nothing else.
 * Times are UTC milliseconds of log time.
 */

export interface WatchRequest {
  bed: string | null;
  network: boolean;
}

export interface WardFrame {
  sequence: number;
  record: number;
  logTimeMs: number;
  full: boolean;
  site: string;
  beds: BedDto[];
  heard: number[];
  waves: WaveDto[];
  agent: AgentDto | null;
  incidents: IncidentMarkDto[] | null;
  watchdogs: WatchdogMarkDto[] | null;
  network: NetworkDto | null;
}

export interface BedDto {
  index: number;
  key: string;
  ward: string;
  bed: string;
  state: BedState;
  alarm: AlarmLevel;
  cause: string;
  link: LinkGrade;
  mode: Mode;
  delayMs: number | null;
  lossRatio: number | null;
  devices: DeviceDto[];
  numerics: NumericDto[];
  waves: WaveInfoDto[];
  alarms: AlarmDto[];
}

export interface DeviceDto {
  id: string;
  state: BedState;
  reported: string;
  maker: string;
  model: string;
  serial: string;
  firmware: string;
  onMains: boolean | null;
  batteryPercent: number | null;
  link: LinkGrade;
  delayMs: number | null;
  lossRatio: number | null;
  messagesPerSecond: number;
}

export interface NumericDto {
  signal: string;
  device: string;
  value: number | null;
  text: string;
  state: ValueState;
  validity: string;
  intermittent: boolean;
  atMs: number;
  removeAtMs: number | null;
}

export interface WaveInfoDto {
  signal: string;
  device: string;
  state: ValueState;
  samplePeriodUs: number;
  blankAtMs: number;
}

export interface AlarmDto {
  id: string;
  device: string;
  priority: AlarmLevel;
  phase: AlarmPhase;
  kind: string;
  event: string;
  source: string;
  text: string;
  value: number | null;
  lowLimit: number | null;
  highLimit: number | null;
  unit: string;
  audioOff: boolean;
  sinceMs: number;
}

export interface WaveDto {
  bed: number;
  signal: string;
  device: string;
  timeMs: number;
  samplePeriodUs: number;
  gain: number;
  offset: number;
  data: string;
}

export interface AgentDto {
  version: string;
  mode: Mode;
  startedMs: number;
  faults: string[];
}

/** One row of `GET /api/signals`. */
export interface SignalDto {
  id: string;
  code: number;
  kind: string;
  unit: string;
  labelEn: string;
  labelFr: string;
  decimals: number;
}

export type BedState = "live" | "late" | "stale" | "lost" | "setup" | "standby" | "empty";
export type ValueState = "live" | "late" | "stale" | "lost";
export type AlarmLevel = "none" | "low" | "medium" | "high";
export type AlarmPhase = "active_unack" | "active_ack" | "latched" | "unknown";
export type LinkGrade = "good" | "fair" | "poor" | "lost" | "unknown";
export type Mode = "real" | "test" | "demo" | "replay";

export interface ReplayWatchRequest {
  session: string;
  bed: string | null;
  network: boolean;
}

export interface ReplayFrame {
  replay: ReplayDto;
  ward: WardFrame | null;
}

export interface ReplayDto {
  session: string;
  capture: string;
  state: ReplayState;
  playing: boolean;
  speed: number;
  firstMs: number;
  lastMs: number;
  positionMs: number;
  progress: number;
  failure: string;
}

export interface ReplayControlDto {
  playing: boolean | null;
  speed: number | null;
  positionMs: number | null;
}

export interface ReplayOpenDto {
  capture: string;
}

export interface ReplayTimelineDto {
  throughMs: number;
  complete: boolean;
  omitted: number;
  marks: ReplayMarkDto[];
}

export interface ReplayMarkDto {
  startMs: number;
  endMs: number | null;
  kind: string;
  what: string;
  severity: Severity;
  subject: string;
  text: string;
}

export interface CaptureDto {
  id: string;
  name: string;
  kind: string;
  firstMs: number | null;
  modifiedMs: number;
  bytes: number;
}

export type ReplayState = "seeking" | "playing" | "paused" | "ended" | "failed";
export type Severity = "high" | "medium" | "low" | "info";

export interface SeriesListDto {
  bed: string;
  series: SeriesDto[];
}

export interface SeriesDto {
  device: string;
  signal: string;
  unit: string;
  labelEn: string;
  labelFr: string;
  decimals: number;
  firstMs: number;
  lastMs: number;
}

export interface TrendDto {
  bed: string;
  device: string;
  signal: string;
  unit: string;
  decimals: number;
  fromMs: number;
  toMs: number;
  resolutionMs: number;
  bucketMs: number;
  gapMs: number;
  timesMs: number[];
  count: number[];
  min: number[];
  mean: number[];
  max: number[];
  late: number[];
}

export interface EventsDto {
  events: EventLine[];
  more: boolean;
}

/** A line of the event file. */
export interface EventLine {
  n: number;
  t: string;
  kind: string;
  what: string;
  subject: string;
  cause: string;
  severity: Severity;
  phase: "start" | "update" | "end";
  beds: string[];
  evidence: Record<string, unknown>;
  id: string;
}

export interface WavesDto {
  bed: string;
  device: string;
  signal: string;
  unit: string;
  fromMs: number;
  toMs: number;
  thinned: boolean;
  pieces: WavePieceDto[];
}

export interface WavePieceDto {
  startMs: number;
  stepMs: number;
  late: boolean;
  min: (number | null)[];
  max: (number | null)[];
}

/** An open incident, as every page shows it. */
export interface IncidentMarkDto {
  id: string;
  what: string;
  cause: string;
  subject: string;
  sinceMs: number;
  beds: string[];
}

export interface WatchdogMarkDto {
  ward: string;
  sequence: number;
}

/** The network page's content, `GET /api/network`; null is unknown. */
export interface NetworkDto {
  record: number;
  logTimeMs: number;
  sources: SourceDto[];
  paths: PathDto[];
  incidents: IncidentDto[];
  watchdogs: WatchdogDto[];
}

export interface SourceDto {
  name: string;
  kind: string;
  reached: boolean;
  sinceMs: number;
  reportedMs: number;
  error: string;
  facts: string[];
}

export interface PathDto {
  bed: string;
  device: string;
  chain: IdentityDto[];
  missing: string[];
  history: IdentityChangeDto[];
  budget: BudgetDto;
  rsrpDbm: number | null;
  sinrDb: number | null;
  link: LinkGrade;
}

export interface IdentityDto {
  step: string;
  value: string;
  confidence: number;
  from: string;
  sinceMs: number;
  planned: string | null;
}

export interface IdentityChangeDto {
  atMs: number;
  step: string;
  before: string;
  after: string;
}

export interface BudgetDto {
  fiveQi: number | null;
  plannedFiveQi: number | null;
  delayBudgetMs: number | null;
  delayP98Ms: number | null;
  lossBudget: number | null;
  lossRatio: number | null;
  linkAvailability: number | null;
  serviceAvailability: number | null;
  observedS: number;
  findings: string[];
}

export interface IncidentDto {
  id: string;
  what: string;
  cause: string;
  subject: string;
  severity: Severity;
  sinceMs: number;
  endMs: number | null;
  beds: string[];
  children: number;
  evidence: Record<string, unknown>;
}

export interface WatchdogDto {
  ward: string;
  sequence: number;
  sentMs: number | null;
  hops: WatchdogHopDto[];
  missed: boolean;
}

export interface WatchdogHopDto {
  name: string;
  ms: number | null;
}
