// This phone while it is unlocked: its keys, what it knows of the server, its forms and its pack.
import { Sync } from "./sync.js";
import { askJson } from "./server.js";
import * as store from "./store.js";
import { makeVault, openVault, wipe } from "./vault.js";

const KEPT = ["device", "state", "forms", "pack"]; // rows of `about` that are sealed in the vault
const DAY = 24 * 60 * 60_000; // milliseconds: a clock further off is told of, a pack older is renewed

export class Phone {
  constructor(keys, changed) {
    this.keys = keys;
    this.changed = changed;
    this.state = { seq: 0, skew: 0 };
    this.forms = [];
    this.pack = null;
  }

  /** Enrol this phone with what the server gave, behind a passphrase. */
  static async enrol({ token, name, passphrase, duress }, changed) {
    const { vault, keys } = await makeVault(passphrase, duress);
    const device = await askJson("POST", "enrol", { json: { token, name } });
    const phone = new Phone(keys, changed);
    phone.device = { ...device, name };
    await store.write([{ store: "about", put: vault }, { store: "about", put: await keys.seal("about", "device", phone.device) }]);
    return phone.begin();
  }

  static async unlock(passphrase, changed) {
    const phone = new Phone(await openVault(passphrase), changed);
    for (const name of KEPT) {
      const row = await store.get("about", name);
      if (row) phone[name] = await phone.keys.open("about", row);
    }
    await phone.expire();
    return phone.begin();
  }

  begin() {
    this.sync = new Sync(this, this.changed);
    this.sync.now();
    return this;
  }

  /** Forget the keys. What was written is sealed; what is sent goes on after the next unlocking. */
  lock() {
    this.sync.stop();
    this.keys = this.device = this.pack = null;
    this.forms = [];
  }

  get seq() {
    return this.state.seq;
  }

  /** What time it is, as far as the server ever told: clocks of phones are off by years. */
  now() {
    return Date.now() + this.state.skew;
  }

  get clockIsOff() {
    return Math.abs(this.state.skew) > DAY;
  }

  form(name) {
    return this.forms.find((each) => each.name === name) ?? null;
  }

  async keep(name, value) {
    this[name] = value;
    await store.write([{ store: "about", put: await this.keys.seal("about", name, value) }]);
  }

  async saw(seq) {
    if (seq > this.seq) await this.keep("state", { ...this.state, seq });
  }

  /** Ask what is new: the time, the key, the forms, the pack. */
  async refresh() {
    const { device } = this;
    const told = await askJson("GET", "state", { device });
    await this.keep("state", { ...this.state, seq: Math.max(told.seq, this.seq), skew: Date.parse(told.now) - Date.now(), latest: Date.parse(told.now), expired: false });
    if (told.key_id !== device.key_id) await this.keep("device", { ...device, key: told.key, key_id: told.key_id });
    const known = JSON.stringify(this.forms.map((each) => [each.name, each.version]).sort());
    if (known !== JSON.stringify(Object.entries(told.forms).sort())) await this.keep("forms", (await askJson("GET", "forms", { device })).forms);
    if (this.needsPack(told.pack)) {
      await this.keep("pack", await askJson("GET", "pack", { device }));
      await this.keep("state", { ...this.state, packed: told.pack, packed_at: Date.parse(told.now) });
    }
    await this.expire();
  }

  /** Each handing over of a pack is a reading of every child in it: only where there is something new. */
  needsPack(version) {
    const { packed, packed_at: at = 0, latest } = this.state;
    return !this.pack || JSON.stringify(version) !== JSON.stringify(packed) || latest - at >= DAY;
  }

  /** A pack that has ended is removed, whether or not the server can be reached. */
  async expire() {
    if (!this.pack) return;
    const latest = Math.max(this.now(), this.state.latest ?? 0); // a clock that was put back changes nothing
    if (latest > (this.state.latest ?? 0)) await this.keep("state", { ...this.state, latest });
    if (!this.pack.expires_at || latest < Date.parse(this.pack.expires_at)) return;
    this.pack = null;
    await store.write([{ store: "about", remove: "pack" }]);
    await this.keep("state", { ...this.state, expired: true });
  }

  /** The server took this phone off its list: nothing readable stays, the sealed queue does. */
  async revoked() {
    this.lock();
    await wipe();
    this.onRevoked?.();
  }
}
