// Looking in the pack before anybody is registered: the child may be known already.
import { acts, field, goTo, h, heading, note, textInput } from "../dom.js";
import { search } from "../search.js";
import { said, t } from "../words.js";
import { childItem } from "./pack.js";

export async function searchScreen(app) {
  const input = textInput("search", { type: "search", dir: "auto", autocapitalize: "words" });
  const found = h("div", { role: "status" });
  input.addEventListener("input", () => {
    const typed = input.value.trim();
    const hits = typed ? search(app.phone.pack, typed) : [];
    found.replaceChildren(...(hits.length
      ? [h("ul", { class: "kf-list" }, hits.map(({ child }) => childItem(app, child)))]
      : typed ? [note(t("search_none"))] : []));
  });
  const register = app.phone.form("child");
  return [
    heading(t("search")), note(t("search_first")), field(t("search_name"), input), found,
    acts(register && goTo("#/new/child", said(register.title)), goTo("#/", t("to_start"), { quiet: true })),
  ];
}
