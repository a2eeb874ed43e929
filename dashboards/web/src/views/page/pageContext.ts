import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Mode } from "../../hub/contract";
import type { SignalNames } from "../../i18n/signals";
import { Speech } from "../../i18n/language";
import { SignalNames as Names } from "../../i18n/signals";
import type { Moment } from "../../state/freshness";
import { WardModel } from "../../state/model";
import { Painter } from "../trace/painter";

/** What every panel needs: the moment, the language, the names, and where waves are. */
export interface PageContext {
  readonly now: Moment;
  readonly speech: Speech;
  readonly names: SignalNames;
  readonly painter: Painter;
  readonly model: WardModel;
  readonly agentMode: Mode;
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
  go: () => undefined,
});

export const PageProvider = Context.Provider;

export function usePage(): PageContext {
  return useContext(Context);
}
