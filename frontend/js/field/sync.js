// Sending what is ready, and asking what is new. A link may break at any moment: nothing leaves the
// queue before the server has answered for it, and what was sent twice is kept once.
import { ready, settle, wasRefused } from "./ledger.js";
import { PIECE, wholes } from "./photos.js";
import { ask, askJson, Offline, Refused, Revoked, SignIn } from "./server.js";
import * as store from "./store.js";

export const MOST = 20; // entries of one request
const MOST_BYTES = 600_000; // of one request
const SPARE = 3; // requests of a photograph that may be in vain
const SOON = 15_000; // milliseconds to the first new try
const LATEST = 15 * 60_000;

/** Cut the queue into what one request takes. */
export function portions(entries) {
  const cut = [];
  let some = [];
  let bytes = 0;
  for (const entry of entries) {
    if (some.length && (some.length === MOST || bytes + entry.box.length > MOST_BYTES)) {
      cut.push(some);
      [some, bytes] = [[], 0];
    }
    some.push(entry);
    bytes += entry.box.length;
  }
  return some.length ? [...cut, some] : cut;
}

/** When to try again after `failures` in a row: twice as late each time, never at the same moment. */
export const later = (failures, chance = Math.random()) => Math.min(LATEST, SOON * 2 ** failures) * (0.75 + chance / 2);

export class Sync {
  /** `phone` has `keys`, `device`, `seq`; `changed` is called when there is something to show. */
  constructor(phone, changed) {
    this.phone = phone;
    this.changed = changed;
    this.status = "idle"; // idle · sending · offline · sign_in · failed
    this.why = "";
    this.failures = 0;
    this.running = null;
    this.timer = null;
    this.again = () => this.now();
    window.addEventListener("online", this.again);
  }

  stop() {
    clearTimeout(this.timer);
    window.removeEventListener("online", this.again);
    this.stopped = true;
  }

  /** Send and ask now; where that is under way, once more after it. */
  now() {
    this.more = Boolean(this.running); // what was finished meanwhile goes right after
    this.running = this.running ?? this.run().finally(() => {
      this.running = null;
      if (this.more && !this.stopped) this.now();
    });
    return this.running;
  }

  tell(status, why = "") {
    this.status = status;
    this.why = why;
    this.changed(this);
  }

  async run() {
    clearTimeout(this.timer);
    if (this.stopped) return;
    this.tell("sending");
    try {
      await this.sendEntries();
      await this.phone.refresh();
      await this.sendPhotos();
      this.failures = 0;
      this.at = Date.now();
      this.tell("idle");
    } catch (failure) {
      this.failures += 1;
      if (this.stopped) return; // locked meanwhile: what was not answered for is still in the queue
      if (failure instanceof Revoked) return void await this.phone.revoked();
      if (failure instanceof SignIn) this.tell("sign_in");
      else if (failure instanceof Offline) this.tell("offline");
      else if (failure instanceof Refused) this.tell("failed", failure.message);
      else {
        this.tell("failed");
        throw failure;
      }
    } finally {
      if (!this.stopped) this.timer = setTimeout(this.again, this.failures ? later(this.failures - 1) : LATEST);
    }
  }

  async sendEntries() {
    const { keys, device } = this.phone;
    for (const some of portions(await ready())) {
      const entries = some.map(({ order, device: sealedBy, ...entry }) => (sealedBy === device.device ? entry : { ...entry, device: sealedBy }));
      const answer = await askJson("POST", "sync", { device, json: { entries, seq: this.phone.seq } });
      const settled = await settle(keys, some, answer.results);
      await this.phone.saw(answer.seq);
      this.changed(this);
      if (!settled) throw new Refused(200, "");
    }
  }

  /** One photograph that is refused keeps no other back. */
  async sendPhotos() {
    let refused = null;
    for (const photo of wholes(await store.all("photos"))) {
      try {
        await this.sendPhoto(photo);
      } catch (failure) {
        if (!(failure instanceof Refused)) throw failure;
        if (failure.status === 404 && await wasRefused(this.phone.keys, photo.entry)) await this.forget(photo);
        else refused = failure;
      }
    }
    if (refused) throw refused;
  }

  /** Go on from where the server is: it says how much of a photograph it has. */
  async sendPhoto({ photo, entry, length, digest, bytes, pieces }) {
    const { device } = this.phone;
    const headers = { "Upload-Length": String(length), "Upload-Digest": digest, "Upload-Entry": entry };
    let at = await this.offset(photo);
    for (let left = Math.ceil(length / PIECE) + SPARE; at < length; left -= 1) {
      if (left <= 0) throw new Refused(200, ""); // it does not take what it was announced
      const piece = bytes.slice(at, at + PIECE);
      try {
        const answer = await ask("PUT", `photos/${photo}/${at}`, { device, bytes: piece, headers });
        at = Number(answer.headers.get("Upload-Offset") ?? at + piece.byteLength);
      } catch (failure) {
        if (failure.status !== 409) throw failure;
        at = await this.offset(photo); // another window sent some of it
      }
    }
    await this.forget({ pieces });
  }

  async forget({ pieces }) {
    await store.write(pieces.map((id) => ({ store: "photos", remove: id })));
    this.changed(this);
  }

  async offset(photo) {
    try {
      const answer = await ask("HEAD", `photos/${photo}`, { device: this.phone.device });
      return Number(answer.headers.get("Upload-Offset") ?? 0);
    } catch (failure) {
      if (failure.status === 404) return 0;
      throw failure;
    }
  }
}
