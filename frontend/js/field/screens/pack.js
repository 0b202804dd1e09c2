// The children given to this phone, and the visits that are due.
import { acts, goTo, h, heading, note, para, tag } from "../dom.js";
import { day, said, t } from "../words.js";

/** One child of the pack, with what may be begun about it. */
export function childItem(app, child) {
  const annex = app.phone.form("annex");
  return h("li", { class: "kf-item" }, h("span", { class: "kf-item__name" }, h("bdi", {}, child.name)),
    h("span", { class: "kf-item__note" }, [child.reference, child.born].filter(Boolean).join(" · ")),
    annex && h("a", { class: "govuk-link", href: `#/new/annex/${child.record}` }, said(annex.title)));
}

export async function childrenScreen(app) {
  const { pack } = app.phone;
  if (!pack) return [heading(t("pack")), para(t("pack_none")), acts(goTo("#/", t("to_start")))];
  return [
    heading(t("pack")), note(t("pack_until", { day: day(pack.expires_at) })),
    pack.children.length ? h("ul", { class: "kf-list" }, pack.children.map((each) => childItem(app, each))) : para(t("children_none")),
    acts(goTo("#/", t("to_start"))),
  ];
}

export async function visitsScreen(app) {
  const { pack } = app.phone;
  const visits = pack?.visits ?? [];
  const today = new Date(app.phone.now()).toISOString().slice(0, 10);
  const rows = visits.map((each) => h("li", { class: "kf-item" },
    h("a", { class: "kf-item__link", href: `#/new/visit/${each.record}` }, h("bdi", {}, each.name)),
    h("span", { class: "kf-item__note" }, each.due_on < today ? tag(t("visit_late", { day: day(each.due_on) }), "amber") : t("visit_due", { day: day(each.due_on) }))));
  return [heading(t("visits", { n: visits.length })), rows.length ? h("ul", { class: "kf-list" }, rows) : para(t("visits_none")), acts(goTo("#/", t("to_start")))];
}
