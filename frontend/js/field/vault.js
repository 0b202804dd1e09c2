// The vault: a key that a passphrase opens, and rows sealed with it. Nothing here leaves the phone.
//
// PBKDF2-SHA-256 makes 256 bits of the passphrase, HKDF a wrapping key and a mark of them. The key of
// the rows is random, wrapped, and once opened cannot be taken out of the browser again.
import { fromUtf8, random, same, toBytes, toText, utf8 } from "./bytes.js";
import { get, STORES, write } from "./store.js";

export const ITERATIONS = 600_000; // OWASP, Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256
export const TRIES = 8; // only a speed bump: the end of the pack is the real limit
export const SHORTEST = 8; // characters of a passphrase
const KDF = "PBKDF2-SHA-256";
const VAULT = "vault";

export class WrongPassphrase extends Error {
  constructor(left) {
    super("wrong passphrase");
    this.left = left;
  }
}

/** The vault is gone: `quietly` where a person is not to see that it ever was. */
export class Wiped extends Error {
  constructor(quietly) {
    super("wiped");
    this.quietly = quietly;
  }
}

/** What seals the rows of this phone while it is unlocked. */
export class Keys {
  constructor(key) {
    this.key = key;
  }

  /** Return a row: what the store and the id are is part of it, so that no two can change places. */
  async seal(store, id, value) {
    const iv = random(12);
    const plain = value instanceof Uint8Array ? value : utf8(JSON.stringify(value));
    const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(`${store}|${id}`) }, this.key, plain);
    return { id, iv, box };
  }

  async openBytes(store, row) {
    const given = { name: "AES-GCM", iv: row.iv, additionalData: utf8(`${store}|${row.id}`) };
    return new Uint8Array(await crypto.subtle.decrypt(given, this.key, row.box));
  }

  async open(store, row) {
    return JSON.parse(fromUtf8(await this.openBytes(store, row)));
  }
}

/** Return what a passphrase comes to: the key that wraps, and a mark that tells it from others. */
async function derived(passphrase, salt, iterations) {
  const typed = await crypto.subtle.importKey("raw", utf8(passphrase.normalize("NFC").trim()), "PBKDF2", false, ["deriveBits"]);
  const bits = await crypto.subtle.deriveBits({ name: "PBKDF2", hash: "SHA-256", salt, iterations }, typed, 256);
  const root = await crypto.subtle.importKey("raw", bits, "HKDF", false, ["deriveKey", "deriveBits"]);
  const from = (info) => ({ name: "HKDF", hash: "SHA-256", salt, info: utf8(info) });
  const wrapping = await crypto.subtle.deriveKey(from("kinward field vault"), root, { name: "AES-GCM", length: 256 }, false, ["wrapKey", "unwrapKey"]);
  const mark = toText(await crypto.subtle.deriveBits(from("kinward field mark"), root, 256));
  return { wrapping, mark };
}

const unwrapped = (vault, wrapping) => crypto.subtle.unwrapKey(
  "raw", toBytes(vault.wrapped), wrapping, { name: "AES-GCM", iv: toBytes(vault.iv) }, "AES-GCM", false, ["encrypt", "decrypt"],
);

/** Make a vault. Where there is no passphrase for danger its mark is chance: nobody can tell which. */
export async function makeVault(passphrase, duress = "") {
  const salt = random(16);
  const iv = random(12);
  const { wrapping } = await derived(passphrase, salt, ITERATIONS);
  const mark = duress ? (await derived(duress, salt, ITERATIONS)).mark : toText(random(32));
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, true, ["encrypt", "decrypt"]);
  const wrapped = await crypto.subtle.wrapKey("raw", fresh, wrapping, { name: "AES-GCM", iv });
  const vault = { id: VAULT, kdf: KDF, iterations: ITERATIONS, salt: toText(salt), iv: toText(iv), wrapped: toText(wrapped), mark, wrong: 0 };
  return { vault, keys: new Keys(await unwrapped(vault, wrapping)) };
}

export const hasVault = async () => Boolean(await get("about", VAULT));

/** Open the vault. A wrong passphrase is counted before it is tried, so that no crash gives one away. */
export async function openVault(passphrase) {
  const vault = await get("about", VAULT);
  if (!vault) throw new Wiped(true);
  const tried = { ...vault, wrong: vault.wrong + 1 };
  await write([{ store: "about", put: tried }]);
  const { wrapping, mark } = await derived(passphrase, toBytes(vault.salt), vault.iterations);
  if (same(mark, vault.mark)) {
    await wipe();
    throw new Wiped(true);
  }
  let key;
  try {
    key = await unwrapped(vault, wrapping);
  } catch {
    if (tried.wrong < TRIES) throw new WrongPassphrase(TRIES - tried.wrong);
    await wipe();
    throw new Wiped(false);
  }
  await write([{ store: "about", put: { ...vault, wrong: 0 } }]);
  return new Keys(key);
}

/** Forget the keys and all they open. What is sealed to the server stays: nobody here can read it. */
export function wipe() {
  const kept = new Set(["entries", "photos"]);
  return write(STORES.filter((store) => !kept.has(store)).map((store) => ({ store, clear: true })));
}
