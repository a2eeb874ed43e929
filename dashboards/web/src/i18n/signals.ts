import type { SignalDto } from "../hub/contract";
import type { Language } from "./language";

const UNITS: Readonly<Record<string, string>> = {
  "mm[Hg]": "mmHg", "cm[H2O]": "cmH₂O", "Cel": "°C", "1": "", "Ohm": "Ω", "ug/kg/min": "µg/kg/min",
};

/** UCUM as people write it. */
export function unitText(ucum: string): string {
  return UNITS[ucum] ?? ucum;
}

/** Labels and units of signals, from the agent's table; a signal that isn't in it is shown by its id. */
export class SignalNames {
  private readonly byId: ReadonlyMap<string, SignalDto>;

  constructor(signals: readonly SignalDto[]) {
    this.byId = new Map(signals.map((signal) => [signal.id, signal]));
  }

  label(id: string, language: Language): string {
    const signal = this.byId.get(id);
    const label = language === "fr" ? signal?.labelFr : signal?.labelEn;
    return label === undefined || label === "" ? id : label;
  }

  unit(id: string): string {
    return unitText(this.byId.get(id)?.unit ?? "");
  }

  /** Short enough for a lane: the lead of an ECG, else the label without the word that says what everybody sees. */
  lane(id: string, language: Language): string {
    const lead = /^MDC_ECG_ELEC_POTL_(\w+)$/.exec(id)?.[1];
    if (lead === undefined) return this.label(id, language).replace(/ (wave|courbe)$/i, "");
    return /^AV[RLF]$/.test(lead) ? `aV${lead.slice(2)}` : lead;
  }
}
