// Taking a photograph: made small at once, sealed in the vault, shown back; never in the phone's gallery.
import { button, h } from "../dom.js";
import { draw, mediaOf, newPhoto, shrunk } from "../photos.js";
import * as store from "../store.js";
import { number, said, t } from "../words.js";

/** Draw the question for a photograph; its answer is the id under which the bytes are kept. */
export function photoControl(question, id, { value, set, draft, keys, fault }) {
  const shown = h("div", { class: "kf-photo", "aria-live": "polite" });
  const input = h("input", { class: "govuk-visually-hidden kf-file", type: "file", id, accept: "image/*", capture: "environment", onchange: take });
  let held = value || "";

  async function take() {
    const [file] = input.files;
    if (!file) return;
    let bytes;
    try {
      bytes = await shrunk(file);
    } catch {
      shown.replaceChildren(h("p", { class: "govuk-error-message" }, t("photo_unread")));
      return;
    }
    const photo = newPhoto();
    await store.write([
      { store: "media", put: await keys.seal("media", mediaOf(draft, photo), bytes) },
      ...(held ? [{ store: "media", remove: mediaOf(draft, held) }] : []),
    ]);
    input.value = "";
    held = photo;
    set(photo);
    await show(bytes);
  }

  async function remove() {
    await store.write([{ store: "media", remove: mediaOf(draft, held) }]);
    held = "";
    set("");
    shown.replaceChildren();
  }

  async function show(bytes) {
    const canvas = h("canvas", { class: "kf-photo__picture", role: "img", "aria-label": t("photo_taken") });
    await draw(bytes, canvas);
    shown.replaceChildren(canvas, h("p", { class: "kw-note" }, t("photo_size", { size: number(Math.ceil(bytes.length / 1024)) })), button(t("photo_remove"), remove, { quiet: true }));
  }

  async function showHeld() {
    const row = await store.get("media", mediaOf(draft, held));
    if (row) await show(await keys.openBytes("media", row));
  }

  if (held) showHeld();
  // The browser's own button speaks the language of the phone, not the one chosen here.
  return [
    h("p", { class: "govuk-label kf-label" }, said(question.label)), h("p", { class: "govuk-hint" }, t("photo_hint")),
    fault && h("p", { class: "govuk-error-message" }, t(fault)),
    input, h("label", { class: "govuk-button govuk-button--secondary", for: id }, t("photo_take")), shown,
  ].filter(Boolean);
}
