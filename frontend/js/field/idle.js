// Locks what nobody looks at: after some minutes without a touch, and soon after it was put away.
export const IDLE = 5 * 60_000; // milliseconds
// Taking a photograph puts the page away for a moment; a pocket keeps it away.
export const AWAY = 60_000;
const SIGNS = ["keydown", "pointerdown", "input", "scroll"];

export class Idle {
  constructor(lock, leaving) {
    this.lock = lock;
    this.leaving = leaving; // called whenever the page is put away: what is unsaved is to be saved
    this.last = Date.now();
    this.left = 0;
    for (const each of SIGNS) document.addEventListener(each, () => { this.last = Date.now(); }, { passive: true, capture: true });
    document.addEventListener("visibilitychange", () => this.seen());
    window.addEventListener("pagehide", () => this.leaving());
    setInterval(() => this.look(), 5_000);
  }

  seen() {
    if (document.hidden) {
      this.left = Date.now();
      this.leaving();
      return;
    }
    this.look(); // before anything is shown again
    this.left = 0;
  }

  look(now = Date.now()) {
    const away = this.left && now - this.left >= AWAY;
    if (away || now - this.last >= IDLE) this.lock();
  }
}
