// Counting heads from a manifest that lies frozen in the pack: taps, wristbands, typed codes.
import { acts, button, field, goTo, h, heading, note, para, textInput } from "../dom.js";
import { begin, drafts, save } from "../ledger.js";
import { number, t } from "../words.js";
import { write } from "./draft.js";
import { item } from "./home.js";
import { scanner } from "./scanning.js";

const LARGE = 6; // names that are shown large

/** Who was seen last and not taken back. */
export function seenBy(taps) {
  const seen = new Set();
  for (const { child, how } of taps) {
    if (how === "taken_back") seen.delete(child);
    else seen.add(child);
  }
  return seen;
}

export async function countsScreen(app) {
  const manifests = app.phone.pack?.manifests ?? [];
  return [
    heading(t("counts", { n: manifests.length })), note(t("count_what")),
    manifests.length ? h("ul", { class: "kf-list" }, manifests.map((each) => item(`#/count/${each.checkpoint}`, h("bdi", {}, each.label)))) : para(t("count_none")),
    acts(goTo("#/", t("to_start"))),
  ];
}

/** The draft of this counter at this checkpoint: the one that was begun, else a new one. */
async function counting(app, manifest) {
  const { phone } = app;
  const form = phone.form("count");
  const begun = (await drafts(phone.keys)).find((each) => each.kind === "count" && each.record === manifest.checkpoint);
  const draft = begun ?? await save(phone.keys, begin(form, { record: manifest.checkpoint, about: manifest.label, answers: { taps: [] } }));
  return write(app, draft.id);
}

export async function countScreen(app, checkpoint) {
  const manifest = (app.phone.pack?.manifests ?? []).find((each) => each.checkpoint === checkpoint);
  if (!manifest || !app.phone.form("count")) return countsScreen(app);
  const writing = await counting(app, manifest);
  const code = textInput("code", { autocapitalize: "characters", dir: "ltr", class: "govuk-input kw-code" });
  const wrong = h("p", { class: "govuk-error-message", role: "alert" });
  const board = h("div", {});

  async function tap(child, how) {
    writing.draft.answers.taps.push({ child, how, at: new Date().toISOString() });
    writing.touch();
    await writing.flush();
    fill();
  }

  async function read(typed, how) {
    wrong.textContent = "";
    const found = manifest.children.find((each) => each.code && each.code.toUpperCase() === typed.trim().toUpperCase());
    if (!found) wrong.textContent = t("count_unknown");
    else if (!seenBy(writing.draft.answers.taps).has(found.child)) await tap(found.child, how);
    code.value = "";
  }

  function fill() {
    const seen = seenBy(writing.draft.answers.taps);
    const missing = manifest.children.filter((each) => !seen.has(each.child));
    board.replaceChildren(
      h("p", { class: "kw-count", role: "status" }, h("span", { class: "kw-count__number" }, number(seen.size)), " ", t("count_number", { n: manifest.children.length })),
      h("section", { class: "kw-missing", "aria-labelledby": "missing" }, h("h2", { class: "kw-missing__head", id: "missing" }, t(missing.length ? "count_missing" : "count_nobody")),
        h("ul", { class: "kw-missing__names" }, missing.slice(0, LARGE).map((each) => h("li", {}, h("bdi", {}, each.name)))),
        missing.length > LARGE && note(`+ ${number(missing.length - LARGE)}`)),
      h("ul", { class: "kw-taps" }, manifest.children.map((each) => h("li", {}, tapOf(each, seen.has(each.child))))));
  }

  const tapOf = ({ child, name }, on) => h("button", {
    class: `kw-tap${on ? " kw-tap--seen" : ""}`, type: "button", "aria-pressed": String(on), onclick: () => tap(child, on ? "taken_back" : "tapped"),
  }, h("span", { class: "kw-tap__mark", "aria-hidden": "true" }, on ? "✓" : ""), h("bdi", {}, name), on && h("span", { class: "kw-tap__note" }, t("count_back")));

  async function done() {
    writing.draft.answers.done = "yes";
    writing.touch();
    await writing.flush();
    app.go(`#/check/${writing.draft.id}`);
  }

  const typed = h("form", { class: "kw-code-form", onsubmit: (event) => { event.preventDefault(); read(code.value, "typed"); } },
    field(t("count_code"), code), button(t("count_seen"), null, { type: "submit", quiet: true }));
  fill();
  return [
    heading(manifest.label, "m"), board, typed, wrong, scanner((found) => read(found, "scanned"), t("scan_bands")),
    acts(button(t("count_done"), done, { id: "count-done" }), goTo("#/count", t("back"), { quiet: true })),
  ];
}
