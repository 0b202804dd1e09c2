// What a word of a name is found by: a port of kinmatch/names/skeletons.py and of what it builds
// on, over the same tables. Tests compare the two on 10,000 names: change both, never one.
import known from "./names.js";

const LONGEST = 40; // letters of a form; what is longer is no name
const SHORTEST_STEM = 3;
const PALOCHKA = "\u04c0";
const CHANGED = "кгптхцчКГПТХЦЧ"; // letters whose sound a palochka changes

const pairs = (text) => new Map(text.split("|").map((pair) => pair.split("\t")));
const of = (object, make) => Object.fromEntries(Object.entries(object).map(([name, value]) => [name, make(value)]));
const FOLDED = of(known.folds, pairs);
const LATIN = of(known.latin, lettersOf);
const BONES = lettersOf(known.bones);
const IRREGULAR = pairs(known.fathers);
const SAYS = new Set(known.says.split(" "));
const PATRONYMICS = endingsOf(known.patronymics);
const FEMININE = endingsOf(known.feminine);
const STEMS = endingsOf(known.stems);
const NUMBERS = new Map();
known.spellings.split("|").forEach((forms, number) => forms.split(" ").forEach((form) => NUMBERS.set(form, number)));
const SHORT = new Map();
for (const [form, ...others] of known.short.split("|").map((line) => line.split(" "))) {
  for (const other of others) {
    SHORT.set(form, (SHORT.get(form) || new Set()).add(other));
    SHORT.set(other, (SHORT.get(other) || new Set()).add(form));
  }
}

// Tables

/** A table of letters, and what finds them, the longest first. */
function lettersOf(text) {
  const table = pairs(text);
  const longest = [...table.keys()].sort((left, right) => right.length - left.length);
  return { table, find: new RegExp(longest.join("|"), "gu") };
}

/** Endings, each with what must stand before it. No look-behind: telephones of old have none. */
function endingsOf(text) {
  return text.split("\n").map((line) => {
    const [script, after, ending, becomes] = line.split("\t");
    return { script, ending, becomes, after: new RegExp(`(?:${after})$`, "u") };
  });
}

/** A word without the longest ending it has, and what the ending becomes; null where it has none. */
function cut(word, endings, script) {
  let best = null;
  for (const one of endings) {
    if (one.script !== script || !word.endsWith(one.ending)) continue;
    const stem = word.slice(0, word.length - one.ending.length);
    if ((!best || one.ending.length > best.ending.length) && one.after.test(stem)) best = { ...one, stem };
  }
  return best;
}

// Scripts

const NOT_SO_NAMED = /[\p{Lm}ªº\u212a\u212b\u2132\u214e\u2183\uff21-\uff5a]/u; // Latin by script only
const LETTER = /\p{L}/u;
const ALNUM = /[\p{L}\p{N}]/u;

function scriptOfLetter(letter) {
  if (letter === "\u0640") return "arabic";
  if (!LETTER.test(letter)) return "";
  if (/\p{Script=Arabic}/u.test(letter)) return "arabic";
  if (/\p{Script=Cyrillic}/u.test(letter) && !/\p{Lm}/u.test(letter)) return "cyrillic";
  return /\p{Script=Latin}/u.test(letter) && !NOT_SO_NAMED.test(letter) ? "latin" : "other";
}

/** The script most letters of a word are in. */
export function scriptOf(word) {
  const counts = {};
  for (const letter of word) {
    const script = scriptOfLetter(letter);
    if (script) counts[script] = (counts[script] || 0) + 1;
  }
  const first = (one, other) => counts[other] - counts[one] || (other > one ? 1 : -1);
  return Object.keys(counts).sort(first)[0] || "other";
}

// Folding: spellings that mean the same letters, made the same

const SILENT = /['’‘`´ʼʻʿʾ′"“”«»()[\]{}*?!]/gu;
const MARKS = "\u0300-\u036f\u0483-\u0489\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u08d3-\u08e1\u08e3-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20dc\ufe20-\ufe2f";
const JOINERS = "\u00ad\u061c\u200c-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff";
const BREAKS = new RegExp(`[^\\p{L}\\p{N}${MARKS}${JOINERS}'’‘\`´ʼʻʿʾ′"“”«»()[\\]{}*?!|]+`, "u");
const COMBINING = /\p{M}/gu;

const translate = (word, table) => Array.from(word, (letter) => (table.has(letter) ? table.get(letter) : letter)).join("");
const isCyrillic = (letter) => letter >= "\u0400" && letter <= "\u04ff";

function foldArabic(word) {
  return translate(word.normalize("NFKC"), FOLDED.arabic).replace(/\u0640/g, "").replace(COMBINING, "");
}

function foldLatin(word) {
  return translate(word.toLowerCase().normalize("NFC"), FOLDED.latin).normalize("NFKD").replace(COMBINING, "");
}

function foldCyrillic(word) {
  const plain = Array.from(translate(withPalochka(word.normalize("NFC")).toLowerCase(), FOLDED.cyrillic));
  const small = (letter) => letter !== undefined && /[а-яё]/.test(letter);
  const vowels = plain.map((letter, at) => (letter === "i" && (small(plain[at - 1]) || small(plain[at + 1])) ? "і" : letter));
  return vowels.join("").replace(COMBINING, "");
}

/** Pass once over the letters of a word; where `typed` says so, one becomes a palochka. */
function palochkas(word, typed) {
  const letters = Array.from(word);
  return letters.map((letter, at) => (typed(letter, letters, at) ? PALOCHKA : letter)).join("");
}

/** What people type for a palochka, as the palochka. */
function withPalochka(word) {
  if (!/[\u0400-\u04ff]/.test(word)) return word;
  const bars = palochkas(word.replace(/\u04cf/g, PALOCHKA), (letter, all, at) => {
    if (!"l1|".includes(letter)) return false;
    const next = at + 1 < all.length && isCyrillic(all[at + 1]);
    const last = at === all.length - 1 && at > 0 && CHANGED.includes(all[at - 1]);
    return (next && (at === 0 || isCyrillic(all[at - 1]))) || last;
  });
  const consonants = palochkas(bars, (letter, all, at) => {
    if (!"IiІі".includes(letter) || at === 0 || !`${CHANGED}ьЬ`.includes(all[at - 1])) return false;
    const next = all[at + 1] || "";
    if (!next || !"аеёиоуыэюАЕЁИОУЫЭЮ".includes(next)) return false;
    return !("иИ".includes(next) && all[at + 2] && "аеєиіїоуюяАЕЄИІЇОУЮЯ".includes(all[at + 2]));
  });
  const started = consonants.replace(/^[IІ](?=[аеиуАЕИУ])/u, PALOCHKA);
  if (!/[\u0430-\u045f]/.test(started)) return started;
  return palochkas(started, (letter, all, at) => "IІ".includes(letter) && at > 0 && /[\p{L}\p{N}_]/u.test(all[at - 1]));
}

const FOLDS = { arabic: foldArabic, cyrillic: foldCyrillic, latin: foldLatin };

/** One word folded by the script most of its letters are in. */
export function foldWord(word) {
  const plain = word.replace(SILENT, "");
  const fold = FOLDS[scriptOf(plain)];
  const folded = fold ? fold(plain) : plain.toLowerCase();
  return folded === word ? folded : foldWord(folded);
}

/** The words of a text: cut at spaces, hyphens, stops and other symbols. */
export const split = (text) => text.split(BREAKS).filter((word) => ALNUM.test(word));

// Keys

/** What a word is compared by in its own script; "" where it is in no known one. */
export function formOf(word) {
  const folded = Array.from(foldWord(word).replace(/[^\p{L}]/gu, "")).slice(0, LONGEST).join("");
  const script = scriptOf(folded);
  if (script !== "arabic") return script === "other" ? "" : folded;
  const servant = folded.replace(/^عبدال(?=..)/u, "عبد#");
  return servant.replace(/^(..+?)ال(دين|له)$/u, "$1#$2").replace(/^ال(?=..)/u, "#");
}

function transliterated(folded) {
  const letters = LATIN[scriptOf(folded)];
  return letters ? folded.replace(letters.find, (found) => letters.table.get(found)) : folded;
}

/** One word folded and in the letters a to z. */
export const plainKey = (word) => transliterated(foldWord(word)).replace(/[^a-z]/g, "");

/** The consonants of a form in one alphabet, none twice in a row. */
export function skeleton(form) {
  const sounds = plainKey(form.replace(/#/g, "")).match(BONES.find) || [];
  return sounds.map((sound) => BONES.table.get(sound)).join("").replace(/(.)\1+/g, "$1");
}

/** The forms of the names a patronymic may be built on. */
export function fathersIn(word) {
  const folded = foldWord(word);
  if (IRREGULAR.has(folded)) return IRREGULAR.get(folded).split(" ");
  const found = cut(folded, PATRONYMICS, scriptOf(folded));
  return found ? found.becomes.split("|").map((end) => formOf(found.stem + end.replace(/=/g, ""))) : [];
}

const scriptOfForm = (form) => scriptOf(form.replace(/#/g, ""));

function masculine(form) {
  const found = cut(form, FEMININE, scriptOfForm(form));
  return found ? found.stem + found.becomes : form;
}

function stemOf(family) {
  const found = cut(family, STEMS, scriptOfForm(family));
  return found && Array.from(found.stem.replace(/^#/, "")).length >= SHORTEST_STEM ? found.stem : "";
}

/** The number of the known name a form spells, -1 for none. */
export const nameNumber = (form) => (NUMBERS.has(form) ? NUMBERS.get(form) : -1);

/** Whether one form may be a short name for another. */
export const isShortFor = (one, other) => SHORT.has(one) && SHORT.get(one).has(other);

/** What one word is found by. */
export function wordKeys(word) {
  const form = formOf(word);
  return {
    written: word,
    form,
    name: nameNumber(form),
    fathers: fathersIn(word),
    stem: stemOf(masculine(form)),
    skeleton: skeleton(form),
    says: SAYS.has(foldWord(word)),
  };
}

/** What each word of a name is found by; words of no known script are left out. */
export const nameKeys = (written) => split(written).map(wordKeys).filter((keys) => keys.form);
