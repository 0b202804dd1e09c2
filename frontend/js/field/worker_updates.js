// The service worker answers without a network. A new version of it waits until a person agrees.
import { button, h } from "./dom.js";
import { t } from "./words.js";

export async function watchWorker(address, news, before) {
  if (!navigator.serviceWorker) return;
  const registration = await navigator.serviceWorker.register(address, { scope: "/field/", updateViaCache: "none" });
  let agreed = false;

  const offer = (worker) => {
    if (!worker || !navigator.serviceWorker.controller) return; // the first one takes nobody by surprise
    news.replaceChildren(h("div", { class: "kf-news", role: "status" }, h("p", {}, t("new_version")), button(t("new_version_take"), async () => {
      await before();
      agreed = true;
      worker.postMessage("SKIP_WAITING");
    }, { quiet: true, id: "take-new" })));
  };

  offer(registration.waiting);
  registration.addEventListener("updatefound", () => {
    const worker = registration.installing;
    worker.addEventListener("statechange", () => { if (worker.state === "installed") offer(worker); });
  });
  navigator.serviceWorker.addEventListener("controllerchange", () => { if (agreed) location.reload(); });
  window.addEventListener("online", () => registration.update().catch(() => {}));
}
