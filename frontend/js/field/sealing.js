// Sealing to the server's public key (decision 0072): what was sealed here, nobody here can open.
import { joined, random, toBytes, toText, utf8 } from "./bytes.js";

const CURVE = { name: "ECDH", namedCurve: "P-256" };

/** Return `ephemeral public key ‖ iv ‖ ciphertext` of some bytes, for the holder of the private key. */
export async function sealed(plain, publicKey, info, additional) {
  const theirs = await crypto.subtle.importKey("raw", toBytes(publicKey), CURVE, false, []);
  const ours = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const ephemeral = new Uint8Array(await crypto.subtle.exportKey("raw", ours.publicKey));
  const secret = await crypto.subtle.deriveBits({ name: "ECDH", public: theirs }, ours.privateKey, 256);
  const root = await crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey"]);
  const key = await crypto.subtle.deriveKey(
    { name: "HKDF", hash: "SHA-256", salt: ephemeral, info: utf8(info) }, root, { name: "AES-GCM", length: 256 }, false, ["encrypt"],
  );
  const iv = random(12);
  const box = await crypto.subtle.encrypt({ name: "AES-GCM", iv, additionalData: utf8(additional) }, key, plain);
  return joined(ephemeral, iv, new Uint8Array(box));
}

/** Return the box of an entry: `{id, record, kind, form}` said by this device, with what was answered. */
export async function boxOf({ id, record, kind, form }, told, { device, key }) {
  const additional = [id, record, kind, form, device].join("|");
  return toText(await sealed(utf8(JSON.stringify(told)), key, "kinward field entry 1", additional));
}
