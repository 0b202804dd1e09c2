// This phone: what it keeps and how, its language, and locking it.
import { acts, button, goTo, h, heading, note, para } from "../dom.js";
import { ready } from "../ledger.js";
import { day, number, t } from "../words.js";
import { languages } from "./languages.js";
import { saveQueue } from "./queue.js";

/** Whether the browser promised to keep what is here when memory is short. */
export async function persisted() {
  return navigator.storage?.persisted ? navigator.storage.persisted() : false;
}

export async function askToPersist() {
  return navigator.storage?.persist ? navigator.storage.persist() : false;
}

export async function settingsScreen(app) {
  const { phone } = app;
  const kept = await persisted();
  const waiting = (await ready()).length;
  const space = (await navigator.storage?.estimate?.())?.usage ?? 0;
  const row = (name, ...value) => h("div", { class: "kf-told" }, h("dt", {}, t(name)), h("dd", {}, ...value));
  return [
    heading(t("this_phone")), languages(app),
    h("dl", { class: "kf-tolds" },
      row("phone_name", h("bdi", {}, phone.device.name)),
      row("storage", t(kept ? "storage_kept" : "storage_not_kept")),
      row("space", t("photo_size", { size: number(Math.ceil(space / 1024)) })),
      row("pack", phone.pack ? t("pack_until", { day: day(phone.pack.expires_at) }) : t(phone.state.expired ? "pack_ended" : "pack_none"))),
    !kept && [para(t("storage_why")), button(t("storage_ask"), async () => { await askToPersist(); app.show(); }, { quiet: true })],
    h("h2", { class: "govuk-heading-m" }, t("by_card")), note(t("save_queue_what")),
    waiting ? button(t("save_queue"), saveQueue, { quiet: true }) : para(t("ready_none")),
    acts(button(t("lock_now"), () => app.lock(), { id: "lock-now" }), goTo("#/", t("to_start"), { quiet: true })),
  ];
}
