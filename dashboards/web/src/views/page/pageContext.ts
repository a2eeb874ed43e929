import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Mode } from "../../hub/contract";
import type { SignalNames } from "../../i18n/signals";
import { Speech } from "../../i18n/language";
import { SignalNames as Names } from "../../i18n/signals";
import type { Moment } from "../../state/freshness";
import { WardModel, type WardView } from "../../state/model";
import { Painter } from "../trace/painter";

export interface Paths {
  readonly wall: string;
  readonly network: string;
  readonly bed: (ward: string, bed: string) => string;
}

export const LIVE_PATHS: Paths = { wall: "/", network: "/network", bed: (ward, bed) => `/bed/${encodeURIComponent(ward)}/${encodeURIComponent(bed)}` };

/** What every panel needs: the moment, the language, the names, and where waves are. */
export interface PageContext {
  readonly now: Moment;
  readonly speech: Speech;
  readonly names: SignalNames;
  readonly painter: Painter;
  readonly model: WardView;
  readonly agentMode: Mode;
  /** Addresses of the wall, of the network and of a bed: a replay has its own. */
  readonly paths: Paths;
  /** Whether the agent's history is of what is shown; it is not of a capture. */
  readonly hasHistory: boolean;
  /** Why no waveform is drawn, where the stream sends none on purpose; empty otherwise. */
  readonly noWaves: string;
  /** Opens a page of this site without loading it anew. */
  readonly go: (path: string) => void;
}

const Context = createContext<PageContext>({
  now: { pageMs: 0, logMs: 0, dead: true },
  speech: new Speech("en"),
  names: new Names([]),
  painter: new Painter(),
  model: new WardModel(),
  agentMode: "real",
  paths: LIVE_PATHS,
  hasHistory: false,
  noWaves: "",
  go: () => undefined,
});

export const PageProvider = Context.Provider;

export function usePage(): PageContext {
  return useContext(Context);
}
