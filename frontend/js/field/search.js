// Who in the pack may be the child that is about to be registered: looked for by name, in any
// script, before anything is written. It says which name matched and how; people decide.
import { isShortFor, nameKeys, nameNumber, plainKey, wordKeys } from "./keys.js";

// How a typed word and a word of a child's name go together, and how much that says, 0 to 1.
const WORTH = { same: 1, spelling: 0.95, family: 0.9, beginning: 0.85, father: 0.75, short: 0.7, sound: 0.6, near: 0.3 };
const CLOSER = 0.25; // what letters in common add to a likeness by sound
const SAYS_LITTLE = 0.2; // the weight of ibn, Abu, a title, an article
const SHORTEST = 2; // letters of a beginning, consonants of a skeleton
const NEAR_FROM = 3; // consonants; of fewer, one that differs is too much
const NEAR_LETTERS = 0.6; // of the letters alike, where the skeletons say nothing
const ENOUGH = 0.42; // of one word, where others found nothing
const LEAST = 0.3; // of all words together
const CACHED = 2000;
const read = new Map();

function unitsOf(text) {
  if (!read.has(text)) {
    if (read.size >= CACHED) read.clear();
    const words = nameKeys(text);
    // "عبد الرحمن" and "Abd al-Rahman" are one word elsewhere.
    const two = words.slice(1).map((word, at) => ({ ...wordKeys(words[at].written + word.written), written: `${words[at].written} ${word.written}`, at, both: true }));
    read.set(text, { words, units: [...words.map((word, at) => ({ ...word, at })), ...two] });
  }
  return read.get(text);
}

/** Letters to put in, take out or change to make one word of another. */
function edits(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let i = 1; i <= one.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= other.length; j += 1) next[j] = Math.min(next[j - 1] + 1, row[j] + 1, row[j - 1] + (one[i - 1] === other[j - 1] ? 0 : 1));
    row = next;
  }
  return row[other.length];
}

function likeness(one, other) {
  const [left, right] = [plainKey(one.form), plainKey(other.form)];
  return 1 - edits(left, right) / Math.max(left.length, right.length, 1);
}

const sameName = (one, other) => one === other || (nameNumber(one) >= 0 && nameNumber(one) === nameNumber(other));

/** Whether one is the father's name in the other: Руслан in Русланович, or both say one father. */
function sameFather(one, other) {
  const fathers = (word) => (word.fathers.length ? word.fathers : [word.form]);
  if (!one.fathers.length && !other.fathers.length) return false;
  return fathers(one).some((left) => fathers(other).some((right) => sameName(left, right)));
}

function bySound(one, other) {
  const [left, right] = [one.skeleton, other.skeleton];
  if (left.length >= SHORTEST && left === right) return "sound";
  const near = Math.min(left.length, right.length) >= NEAR_FROM && edits(left, right) === 1;
  return near || likeness(one, other) >= NEAR_LETTERS ? "near" : "";
}

/** How two words go together; "" where they do not. */
export function howAlike(typed, word) {
  if (typed.form === word.form) return "same";
  if (typed.name >= 0 && typed.name === word.name) return "spelling";
  if (typed.stem && word.stem && sameName(typed.stem, word.stem)) return "family";
  if (sameFather(typed, word)) return "father";
  if (typed.form.length >= SHORTEST && word.form.startsWith(typed.form)) return "beginning";
  if (isShortFor(typed.form, word.form)) return "short";
  return bySound(typed, word);
}

function worth(how, typed, word) {
  return WORTH[how] + (how === "sound" || how === "near" ? CLOSER * likeness(typed, word) : 0);
}

/** The word of a child's names that goes best with a typed one; null where none does. */
function best(typed, names) {
  let found = null;
  for (const { text, whose } of names) {
    for (const word of unitsOf(text).units) {
      const how = howAlike(typed, word);
      if (!how) continue;
      const score = worth(how, typed, word) * (typed.says ? SAYS_LITTLE : 1);
      if (!found || score > found.score) found = { score, how, typed: typed.written, word: word.written, name: text, whose };
    }
  }
  return found;
}

/** Every name a pack tells of a child: its own, and those of relatives where they were granted. */
export function namesOf(child) {
  const told = (value, whose) => [value ?? []].flat().filter(Boolean).map((text) => ({ text: String(text), whose }));
  return ["names", "name", "father", "mother"].flatMap((key) => told(child[key], key === "names" || key === "name" ? "child" : key));
}

/** What of the typed words is found in a child's names, two words as one where that says more. */
function matches(typed, names) {
  const { words, units } = unitsOf(typed);
  const found = words.map((word) => best(word, names));
  for (const unit of units.filter((each) => each.both)) {
    const both = best(unit, names);
    const apart = ((found[unit.at]?.score ?? 0) + (found[unit.at + 1]?.score ?? 0)) / 2;
    if (both && both.score > apart) found[unit.at] = found[unit.at + 1] = both;
  }
  return { found, weights: words.map((word) => (word.says ? SAYS_LITTLE : 1)) };
}

/**
 * The children of a pack whose names are like what was typed, the likest first:
 * `[{child, score, matched: [{typed, word, name, whose, how}]}]`; `how` is a word of WORTH.
 */
export function search(pack, typed, { most = 10 } = {}) {
  const found = (pack?.children ?? []).map((child) => {
    const { found: each, weights } = matches(typed, namesOf(child));
    const matched = [...new Set(each.filter(Boolean))];
    const sum = each.reduce((total, one) => total + (one?.score ?? 0), 0);
    return { child, score: sum / (weights.reduce((total, weight) => total + weight, 0) || 1), matched };
  });
  const fits = ({ score, matched }) => score >= LEAST || matched.some((each) => each.score >= ENOUGH);
  return found.filter(fits).sort((left, right) => right.score - left.score).slice(0, most);
}
