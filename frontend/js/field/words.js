// The words of the screens, in every language, offline.
import ar from "./words/ar.json";
import en from "./words/en.json";
import ru from "./words/ru.json";

const CATALOGUES = { en, ru, ar };
export const LANGUAGES = [["en", "English"], ["ru", "Русский"], ["ar", "العربية"]];
const CHOSEN = "kinward-field-language";

let language = "en";
export const spoken = () => language;
export const isRightToLeft = () => language === "ar";

/** Speak the language chosen before on this phone, else the phone's own, else English. */
export function chooseLanguage(wanted = localStorage.getItem(CHOSEN)) {
  const liked = [wanted, ...navigator.languages.map((each) => each.slice(0, 2))];
  language = liked.find((each) => each in CATALOGUES) ?? "en";
  if (wanted) localStorage.setItem(CHOSEN, language);
  return language;
}

/** Return a text; `n` chooses the form of a plural, and names in braces are filled in. */
export function t(name, filled = {}) {
  const catalogue = CATALOGUES[language];
  const form = "n" in filled ? `${name}.${new Intl.PluralRules(language).select(filled.n)}` : name;
  const text = catalogue[form] ?? catalogue[`${name}.other`] ?? catalogue[name];
  if (text === undefined) throw new Error(`no words for ${name}`);
  const shown = "n" in filled ? { ...filled, n: number(filled.n) } : filled;
  return text.replace(/\{(\w+)\}/g, (_, key) => shown[key]);
}

/** Return what a form says in the language of now. */
export const said = (words) => words?.[language] ?? words?.en ?? "";
export const number = (value) => new Intl.NumberFormat(language, { numberingSystem: "latn" }).format(value);
export const moment = (at) => new Intl.DateTimeFormat(language, { dateStyle: "medium", timeStyle: "short", numberingSystem: "latn" }).format(new Date(at));
export const day = (at) => new Intl.DateTimeFormat(language, { dateStyle: "long", numberingSystem: "latn" }).format(new Date(at));
