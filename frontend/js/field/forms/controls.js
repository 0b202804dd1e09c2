// What a question looks like. Each control tells `set` the whole answer whenever it changes.
import { field, h, para, textInput } from "../dom.js";
import { day, said, t, spoken } from "../words.js";
import { isAsked, NO_ANSWERS } from "./asked.js";
import { photoControl } from "./photo_control.js";

const FEW = 7; // choices that are shown at once
const NAMES = { dir: "auto", autocapitalize: "words" };

/** Draw one question. `given` has the `value`, the `fault`, what to `set`, and the draft it belongs to. */
export function control(question, id, given) {
  if (question.type === "note") return para(said(question.label));
  const drawn = DRAWN[question.type] ?? DRAWN.text;
  const box = h("div", { class: "kf-question", "data-question": question.name }, drawn(question, id, given));
  if (question.unknown) box.append(withoutAnswer(question, id, given, box));
  return box;
}

/** Show of some questions those that are asked, after each answer anew. */
export function relevance(questions, boxes, answers, whole) {
  questions.forEach((question, at) => { boxes[at].hidden = !isAsked(question, answers(), whole()); });
}

const textOf = (value) => (typeof value === "string" ? value : value?.text ?? "");
const shown = (question, { fault }) => ({ hint: said(question.hint), fault: fault && t(fault) });

function text(question, id, given) {
  const long = question.type === "text";
  const input = h(long ? "textarea" : "input", {
    class: `${long ? "govuk-textarea" : "govuk-input"}${given.fault ? " govuk-input--error" : ""}`,
    id, name: id, autocomplete: "off", spellcheck: "false", dir: "auto", ...(long ? { rows: "3" } : { type: "text", ...NAMES }),
    value: textOf(given.value),
    oninput: () => given.set(wrap(question, input.value)),
  });
  return field(said(question.label), input, shown(question, given));
}

const wrap = (question, typed) => (question.type === "place" && typed ? { text: typed } : typed);

function choice(question, id, given) {
  return question.choices.length > FEW ? select(question, id, given) : radios(said(question.label), id, question.choices, given.value, given.set, shown(question, given));
}

function select(question, id, given) {
  const input = h("select", { class: "govuk-select kf-wide", id, name: id, onchange: () => given.set(input.value) },
    h("option", { value: "" }, t("choose")), question.choices.map((each) => h("option", { value: each.name }, said(each.label))));
  input.value = textOf(given.value);
  return field(said(question.label), input, shown(question, given));
}

/** A question with few answers: each as large as a thumb. */
export function radios(label, id, choices, value, set, { hint = "", fault = "" } = {}) {
  const items = choices.map((each, at) => h("div", { class: "govuk-radios__item" },
    h("input", { class: "govuk-radios__input", type: "radio", name: id, id: at ? `${id}-${at}` : id, value: each.name, checked: value === each.name, onchange: () => set(each.name) }),
    h("label", { class: "govuk-label govuk-radios__label", for: at ? `${id}-${at}` : id }, said(each.label))));
  return h("div", { class: `govuk-form-group${fault ? " govuk-form-group--error" : ""}` },
    h("fieldset", { class: "govuk-fieldset" },
      h("legend", { class: "govuk-fieldset__legend kf-label" }, label),
      hint && h("div", { class: "govuk-hint" }, hint),
      fault && h("p", { class: "govuk-error-message" }, fault),
      h("div", { class: "govuk-radios" }, items)));
}

/** A date as far as it is known: a year, a month if it is known, a day. */
function date(question, id, given) {
  const [year = "", month = "", dayOf = ""] = textOf(given.value).replace("~", "").split("-");
  const part = (name, value, length) => textInput(`${id}${name && `-${name}`}`, {
    inputmode: "numeric", maxlength: String(length), value, class: `govuk-input govuk-input--width-${length === 4 ? 4 : 2}`, oninput: tell,
  });
  const about = h("input", { class: "govuk-checkboxes__input", type: "checkbox", id: `${id}-about`, checked: textOf(given.value).endsWith("~"), onchange: tell });
  const parts = [part("", year, 4), part("month", month.replace(/^0/, ""), 2), part("day", dayOf.replace(/^0/, ""), 2)];
  function tell() {
    const [y, m, d] = parts.map((each) => western(each.value));
    const known = [y, m && m.padStart(2, "0"), d && d.padStart(2, "0")];
    const written = d && !m ? known.join("-") : known.filter(Boolean).join("-");
    given.set(written && `${written}${about.checked ? "~" : ""}`);
  }
  const labelled = (name, input) => h("div", { class: "kf-date__part" }, h("label", { class: "govuk-label", for: input.id }, t(name)), input);
  return h("div", { class: `govuk-form-group${given.fault ? " govuk-form-group--error" : ""}` },
    h("fieldset", { class: "govuk-fieldset" },
      h("legend", { class: "govuk-fieldset__legend kf-label" }, said(question.label)),
      h("div", { class: "govuk-hint" }, t("date_hint")),
      given.fault && h("p", { class: "govuk-error-message" }, t(given.fault)),
      h("div", { class: "kf-date" }, labelled("year", parts[0]), labelled("month", parts[1]), labelled("day", parts[2])),
      h("div", { class: "govuk-checkboxes govuk-checkboxes--small" }, h("div", { class: "govuk-checkboxes__item" }, about, h("label", { class: "govuk-label govuk-checkboxes__label", for: about.id }, t("about"))))));
}

/** Digits of every script as those of ours. */
export const western = (typed) => typed.trim().replace(/[٠-٩]/g, (sign) => sign.charCodeAt(0) - 0x660).replace(/[۰-۹]/g, (sign) => sign.charCodeAt(0) - 0x6f0);

/** An age in whole years, or from one to another, as of today. */
function age(question, id, given) {
  const value = given.value && !given.value.answer ? given.value : {};
  const asOf = value.as_of ?? given.today;
  const years = (name, start) => textInput(`${id}${name}`, { inputmode: "numeric", maxlength: "3", class: "govuk-input govuk-input--width-3", value: start ?? "", oninput: tell });
  const from = years("", value.age);
  const to = years("-to", value.age_to);
  const whole = (input) => (/^\d+$/.test(western(input.value)) ? Number(western(input.value)) : western(input.value));
  function tell() {
    if (!from.value.trim() && !to.value.trim()) given.set("");
    else given.set({ age: whole(from), as_of: asOf, ...(to.value.trim() ? { age_to: whole(to) } : {}) });
  }
  return h("div", { class: `govuk-form-group${given.fault ? " govuk-form-group--error" : ""}` },
    h("fieldset", { class: "govuk-fieldset" },
      h("legend", { class: "govuk-fieldset__legend kf-label" }, said(question.label)),
      h("div", { class: "govuk-hint" }, t("age_hint", { day: day(asOf) })),
      given.fault && h("p", { class: "govuk-error-message" }, t(given.fault)),
      h("div", { class: "kf-date" },
        h("div", { class: "kf-date__part" }, h("label", { class: "govuk-label", for: from.id }, t("years")), from),
        h("div", { class: "kf-date__part" }, h("label", { class: "govuk-label", for: to.id }, t("years_to")), to))));
}

/** Consent: what was answered, and by whom. */
function consent(question, id, given) {
  const value = { ...given.value };
  // In which language it was explained is a part of what was agreed to.
  const change = (name) => (answer) => { value[name] = answer; given.set({ ...value, language: spoken() }); };
  const state = radios(said(question.label), id, question.choices, value.state, change("state"), { fault: given.fault === "fault_consent" ? t(given.fault) : "" });
  const giver = radios(t("who_answers"), `${id}-giver`, question.givers ?? [], value.giver, change("giver"), { fault: given.fault === "fault_giver" ? t(given.fault) : "" });
  return [state, giver];
}

/** "Unknown", "refused", "not asked": an answer too, and another one each. */
function withoutAnswer(question, id, given, box) {
  const chips = NO_ANSWERS.map((answer) => {
    const chip = h("button", { class: "kf-chip", type: "button", id: `${id}-${answer}`, "aria-pressed": String(given.value?.answer === answer) }, t(`answer_${answer}`));
    chip.addEventListener("click", () => {
      const on = chip.getAttribute("aria-pressed") !== "true";
      chips.forEach((each) => each.setAttribute("aria-pressed", String(on && each === chip)));
      if (on) clear(box);
      given.set(on ? { answer } : "");
    });
    return chip;
  });
  box.addEventListener("input", () => chips.forEach((each) => each.setAttribute("aria-pressed", "false")));
  return h("div", { class: "kf-chips", role: "group", "aria-label": t("no_answer", { question: said(question.label) }) }, chips);
}

function clear(box) {
  for (const each of box.querySelectorAll("input, textarea, select")) {
    if (each.type === "radio" || each.type === "checkbox") each.checked = false;
    else each.value = "";
  }
}

const DRAWN = { text, name: text, place: text, choice, date, age, consent, photo: photoControl };
