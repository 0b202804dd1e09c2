// Covers the screen when nobody used it for a while. What was typed stays in the page, out of sight.
import { sign } from "./passkeys.js";

const ACTIVE = "kinward-active"; // shared by the windows of one browser: a moment, nothing else
const OPENED = "kinward-opened";
const SIGNS = ["keydown", "pointerdown", "pointermove", "scroll", "input"];

export function lockWhenIdle(dialog) {
  if (!dialog?.showModal) return;
  const limit = Number(dialog.dataset.lock) * 1000;
  const form = dialog.querySelector("form");
  const failed = dialog.querySelector("[data-lock-failed]");
  const passkey = dialog.querySelector("[data-lock-passkey]");
  const headers = { Accept: "application/json", ...JSON.parse(document.body.getAttribute("hx-headers")) };
  const send = (to, body) => fetch(to, { method: "POST", headers, body });
  let last = Date.now();
  let told = last;
  let options = null;

  function note() {
    if (dialog.open) return;
    last = Date.now();
    if (last - told < limit / 4) return;
    told = last;
    localStorage.setItem(ACTIVE, String(last));
    send(dialog.dataset.here).then((answer) => { if (answer.status === 401) lock(); }, () => {});
  }

  async function lock() {
    if (dialog.open) return;
    document.documentElement.dataset.locked = "";
    dialog.showModal();
    try {
      await send(dialog.dataset.lockAt);
      const answer = await fetch(dialog.dataset.confirm, { headers: { Accept: "application/json" } });
      const ways = await answer.json();
      options = ways.passkey;
      passkey.hidden = !(options && window.PublicKeyCredential);
      show("code", ways.code);
      show("password", ways.password);
      dialog.querySelector("[data-lock-open]").hidden = !(ways.code || ways.password);
    } catch {
      show("code", true); // no connection: it is asked for, and tried again when sent
    }
  }

  function show(name, wanted) {
    dialog.querySelector(`[data-lock-${name}]`).hidden = !wanted;
    form.elements[name].disabled = !wanted;
    if (wanted) form.elements[name].focus();
  }

  async function open(body) {
    failed.textContent = "";
    try {
      const answer = await send(dialog.dataset.confirm, body);
      if (answer.status === 204) {
        uncover();
        localStorage.setItem(OPENED, String(last));
      } else if (answer.status === 422) {
        failed.textContent = (await answer.json()).detail;
      } else {
        location.reload(); // the session has ended
      }
    } catch {
      failed.textContent = dialog.dataset.offline;
    }
  }

  function uncover() {
    form.reset();
    last = told = Date.now();
    delete document.documentElement.dataset.locked;
    dialog.close();
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    open(new URLSearchParams(new FormData(form)));
  });
  passkey.addEventListener("click", () => {
    sign(options).then((credential) => open(new URLSearchParams({ credential })), () => {});
  });
  dialog.addEventListener("cancel", (event) => event.preventDefault());
  for (const each of SIGNS) document.addEventListener(each, note, { passive: true, capture: true });
  document.addEventListener("kinward:locked", lock);
  window.addEventListener("storage", (event) => { if (event.key === OPENED && dialog.open) uncover(); });
  const look = () => {
    const latest = Math.max(last, Number(localStorage.getItem(ACTIVE)) || 0);
    if (Date.now() - latest >= limit) lock();
  };
  document.addEventListener("visibilitychange", look);
  setInterval(look, Math.min(5000, limit / 4));
}
