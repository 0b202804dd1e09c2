// Writing a draft: a short page at a time, each answer kept as it is given.
import { acts, button, faultsBox, goTo, h, heading, note, para } from "../dom.js";
import { control, relevance } from "../forms/controls.js";
import { fitted, isEmpty, labelOf, pagesOf, faultsOf } from "../forms/asked.js";
import { draft as opened, save } from "../ledger.js";
import { number, said, t } from "../words.js";

const PAUSE = 250; // milliseconds after the last key until an answer is kept

/** A draft that is being written: keeps itself. */
export class Writing {
  constructor(keys, draft) {
    this.keys = keys;
    this.draft = draft;
    this.saving = Promise.resolve();
    this.timer = null;
  }

  touch() {
    this.dirty = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  /** Keep what was answered up to now; one writing after the other. */
  flush() {
    clearTimeout(this.timer);
    if (this.dirty) {
      this.dirty = false;
      this.saving = this.saving.then(async () => { this.draft = await save(this.keys, this.draft); });
    }
    return this.saving;
  }
}

/** Open a draft for writing. Of an older version of its form it is fitted into the one of now. */
export async function write(app, id) {
  if (app.writing?.draft.id === id) {
    await app.writing.flush();
    return app.writing;
  }
  const draft = await opened(app.phone.keys, id);
  if (!draft) return null;
  const form = app.phone.form(draft.kind);
  const changed = form && form.version !== draft.form;
  app.writing = new Writing(app.phone.keys, changed ? { ...fitted(draft, form), changed: true } : draft);
  if (changed) {
    app.writing.dirty = true;
    await app.writing.flush();
  }
  return app.writing;
}

export async function draftScreen(app, id, at = "0", row = "") {
  const writing = await write(app, id);
  const form = writing && app.phone.form(writing.draft.kind);
  if (!writing || !form) return [heading(t("not_here")), para(t("not_here_why")), acts(goTo("#/drafts", t("drafts")))];
  if (form.name === "count") { // counted on a screen of its own
    app.go(`#/count/${writing.draft.record}`, { instead: true });
    return [];
  }
  const pages = pagesOf(form, writing.draft.answers);
  const page = Math.min(Number(at) || 0, pages.length - 1);
  writing.draft.page = page;
  const shown = new Page(app, writing, form, pages, page);
  return row === "" ? shown.whole() : shown.one(Number(row));
}

class Page {
  constructor(app, writing, form, pages, at) {
    Object.assign(this, { app, writing, form, pages, at, here: pages[at] });
    this.faults = app.checking === writing.draft.id ? faultsOf(form, writing.draft).filter((each) => each.page === at) : [];
  }

  get draft() {
    return this.writing.draft;
  }

  get rows() {
    return this.draft.answers[this.here.group.name] ?? [];
  }

  top() {
    const label = labelOf(this.form, this.draft) || this.draft.about;
    return [
      h("p", { class: "kf-where" }, said(this.form.title), label && [" · ", h("bdi", {}, label)]),
      this.draft.changed && h("div", { class: "govuk-inset-text" }, t("form_changed"), this.draft.left.length ? ` ${t("form_changed_left", { n: this.draft.left.length })}` : ""),
      faultsBox(t("to_correct"), this.faults.map(({ question, index, fault }) => ({ id: this.idOf(question, index), text: `${said(question.label)}: ${t(fault)}` })), (id) => document.getElementById(id)?.focus()),
      heading(said(this.here.group.label), "m"),
    ];
  }

  idOf(question, index) {
    return index === undefined ? `q-${question.name}` : `q-${question.name}-${index}`;
  }

  /** The controls of some questions, over the object that holds their answers. */
  controls(questions, answers, index) {
    const boxes = questions.map((question) => {
      const from = question.type === "consent" ? this.draft.consents : answers;
      const set = (value) => {
        if (isEmpty(value)) delete from[question.name];
        else from[question.name] = value;
        this.writing.touch();
        relevance(questions, boxes, () => answers, () => this.draft.answers);
      };
      const fault = this.faults.find((each) => each.question.name === question.name && each.index === index)?.fault ?? "";
      const today = new Date(this.app.phone.now()).toISOString().slice(0, 10);
      return control(question, this.idOf(question, index), { value: from[question.name], set, fault, today, draft: this.draft.id, keys: this.app.phone.keys });
    });
    relevance(questions, boxes, () => answers, () => this.draft.answers);
    return boxes;
  }

  whole() {
    const { group, questions } = this.here;
    const asked = !group.repeat ? this.controls(questions, this.draft.answers) : questions.length === 1 ? this.several(questions) : this.list();
    return [...this.top(), asked, this.bottom()];
  }

  /** One question that has several answers: a field each, on one page. */
  several(questions) {
    if (!this.rows.length) this.draft.answers[this.here.group.name] = [{}];
    const list = h("div", {});
    const fill = () => list.replaceChildren(...this.rows.map((row, index) => h("div", { class: "kf-row" }, this.controls(questions, row, index))));
    const more = button(t("add_another"), () => {
      if (this.rows.length < this.here.group.most) this.rows.push({});
      fill();
      list.lastElementChild.querySelector("input, textarea")?.focus();
    }, { quiet: true });
    fill();
    return [list, more];
  }

  /** Several people or rows: a list of them, a page each. */
  list() {
    const to = (index) => `#/draft/${this.draft.id}/${this.at}/${index}`;
    const items = this.rows.map((row, index) => h("li", { class: "kf-item" },
      h("a", { class: "kf-item__link", href: to(index) }, h("bdi", {}, this.labelOfRow(row, index))),
      button(t("remove"), async () => {
        this.rows.splice(index, 1);
        this.writing.touch();
        await this.writing.flush();
        this.app.show();
      }, { quiet: true, "aria-label": t("remove_which", { which: this.labelOfRow(row, index) }) })));
    return [
      items.length ? h("ul", { class: "kf-list" }, items) : note(t("nobody_yet")),
      this.rows.length < this.here.group.most && goTo(to(this.rows.length), items.length ? t("add_another") : t("add_first"), { quiet: true }),
    ];
  }

  labelOfRow(row, index) {
    const named = this.here.questions.map((each) => (each.type === "name" && typeof row[each.name] === "string" ? row[each.name] : "")).find(Boolean);
    return named || t("number_of", { number: number(index + 1) });
  }

  /** One of several, on a page of its own. */
  one(index) {
    const rows = this.draft.answers[this.here.group.name] = this.draft.answers[this.here.group.name] ?? [];
    rows[index] = rows[index] ?? {};
    const back = `#/draft/${this.draft.id}/${this.at}`;
    const next = `${back}/${index + 1}`;
    return [
      ...this.top(), note(t("number_of", { number: number(index + 1) })), this.controls(this.here.questions, rows[index], index),
      acts(goTo(back, t("to_the_list")), index + 1 < this.here.group.most && goTo(next, t("add_another"), { quiet: true })),
    ];
  }

  bottom() {
    const to = (page) => `#/draft/${this.draft.id}/${page}`;
    const last = this.at === this.pages.length - 1;
    return acts(
      goTo(last ? `#/check/${this.draft.id}` : to(this.at + 1), t("go_on"), { id: "go-on" }),
      goTo(this.at ? to(this.at - 1) : "#/drafts", t("back"), { quiet: true }),
      h("p", { class: "kf-acts__note" }, t("page_of", { page: number(this.at + 1), pages: number(this.pages.length) }), " · ", h("a", { class: "govuk-link", href: `#/check/${this.draft.id}` }, t("overview"))),
    );
  }
}
