// Bytes as text and back, and names for what a phone makes.
const CHUNK = 0x8000; // arguments that one call takes
const HEX = Array.from({ length: 256 }, (_, each) => each.toString(16).padStart(2, "0"));

/** Base64url without padding. */
export function toText(buffer) {
  const bytes = new Uint8Array(buffer);
  let signs = "";
  for (let at = 0; at < bytes.length; at += CHUNK) signs += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

export const toBytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
export const hex = (buffer) => Array.from(new Uint8Array(buffer), (each) => HEX[each]).join("");
export const utf8 = (text) => new TextEncoder().encode(text);
export const fromUtf8 = (bytes) => new TextDecoder().decode(bytes);
export const random = (length) => crypto.getRandomValues(new Uint8Array(length));

export function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole;
}

/** Whether two texts are equal, in a time that does not tell where they differ. */
export function same(left, right) {
  let differs = left.length ^ right.length;
  for (let at = 0; at < left.length; at += 1) differs |= left.charCodeAt(at) ^ right.charCodeAt(at % (right.length || 1));
  return differs === 0;
}

/** A UUID of version 7 (RFC 9562): this phone's milliseconds, then chance. */
export function uuid7(now = Date.now()) {
  const bytes = random(16);
  for (let at = 5, rest = now; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256;
  bytes[6] = (bytes[6] & 0x0f) | 0x70;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const text = hex(bytes);
  return [text.slice(0, 8), text.slice(8, 12), text.slice(12, 16), text.slice(16, 20), text.slice(20)].join("-");
}
