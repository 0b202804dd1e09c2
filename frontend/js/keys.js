// Single-key shortcuts of the review page. They can be switched off (WCAG 2.2, 2.1.4), and stay off.
const OFF = "kinward-keys-off";

/** Whether the reader is writing or choosing, so that a letter is a letter. */
const isWriting = (element) => element.matches?.("input:not([type=radio]):not([type=checkbox]), textarea, select");

/** Do what the element with that key is for: choose a radio, show help, follow a link. */
function act(element) {
  if (element.matches("input[type=radio]")) {
    element.checked = true;
    element.focus();
  } else if (element.hasAttribute("data-key-help")) {
    element.hidden = !element.hidden;
  } else {
    element.click();
  }
}

export function listenForKeys() {
  const panel = document.querySelector("[data-keys]");
  if (!panel) return;
  const toggle = panel.querySelector("input[type=checkbox]");
  panel.hidden = false;
  toggle.checked = localStorage.getItem(OFF) === null;
  toggle.addEventListener("change", () => {
    if (toggle.checked) localStorage.removeItem(OFF);
    else localStorage.setItem(OFF, "1");
  });
  document.addEventListener("keydown", (event) => {
    if (!toggle.checked || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    // The place of the key counts too: S is where it is on a Latin keyboard, whatever is typed with it.
    const key = event.key === "?" ? "?" : event.code.replace("Key", "").toLowerCase();
    const element = [...document.querySelectorAll("[data-key]")].find((each) => each.dataset.key === key);
    if (!element) return;
    event.preventDefault();
    act(element);
  });
}
