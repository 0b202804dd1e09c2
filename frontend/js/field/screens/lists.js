// Drafts, Ready and Sent; checking a draft, and finishing one or all.
import { acts, button, goTo, h, heading, note, para, tag } from "../dom.js";
import { faultsOf, labelOf } from "../forms/asked.js";
import { begin, counts, discard, draft as opened, drafts, finalise, ready, sent } from "../ledger.js";
import { moment, said, t } from "../words.js";
import { write, Writing } from "./draft.js";
import { saveQueue } from "./queue.js";
import { answersOf } from "./overview.js";

const titleOf = (phone, kind) => said(phone.form(kind)?.title) || kind;

/** A draft with what is wrong with it, by the form of now. */
function judged(phone, draft) {
  const form = phone.form(draft.kind);
  const faults = form && form.version === draft.form ? faultsOf(form, draft) : [];
  const older = form && form.version !== draft.form;
  return { draft, form, faults, older, fit: Boolean(form) && !older && faults.length === 0 };
}

const name = ({ form, draft }) => (form && labelOf(form, draft)) || draft.about || t("without_name");

function state({ form, faults, older, fit }) {
  if (!form) return tag(t("form_gone"), "amber");
  if (older) return tag(t("form_older"), "amber");
  return fit ? tag(t("fit"), "green") : tag(t("faults", { n: faults.length }), "amber");
}

export async function draftsScreen(app) {
  const found = (await drafts(app.phone.keys)).map((each) => judged(app.phone, each));
  const fit = found.filter((each) => each.fit);
  const rows = found.map((each) => h("li", { class: "kf-item" },
    h("a", { class: "kf-item__link", href: `#/draft/${each.draft.id}/${each.draft.page}` }, h("bdi", {}, name(each))),
    h("span", { class: "kf-item__note" }, titleOf(app.phone, each.draft.kind), " · ", moment(each.draft.changed_at)),
    h("span", { class: "kf-item__note" }, state(each), " ", h("a", { class: "govuk-link", href: `#/check/${each.draft.id}` }, t("check")))));
  return [
    heading(t("drafts")), note(t("drafts_what")), rows.length ? h("ul", { class: "kf-list" }, rows) : para(t("drafts_none")),
    acts(fit.length > 0 && goTo("#/finish", t("finish_all", { n: fit.length })), goTo("#/", t("to_start"), { quiet: fit.length > 0 })),
  ];
}

/** Everything a draft says, what is wrong with it, and its end: finished, or thrown away. */
export async function checkScreen(app, id) {
  const writing = await write(app, id);
  if (!writing || !app.phone.form(writing.draft.kind)) return [heading(t("not_here")), acts(goTo("#/drafts", t("drafts")))];
  const { draft } = writing;
  const found = judged(app.phone, draft);
  app.checking = id;
  const { form, faults } = found;
  return [
    heading(name(found), "m"), note(said(form.title), " · ", t("form_version", { version: form.version.slice(0, 8) })),
    h("div", { class: faults.length ? "govuk-error-summary" : "govuk-inset-text", role: "status" },
      faults.length ? [h("h2", { class: "govuk-error-summary__title" }, t("faults", { n: faults.length })),
        h("ul", { class: "govuk-list govuk-error-summary__list" }, faults.map(({ page, index, question, fault }) => h("li", {}, h("a", { href: `#/draft/${id}/${page}${index !== undefined ? rowOf(form, question, index) : ""}` }, `${said(question.label)}: ${t(fault)}`))))] : t("nothing_wrong")),
    draft.left.length > 0 && h("div", { class: "govuk-inset-text" }, para(t("left_over")), h("ul", { class: "govuk-list govuk-list--bullet" }, draft.left.map((each) => h("li", {}, h("bdi", {}, typeof each.value === "string" ? each.value : JSON.stringify(each.value)))))),
    answersOf(form, draft),
    draft.kind === "child" && h("p", { class: "govuk-body" }, h("a", { class: "govuk-link", href: `#/new/annex/${id}` }, t("add_annex"))),
    draft.answers.group && h("p", { class: "govuk-body" }, h("a", { class: "govuk-link", href: `#/new/group/${id}` }, t("next_of_group"))),
    h("p", { class: "govuk-body" }, h("a", { class: "govuk-link", href: `#/discard/${id}` }, t("discard"))),
    found.fit && note(t("finish_what")),
    acts(found.fit ? button(t("finish"), () => finish(app, [found]), { id: "finish" }) : goTo(`#/draft/${id}/${faults[0]?.page ?? 0}`, t("correct")), goTo("#/drafts", t("drafts"), { quiet: true })),
  ];
}

/** Where one of several stands: on a page of its own, unless its group is one question. */
function rowOf(form, question, index) {
  const group = form.groups.find((each) => each.questions.includes(question));
  return group.questions.length > 1 ? `/${index}` : "";
}

/** Seal drafts, the earliest first: an annex is to follow the child that it is about. */
async function finish(app, found) {
  await app.writing?.flush();
  app.writing = null;
  const { phone } = app;
  for (const { draft, form } of [...found].sort((left, right) => left.draft.started_at - right.draft.started_at)) {
    const kept = await opened(phone.keys, draft.id); // what was kept last, not what a screen showed
    if (kept) await finalise(phone.keys, kept, form, { device: phone.device, seq: phone.seq });
  }
  app.go("#/ready");
  phone.sync.now();
}

export async function finishScreen(app) {
  const found = (await drafts(app.phone.keys)).map((each) => judged(app.phone, each)).filter((each) => each.fit);
  return [
    heading(t("finish_all", { n: found.length })), para(t("finish_what")),
    h("ul", { class: "govuk-list govuk-list--bullet" }, found.map((each) => h("li", {}, h("bdi", {}, name(each)), " · ", titleOf(app.phone, each.draft.kind)))),
    acts(found.length > 0 && button(t("finish"), () => finish(app, found), { id: "finish" }), goTo("#/drafts", t("back"), { quiet: found.length > 0 })),
  ];
}

export async function discardScreen(app, id) {
  const found = await opened(app.phone.keys, id);
  if (!found) return draftsScreen(app);
  return [
    heading(t("discard_sure"), "m"), para(h("bdi", {}, name(judged(app.phone, found)))), para(t("discard_what")),
    acts(button(t("discard"), async () => {
      app.writing = null;
      await discard(id);
      app.go("#/drafts");
    }, { warning: true }), goTo(`#/check/${id}`, t("back"), { quiet: true })),
  ];
}

/** Begin a draft: of a kind, of another child of a group, of an annex to a child. */
export async function newScreen(app, kind, of = "") {
  const { phone } = app;
  const form = phone.form(kind === "group" ? "child" : kind);
  if (!form) return draftsScreen(app);
  await app.writing?.flush();
  const before = of && (await opened(phone.keys, of));
  const about = before ? labelOf(phone.form(before.kind), before) : phone.pack?.children.find((each) => each.record === of)?.name ?? "";
  const given = { about: kind === "annex" || kind === "visit" ? about : "" };
  if (of && kind !== "group") given.record = before ? before.record : of;
  if (kind === "group") given.answers = before ? shared(form, before) : { group: crypto.getRandomValues(new Uint32Array(1))[0].toString(36) };
  const draft = begin(form, given);
  app.writing = new Writing(phone.keys, draft); // kept from the first answer on: who only looks leaves nothing behind
  app.go(`#/draft/${draft.id}/0`, { instead: true });
  return [];
}

const SHARED = ["group", "group_note", "found_at"];

/** What all children of one sitting have in common: who says it, and where they were found. */
function shared(form, { answers }) {
  const common = form.groups.find((each) => each.name === "circumstances")?.questions.map((each) => each.name) ?? [];
  return Object.fromEntries([...SHARED, ...common].filter((each) => each in answers).map((each) => [each, answers[each]]));
}

export async function readyScreen(app) {
  const found = await ready();
  const { photos } = await counts();
  return [
    heading(t("ready")), note(t("ready_what")),
    found.length ? h("ul", { class: "kf-list" }, found.map((each) => h("li", { class: "kf-item" }, titleOf(app.phone, each.kind), h("span", { class: "kf-item__note" }, moment(each.said_at), " · ", t("form_version", { version: each.form.slice(0, 8) }))))) : para(t("ready_none")),
    photos > 0 && note(t("photos_wait", { n: photos })),
    found.length > 0 && h("p", { class: "govuk-body" }, button(t("save_queue"), saveQueue, { quiet: true }), note(t("save_queue_what"))),
    acts(button(t("send_now"), () => app.phone.sync.now(), { id: "send-now" }), goTo("#/", t("to_start"), { quiet: true })),
  ];
}

const TONES = { kept: "green", repeated: "green", refused: "amber" };

export async function sentScreen(app) {
  const found = await sent(app.phone.keys);
  found.sort((left, right) => (right.state === "refused") - (left.state === "refused"));
  return [
    heading(t("sent")), note(t("sent_what")),
    found.length ? h("ul", { class: "kf-list" }, found.map((each) => h("li", { class: "kf-item" }, titleOf(app.phone, each.kind), h("span", { class: "kf-item__note" }, moment(each.said_at)),
      h("span", { class: "kf-item__note" }, tag(t(`state_${each.state}`), TONES[each.state]), each.conflicts.length > 0 && [" ", tag(t("conflicts", { n: each.conflicts.length }), "amber")]),
      each.alike?.length > 0 && note(t("alike"), " ", each.alike.join(", ")),
      each.state === "refused" && whyOf(app.phone.form(each.kind), each.why)))) : para(t("sent_none")),
    acts(goTo("#/", t("to_start"))),
  ];
}

/** Why the server refused it, question by question. */
function whyOf(form, why) {
  const labels = new Map((form?.groups ?? []).flatMap((group) => group.questions.map((each) => [each.name, said(each.label)])));
  const told = typeof why === "string" ? [["", why]] : Object.entries(why);
  const read = (place) => { // "rows.2.age": the age in the second row
    const [name, row] = place.split(".").reverse();
    return [row && t("number_of", { number: row }), labels.get(name) ?? name].filter(Boolean).join(", ");
  };
  return h("ul", { class: "govuk-list govuk-list--bullet" }, told.map(([place, text]) => h("li", {}, [read(place), String(text)].filter(Boolean).join(": "))));
}

