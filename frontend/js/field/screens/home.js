// What there is to do, and what has not been sent yet.
import { acts, button, goTo, h, heading, note } from "../dom.js";
import { counts } from "../ledger.js";
import { day, moment, number, said, t } from "../words.js";
import { SIGN_IN } from "./start.js";

const STARTED_HERE = ["child", "request", "mentions"]; // the others begin at a child of the pack

export async function homeScreen(app) {
  const { phone } = app;
  const found = await counts();
  return [
    heading(t("home")),
    syncBox(phone.sync),
    phone.clockIsOff && h("div", { class: "govuk-inset-text" }, t("clock_off", { now: moment(phone.now()) })),
    h("ul", { class: "kf-counts" }, [["drafts", found.drafts], ["ready", found.ready], ["sent", found.sent]].map(([name, n]) => h("li", {},
      h("a", { class: `kf-count${n && name !== "sent" ? " kf-count--waits" : ""}`, href: `#/${name}` }, h("span", { class: "kf-count__number" }, number(n)), h("span", {}, t(name)))))),
    h("h2", { class: "govuk-heading-m" }, t("begin")),
    phone.forms.length ? h("ul", { class: "kf-list" },
      STARTED_HERE.map((name) => phone.form(name)).filter(Boolean).map((form) => item(`#/new/${form.name}`, said(form.title))),
      phone.form("child") && item("#/new/group", t("register_group"))) : note(t("no_forms")),
    packPart(phone),
    acts(button(t("send_now"), () => phone.sync.now(), { id: "send-now" }), goTo("#/settings", t("this_phone"), { quiet: true })),
  ];
}

export const item = (to, ...text) => h("li", { class: "kf-item" }, h("a", { class: "kf-item__link", href: to }, ...text));

function packPart({ pack, state }) {
  if (!pack) return h("div", {}, h("h2", { class: "govuk-heading-m" }, t("pack")), note(t(state.expired ? "pack_ended" : "pack_none")));
  return h("div", {}, h("h2", { class: "govuk-heading-m" }, t("pack")), note(t("pack_until", { day: day(pack.expires_at) })),
    h("ul", { class: "kf-list" },
      item("#/search", t("search")),
      item("#/children", t("children", { n: pack.children.length })),
      item("#/count", t("counts", { n: (pack.manifests ?? []).length })),
      item("#/visits", t("visits", { n: (pack.visits ?? []).length }))));
}

/** How sending goes: always said, and what to do where something has to be done. */
export function syncBox(sync) {
  const text = sync.status === "idle" && sync.at ? t("sync_idle", { at: moment(sync.at) }) : t(sync.status === "idle" ? "sync_never" : `sync_${sync.status}`);
  return h("div", { class: `kf-sync kf-sync--${sync.status}`, id: "sync", role: "status", "data-status": sync.status },
    h("p", {}, text, sync.why ? ` ${sync.why}` : ""),
    sync.status === "sign_in" && h("a", { class: "govuk-link", href: SIGN_IN }, t("sign_in_here")));
}
