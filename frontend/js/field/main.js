// The application of the field: which screen is shown, who may see it, and when it is locked.
import { button, goTo, h, heading, para } from "./dom.js";
import { Idle } from "./idle.js";
import { counts } from "./ledger.js";
import { routes } from "./routes.js";
import { askToPersist } from "./screens/settings.js";
import { startScreen } from "./screens/start.js";
import { unlockScreen } from "./screens/unlock.js";
import { hasVault } from "./vault.js";
import { chooseLanguage, isRightToLeft, spoken, t } from "./words.js";
import { watchWorker } from "./worker_updates.js";

const EXPIRY = 60_000; // milliseconds from one look at the end of the pack to the next

class App {
  constructor(root) {
    this.root = root;
    this.phone = null;
    this.writing = null;
    this.wiped = ""; // why there is no vault, where that is to be said: wrong · revoked
    this.turn = 0;
    this.changed = () => this.tell();
    this.idle = new Idle(() => this.lock(), () => this.writing?.flush());
    window.addEventListener("hashchange", () => this.show());
    setInterval(() => this.expire(), EXPIRY);
    for (const each of ["online", "offline"]) window.addEventListener(each, () => this.tell());
  }

  go(to, { instead = false } = {}) {
    if (instead) location.replace(to);
    else if (location.hash === to) this.show();
    else location.hash = to;
  }

  /** Let a person in: their phone is unlocked. */
  async enter(phone) {
    this.phone = phone;
    this.wiped = "";
    phone.onRevoked = () => this.leave("revoked");
    await askToPersist();
    if (location.hash.startsWith("#/enrol")) this.go("#/", { instead: true });
    await this.show();
  }

  /** Everything readable is gone from this phone. */
  async leave(wiped) {
    this.phone = this.writing = null;
    this.wiped = wiped;
    if (location.hash && location.hash !== "#/") history.replaceState(null, "", location.pathname);
    await this.show();
  }

  async lock() {
    if (!this.phone) return;
    const { phone } = this;
    await this.writing?.flush();
    if (this.phone !== phone) return;
    this.writing = this.phone = null;
    phone.lock();
    await this.show();
  }

  async expire() {
    if (!this.phone?.pack) return;
    await this.phone.expire();
    if (this.phone && !this.phone.pack) await this.show();
  }

  async speak(language) {
    chooseLanguage(language);
    await this.show();
  }

  /** Draw the screen that the address names; what a page of a draft holds is kept before. */
  async show() {
    const turn = this.turn += 1;
    await this.writing?.flush();
    const [screen, parts] = await this.screen();
    let drawn;
    try {
      drawn = await screen(this, ...parts);
    } catch (failure) {
      if (!this.phone) return; // locked while it was drawn
      drawn = [heading(t("failed")), para(t("failed_why")), goTo("#/", t("to_start"))];
      console.error(failure.name);
    }
    if (turn !== this.turn || !drawn.length) return;
    await this.frame(h("main", { id: "main", class: "govuk-main-wrapper kf-main", "data-at": location.hash }, drawn));
  }

  async screen() {
    const parts = location.hash.replace(/^#\/?/, "").split("/").filter(Boolean).map(decodeURIComponent);
    if (this.phone) return routes(parts);
    if (await hasVault()) return [unlockScreen, []];
    return [startScreen, parts[0] === "enrol" ? parts.slice(1) : []];
  }

  async frame(main) {
    const root = document.documentElement;
    root.lang = spoken();
    root.dir = isRightToLeft() ? "rtl" : "ltr";
    document.getElementById("styles").href = root.dataset[root.dir];
    document.title = `${main.querySelector("h1")?.textContent ?? ""} · ${t("app")}`;
    const bottom = main.querySelector(".kf-acts");
    document.getElementById("acts").replaceChildren(...(bottom && !bottom.closest("form") ? [bottom] : []));
    this.root.replaceChildren(h("header", { class: "kf-top" }, this.home(), h("p", { class: "kf-top__state", id: "unsent", role: "status" }), this.phone && button(t("lock"), () => this.lock(), { quiet: true, class: "kf-top__lock", id: "lock" })), main);
    await this.tell();
    window.scrollTo(0, 0);
    (main.querySelector(".govuk-error-summary") ?? main.querySelector("h1"))?.focus({ preventScroll: true });
  }

  home() {
    return h("a", { class: "kf-top__home", href: "#/" }, "Kinward");
  }

  /** Say how much waits and how sending goes, wherever one is. */
  async tell() {
    const badge = document.getElementById("unsent");
    if (!badge) return;
    const { unsent } = await counts();
    const hidden = !this.phone && !(await hasVault());
    badge.textContent = hidden ? "" : t("unsent", { n: unsent });
    badge.className = `kf-top__state${unsent ? " kf-top__state--waits" : ""}`;
    if (!navigator.onLine) badge.append(" · ", t("offline"));
    const box = document.getElementById("sync");
    if (box && this.phone && this.phone.sync.status !== box.dataset.status && /^(#\/?)?$/.test(location.hash)) await this.show();
  }
}

chooseLanguage();
const app = new App(document.getElementById("app"));
app.show();
watchWorker(document.documentElement.dataset.worker, document.getElementById("news"), () => app.writing?.flush());
