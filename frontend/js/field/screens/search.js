// Looking in the pack before anybody is registered: the child may be known already.
import { acts, field, goTo, h, heading, note, textInput } from "../dom.js";
import { said, t } from "../words.js";
import { childItem } from "./pack.js";

const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

/** The children of a pack in whose names each typed word begins a word: `[{child}]`. */
export function search(pack, typed) {
  const words = folded(typed).split(/\s+/).filter(Boolean);
  const names = (child) => (child.names ?? [child.name]).flatMap((each) => folded(each).split(/\s+/));
  return (pack?.children ?? []).filter((child) => words.every((word) => names(child).some((each) => each.startsWith(word)))).map((child) => ({ child }));
}

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
