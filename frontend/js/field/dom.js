// Making elements without writing markup: no text of a person is ever read as markup.
const AS_PROPERTY = new Set(["value", "checked", "hidden", "disabled", "htmlFor", "className", "textContent", "srcObject"]);

/** Make an element: `h("p", {class: "kw-note", onclick}, "text", child, …)`; empty children fall away. */
export function h(name, given = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (AS_PROPERTY.has(key)) element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const heading = (text, size = "l") => h("h1", { class: `govuk-heading-${size}`, tabindex: "-1" }, text);
export const para = (...text) => h("p", { class: "govuk-body" }, ...text);
export const note = (...text) => h("p", { class: "kw-note" }, ...text);
export const link = (to, ...text) => h("a", { class: "govuk-link", href: to }, ...text);
export const tag = (text, tone = "plain") => h("strong", { class: `govuk-tag govuk-tag--${tone}` }, text);
export const person = (name) => h("bdi", {}, name);

/** A button that cannot be pressed twice while its work is under way. */
export function button(text, act, { quiet = false, warning = false, type = "button", ...given } = {}) {
  const tone = quiet ? " govuk-button--secondary" : warning ? " govuk-button--warning" : "";
  const element = h("button", { class: `govuk-button${tone}`, type, ...given }, text);
  if (act) {
    element.addEventListener("click", async () => {
      element.disabled = true;
      try {
        await act(element);
      } finally {
        element.disabled = false;
      }
    });
  }
  return element;
}

/** A link that looks like a button: to go somewhere, not to do something. */
export const goTo = (to, text, { quiet = false, ...given } = {}) => h("a", { class: `govuk-button${quiet ? " govuk-button--secondary" : ""}`, href: to, role: "button", draggable: "false", ...given }, text);

/** What a thumb reaches: the acts of a page stand at its bottom. */
export const acts = (...children) => h("div", { class: "kf-acts" }, h("div", { class: "kf-acts__row" }, ...children));

/** A field with its label, hint and fault. */
export function field(label, input, { hint = "", fault = "", id = input.id } = {}) {
  const hinted = hint && h("div", { class: "govuk-hint", id: `${id}-hint` }, hint);
  const wrong = fault && h("p", { class: "govuk-error-message", id: `${id}-fault` }, fault);
  const described = [hinted && `${id}-hint`, wrong && `${id}-fault`].filter(Boolean).join(" ");
  if (described) input.setAttribute("aria-describedby", described);
  return h("div", { class: `govuk-form-group${fault ? " govuk-form-group--error" : ""}` },
    h("label", { class: "govuk-label kf-label", for: id }, label), hinted, wrong, input);
}

export const textInput = (id, given = {}) => h("input", { class: `govuk-input${given.fault ? " govuk-input--error" : ""}`, id, name: id, type: "text", autocomplete: "off", spellcheck: "false", ...given });

/** What is wrong on a page, each with a link to its field: `[{to, text}]`. */
export function faultsBox(title, faults, focus) {
  if (!faults.length) return null;
  const seek = (event, id) => { event.preventDefault(); focus(id); };
  return h("div", { class: "govuk-error-summary", role: "alert", tabindex: "-1" },
    h("h2", { class: "govuk-error-summary__title" }, title),
    h("ul", { class: "govuk-list govuk-error-summary__list" },
      faults.map(({ id, text }) => h("li", {}, h("a", { href: `#${id}`, onclick: (event) => seek(event, id) }, text)))));
}
