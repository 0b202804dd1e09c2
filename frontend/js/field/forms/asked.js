// What a form asks, given what was answered: pages, faults, and what is told in the end. Pure.
//
// A draft holds `answers` (by the name of a question; of a group that repeats a list of objects) and
// `consents` (by the name of a question).
export const SHORT = 3; // questions a page of a small screen takes
export const NO_ANSWERS = ["unknown", "refused", "not_asked"];
const EDTF = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?~?$/;
const OLDEST = 120; // years

export const isEmpty = (value) => value === undefined || value === null || value === ""
  || (Array.isArray(value) && value.length === 0)
  || (typeof value === "object" && !Array.isArray(value) && Object.values(value).every(isEmpty));

/** Whether what is asked only under a condition is asked here. */
export const holds = (relevant, answers) => !relevant || answers?.[relevant.question] === relevant.equals;
export const isAsked = (question, answers, whole = answers) => holds(question.relevant, { ...whole, ...answers });

/** The pages of a form in their order: `{group, questions}`, and of a group that repeats one page. */
export function pagesOf(form, answers) {
  const pages = [];
  for (const group of form.groups.filter((each) => holds(each.relevant, answers))) {
    const questions = group.questions.filter((each) => !isGiven(each, answers));
    if (group.repeat) {
      pages.push({ group, questions });
      continue;
    }
    const most = questions.some((each) => each.type === "consent") ? 1 : SHORT;
    for (let at = 0; at < questions.length; at += most) {
      const some = questions.slice(at, at + most);
      if (some.some((each) => isAsked(each, answers))) pages.push({ group, questions: some });
    }
  }
  return pages;
}

/** The mark of a group is given by the phone; nobody types it, nor tells of a group that is none. */
const isGiven = ({ name }, answers) => name === "group" || (name === "group_note" && !answers.group);

/** Whether a date, as far as it is known, is one: 2012, 2012-05, 2012-05-30, 2012~. */
export function isDate(text) {
  const found = EDTF.exec(text ?? "");
  if (!found) return false;
  const [year, month, day] = found.slice(1).map((part) => (part === undefined ? 1 : Number(part)));
  const given = new Date(Date.UTC(year, month - 1, day));
  return year >= 1000 && given.getUTCMonth() === month - 1 && given.getUTCDate() === day;
}

function isAge({ age, age_to: to = age, as_of: asOf }) {
  const whole = (years) => Number.isInteger(years) && years >= 0 && years <= OLDEST;
  return whole(age) && whole(to) && age <= to && isDate(asOf) && asOf.length === 10;
}

/** What is wrong with one answer: the name of a text, or nothing. */
export function faultOf(question, value) {
  if (isEmpty(value)) return question.required ? "fault_missing" : "";
  if (NO_ANSWERS.includes(value.answer)) return question.unknown ? "" : "fault_missing";
  if (question.type === "date") return isDate(value) ? "" : "fault_date";
  if (question.type === "age") return isAge(value) ? "" : "fault_age";
  if (question.type === "choice") return question.choices.some((each) => each.name === value) ? "" : "fault_choice";
  return "";
}

function faultOfConsent(question, given) {
  if (!given?.state) return question.required ? "fault_consent" : "";
  return given.giver ? "" : "fault_giver";
}

/** A photograph is kept only where somebody agreed to it: asked of the same form, if it asks. */
function faultOfPhoto(form, question, value, consents) {
  const asks = form.groups.flatMap((group) => group.questions).find((each) => each.type === "consent" && each.purpose === "photo");
  return question.type === "photo" && !isEmpty(value) && asks && consents[asks.name]?.state !== "given" ? "fault_photo" : "";
}

/** Everything that is wrong with a draft: `{page, index, question, fault}`, in the order of the form. */
export function faultsOf(form, { answers, consents }) {
  const faults = [];
  pagesOf(form, answers).forEach(({ group, questions }, page) => {
    const look = (question, of, index) => {
      if (!isAsked(question, of, answers) || question.type === "note") return;
      const fault = question.type === "consent" ? faultOfConsent(question, consents[question.name]) : faultOf(question, of[question.name]) || faultOfPhoto(form, question, of[question.name], consents);
      if (fault) faults.push({ page, index, question, fault });
    };
    if (!group.repeat) questions.forEach((each) => look(each, answers));
    else (answers[group.name] ?? []).forEach((row, index) => !isEmpty(row) && questions.forEach((each) => look(each, row, index)));
  });
  return faults;
}

/** What is sealed: what was asked and answered, nothing that a changed answer left behind. */
export function toldBy(form, { answers, consents }) {
  const kept = {};
  const given = [];
  const keep = (question, from, into) => {
    if (isAsked(question, from, answers) && !isEmpty(from[question.name])) into[question.name] = from[question.name];
  };
  for (const group of form.groups.filter((each) => holds(each.relevant, answers))) {
    if (group.repeat) {
      const rows = (answers[group.name] ?? []).map((row) => {
        const told = {};
        group.questions.forEach((each) => keep(each, row, told));
        return told;
      }).filter((row) => !isEmpty(row));
      if (rows.length) kept[group.name] = rows;
      continue;
    }
    for (const question of group.questions) {
      const said = consents[question.name];
      if (question.type !== "consent") keep(question, answers, kept);
      else if (said?.state) given.push({ ...said, purpose: question.purpose });
    }
  }
  return { answers: kept, consents: given };
}

/** Fit a draft of an older form into the form of now. What has no place there stays beside it, to be read. */
export function fitted(draft, form) {
  const named = new Map(form.groups.flatMap((group) => [
    ...(group.repeat ? [[group.name, group]] : group.questions.map((each) => [each.name, each])),
  ]));
  const answers = {};
  const left = [...(draft.left ?? [])];
  for (const [name, value] of Object.entries(draft.answers)) {
    const place = named.get(name);
    if (place && fits(place, value)) answers[name] = value;
    else if (!isEmpty(value)) left.push({ name, value });
  }
  return { ...draft, form: form.version, answers, left, page: 0 };
}

/** Whether an old answer may stand under a question, or under a group that repeats. */
function fits(place, value) {
  if (place.repeat) return Array.isArray(value);
  if (isEmpty(value) || NO_ANSWERS.includes(value.answer)) return true;
  const shape = { age: "object", place: "object", count: "object" }[place.type] ?? "string";
  return typeof value === shape && !faultOf(place, value);
}

/** A few words that tell one draft from another: the first names in it, else the first text. */
export function labelOf(form, { answers }) {
  const names = [];
  for (const group of form.groups) {
    for (const row of group.repeat ? answers[group.name] ?? [] : [answers]) {
      for (const question of group.questions) {
        const value = row[question.name];
        if ((question.type === "name" || question.name === "list_name") && typeof value === "string" && value) names.push(value);
      }
    }
  }
  return names[0] ?? "";
}
