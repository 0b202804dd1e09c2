/** After a part of the page was replaced: wake it, and lead the reader to what is new. */
export function guideFocus(wake) {
  document.addEventListener("htmx:afterSettle", (event) => {
    wake(event.target.parentElement ?? document);
    const there = event.target.querySelector?.("[data-focus]")
      ?? (event.target.matches?.("[data-focus]") ? event.target : null);
    if (there) there.focus();
  });
}
