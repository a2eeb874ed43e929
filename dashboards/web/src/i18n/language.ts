import { en, type Key } from "./en";
import { fr } from "./fr";

export type Language = "en" | "fr";
export type { Key };

export const LANGUAGES: readonly Language[] = ["fr", "en"];
const CATALOGUES: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, fr };

/** The hand's choice if there was one, else the first of the browser's languages that we speak, else English. */
export function chooseLanguage(remembered: string | null, browser: readonly string[]): Language {
  const wanted = [remembered ?? "", ...browser].map((tag) => tag.slice(0, 2).toLowerCase());
  return LANGUAGES.find((language) => language === wanted.find((tag) => isLanguage(tag))) ?? "en";
}

function isLanguage(tag: string): tag is Language {
  return tag === "en" || tag === "fr";
}

/** Says a sentence of the catalogue. */
export class Speech {
  private readonly catalogue: Readonly<Record<Key, string>>;

  constructor(readonly language: Language) {
    this.catalogue = CATALOGUES[language];
  }

  say(key: Key, args: Readonly<Record<string, string | number>> = {}): string {
    return this.catalogue[key].replace(/\{(\w+)\}/g, (hole, name: string) => String(args[name] ?? hole));
  }

  /** For names that come from the agent (`cause.…`, `fault.…`): one that isn't in the catalogue is shown as it came. */
  name(prefix: "cause" | "fault" | "number" | "alarm" | "event" | "kind" | "what" | "step" | "hop", id: string): string {
    const key = `${prefix}.${id.toLowerCase()}`;
    return this.has(key) ? this.catalogue[key] : id;
  }

  age(ms: number): string {
    const s = Math.floor(ms / 1_000);
    if (s < 1) return this.say("age.now");
    if (s < 60) return this.say("age.seconds", { s });
    const m = Math.floor(s / 60);
    if (m < 10) return this.say("age.minutes", { m, s: s % 60 });
    if (m < 60) return this.say("age.wholeMinutes", { m });
    const h = Math.floor(m / 60);
    return h < 24 ? this.say("age.hours", { h, m: m % 60 }) : this.say("age.days", { d: Math.floor(h / 24), h: h % 24 });
  }

  /** `bed-03` as staff say it; any other name as it is. */
  bed(name: string): string {
    const number = /^(?:bed|lit)[-_]?(\w+)$/i.exec(name)?.[1];
    return number === undefined ? name : this.say("bed.name", { name: number });
  }

  private has(key: string): key is Key {
    return key in this.catalogue;
  }
}
