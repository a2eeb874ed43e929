import { chooseLanguage, type Language } from "./language";

const KEY = "fieldnet.language";

/** The language of this screen, live and replay alike. */
export function rememberedLanguage(): Language {
  return chooseLanguage(localStorage.getItem(KEY), navigator.languages);
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}
