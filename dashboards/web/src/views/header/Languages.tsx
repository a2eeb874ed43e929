import { LANGUAGES, type Language } from "../../i18n/language";
import { usePage } from "../page/pageContext";

/** The choice of language. */
export function Languages({ onLanguage }: { readonly onLanguage: (language: Language) => void }) {
  const { speech } = usePage();
  return (
    <span class="languages" role="group" aria-label={speech.say("app.language")}>
      {LANGUAGES.map((language) => (
        <button key={language} type="button" lang={language} aria-pressed={language === speech.language} onClick={() => onLanguage(language)}>
          {language.toUpperCase()}
        </button>
      ))}
    </span>
  );
}
