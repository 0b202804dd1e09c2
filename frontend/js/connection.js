/** Show the badge while the device is off line. */
export function watchConnection(badge) {
  if (!badge) return;
  const show = () => { badge.hidden = navigator.onLine; };
  window.addEventListener("online", show);
  window.addEventListener("offline", show);
  show();
}
