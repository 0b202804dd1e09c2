// All that a draft says, to be read through before it is finished.
import { h } from "../dom.js";
import { isAsked, isEmpty, NO_ANSWERS, pagesOf } from "../forms/asked.js";
import { said, t } from "../words.js";

const labelled = (choices, name) => said(choices?.find((each) => each.name === name)?.label) || name;

/** An answer as a person reads it. */
function read(question, value) {
  if (isEmpty(value)) return null;
  if (NO_ANSWERS.includes(value.answer)) return t(`answer_${value.answer}`);
  if (question.type === "choice") return labelled(question.choices, value);
  if (question.type === "age") return [value.age, value.age_to].filter((each) => each !== undefined).join("–");
  if (question.type === "consent") return [labelled(question.choices, value.state), value.giver && labelled(question.givers, value.giver)].filter(Boolean).join(" · ");
  if (question.type === "photo") return t("photo_taken");
  if (question.type === "count") return t("seen_of", { n: value.length });
  return typeof value === "string" ? value : value.text;
}

export function answersOf(form, draft) {
  const rows = [];
  pagesOf(form, draft.answers).forEach(({ group, questions }, page) => {
    const to = `#/draft/${draft.id}/${page}`;
    for (const answers of group.repeat ? draft.answers[group.name] ?? [] : [draft.answers]) {
      for (const question of questions.filter((each) => isAsked(each, answers, draft.answers))) {
        const text = read(question, question.type === "consent" ? draft.consents[question.name] : answers[question.name]);
        if (text !== null) rows.push(h("div", { class: "kf-told" }, h("dt", {}, h("a", { class: "govuk-link", href: to }, said(question.label))), h("dd", {}, h("bdi", {}, text))));
      }
    }
  });
  return h("dl", { class: "kf-tolds" }, rows);
}
