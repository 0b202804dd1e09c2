// A phone that is not set up, or no longer.
import { acts, button, faultsBox, field, goTo, h, heading, link, note, para, textInput } from "../dom.js";
import { counts } from "../ledger.js";
import { Phone } from "../phone.js";
import { Offline, Refused, Revoked, SignIn } from "../server.js";
import { SHORTEST } from "../vault.js";
import { t } from "../words.js";
import { languages } from "./languages.js";
import { scanner } from "./scanning.js";
import { saveQueue } from "./queue.js";

export const SIGN_IN = document.documentElement.dataset.signIn;

/** Return the token in what was scanned: alone, or at the end of an address. */
export const tokenIn = (scanned) => scanned.trim().split(/[/=#]/).filter(Boolean).pop() ?? "";

/** What happened to a phone that was set up before: said, unless nobody is to see that it was. */
async function told(app) {
  if (!app.wiped) return null;
  const { ready } = await counts();
  return h("div", { class: "govuk-inset-text", role: "alert" }, para(t(`wiped_${app.wiped}`)),
    ready > 0 && [para(t("sealed_kept", { n: ready })), button(t("save_queue"), saveQueue, { quiet: true })]);
}

export async function startScreen(app, token = "") {
  const code = textInput("token", { autocapitalize: "off", dir: "ltr", value: token });
  const name = textInput("phone-name", { dir: "auto" });
  const [first, again, duress] = ["passphrase", "passphrase-again", "duress"].map((id) => textInput(id, { type: "password", autocomplete: "new-password", dir: "auto" }));
  const wrong = h("div", {});

  function faults() {
    const found = [];
    if (!tokenIn(code.value)) found.push({ id: "token", text: t("fault_token") });
    if (!name.value.trim()) found.push({ id: "phone-name", text: t("fault_name") });
    if (first.value.trim().length < SHORTEST) found.push({ id: "passphrase", text: t("fault_short", { n: SHORTEST }) });
    else if (first.value !== again.value) found.push({ id: "passphrase-again", text: t("fault_again") });
    if (duress.value && (duress.value.trim().length < SHORTEST || duress.value.trim() === first.value.trim())) found.push({ id: "duress", text: t("fault_duress", { n: SHORTEST }) });
    return found;
  }

  const say = (found) => {
    wrong.replaceChildren(...[faultsBox(t("to_correct"), found, (id) => document.getElementById(id)?.focus())].filter(Boolean));
    wrong.firstElementChild?.focus();
  };

  async function enrol() {
    const found = faults();
    say(found);
    if (found.length) return;
    try {
      await app.enter(await Phone.enrol({ token: tokenIn(code.value), name: name.value.trim(), passphrase: first.value, duress: duress.value }, app.changed));
    } catch (failure) {
      say([{ id: "token", text: reason(failure) }]);
    }
  }

  const parts = [
    await told(app), wrong, heading(t("start_title")), languages(app), para(t("start_what")),
    h("h2", { class: "govuk-heading-m" }, t("start_first")), para(link(SIGN_IN, t("sign_in_here"))), note(t("start_first_why")),
    h("h2", { class: "govuk-heading-m" }, t("start_second")), scanner((read) => { code.value = tokenIn(read); name.focus(); }),
    field(t("token"), code, { hint: t("token_hint") }), field(t("phone_name"), name, { hint: t("phone_name_hint") }),
    h("h2", { class: "govuk-heading-m" }, t("start_third")), field(t("passphrase"), first, { hint: t("passphrase_hint", { n: SHORTEST }) }), field(t("passphrase_again"), again),
    h("details", { class: "govuk-details" }, h("summary", { class: "govuk-details__summary" }, h("span", { class: "govuk-details__summary-text" }, t("duress_title"))),
      h("div", { class: "govuk-details__text" }, field(t("duress"), duress, { hint: t("duress_hint") }))),
  ];
  const go = button(t("set_up"), null, { id: "enrol", type: "submit" });
  const form = h("form", { novalidate: true }, parts, acts(go));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    go.disabled = true;
    await enrol().finally(() => { go.disabled = false; });
  });
  return [form];
}

function reason(failure) {
  if (failure instanceof SignIn) return t("first_sign_in");
  if (failure instanceof Offline) return t("needs_network");
  if (failure instanceof Revoked) return t("token_spent");
  if (failure instanceof Refused) return failure.status < 500 ? `${t("token_refused")} ${failure.message}` : t("server_failed");
  throw failure;
}

/** Where the address is not ours. */
export const nothingHere = () => [heading(t("not_here")), acts(goTo("#/", t("to_start")))];
