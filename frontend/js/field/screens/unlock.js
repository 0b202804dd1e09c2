// The phone is locked: a passphrase opens it, and too many wrong ones end what it holds.
import { acts, button, field, h, heading, note, textInput } from "../dom.js";
import { counts } from "../ledger.js";
import { Phone } from "../phone.js";
import { Wiped, WrongPassphrase } from "../vault.js";
import { t } from "../words.js";
import { languages } from "./languages.js";

export async function unlockScreen(app) {
  const { unsent } = await counts();
  const input = textInput("unlock", { type: "password", autocomplete: "current-password", dir: "auto" });
  const wrong = h("p", { class: "govuk-error-message", role: "alert", id: "unlock-wrong" });

  async function unlock(event) {
    event?.preventDefault();
    if (!input.value || form.dataset.busy) return;
    form.dataset.busy = "yes";
    wrong.textContent = "";
    try {
      await app.enter(await Phone.unlock(input.value, app.changed));
    } catch (failure) {
      if (failure instanceof Wiped) return void app.leave(failure.quietly ? "" : "wrong");
      if (!(failure instanceof WrongPassphrase)) throw failure;
      input.value = "";
      wrong.textContent = t("wrong_passphrase", { n: failure.left });
      input.focus();
    } finally {
      delete form.dataset.busy;
    }
  }

  const form = h("form", { onsubmit: unlock, novalidate: true }, field(t("passphrase"), input), wrong,
    acts(button(t("unlock"), null, { type: "submit", id: "unlock-go" })));
  return [heading(t("locked")), note(t("unsent", { n: unsent })), languages(app), form];
}
