// Another language, on any screen that has the room.
import { h } from "../dom.js";
import { LANGUAGES, spoken, t } from "../words.js";

export function languages(app) {
  return h("nav", { "aria-label": t("language"), class: "kf-languages" }, LANGUAGES.map(([code, name]) => h("button", {
    class: "kf-chip", type: "button", lang: code, "aria-pressed": String(code === spoken()), onclick: () => app.speak(code),
  }, name)));
}
