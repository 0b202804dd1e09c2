// Photographs: made small on the phone, sealed to the server, sent in pieces after the texts.
import { joined, toText, uuid7 } from "./bytes.js";
import { sealed } from "./sealing.js";

export const LARGEST_SIDE = 1280; // pixels: a face is told from another, a link of the field carries it
const QUALITY = 0.72;
export const PIECE = 256 * 1024; // bytes of one request

/** Draw a photograph anew, small; what the camera wrote beside it (place, time, maker) is left behind. */
export async function shrunk(file) {
  const picture = await createImageBitmap(file);
  const scale = Math.min(1, LARGEST_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  return new Uint8Array(await blob.arrayBuffer());
}

/** Show the bytes of a photograph on a canvas. */
export async function draw(bytes, canvas) {
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  canvas.width = picture.width;
  canvas.height = picture.height;
  canvas.getContext("2d").drawImage(picture, 0, 0);
  picture.close();
}

export const newPhoto = () => uuid7();
export const mediaOf = (draft, photo) => `${draft}/${photo}`;

/** Seal a photograph of a draft to the server: rows of the pieces, in their order. */
export async function sealPhoto(keys, row, { entry, device }) {
  const photo = row.id.split("/")[1];
  const plain = await keys.openBytes("media", row);
  const box = await sealed(plain, device.key, "kinward field photo 1", [photo, entry, device.device].join("|"));
  const digest = toText(await crypto.subtle.digest("SHA-256", box));
  const rows = [];
  for (let offset = 0; offset < box.byteLength; offset += PIECE) {
    rows.push({ id: `${photo}/${String(offset).padStart(10, "0")}`, photo, entry, offset, length: box.byteLength, digest, bytes: box.slice(offset, offset + PIECE) });
  }
  return rows;
}

/** Photographs that wait, each as one whole: `{photo, entry, length, digest, bytes}`. */
export function wholes(rows) {
  const byPhoto = new Map();
  for (const row of rows) byPhoto.set(row.photo, [...(byPhoto.get(row.photo) ?? []), row]);
  return [...byPhoto.values()].map((pieces) => {
    pieces.sort((left, right) => left.offset - right.offset);
    return { ...pieces[0], pieces: pieces.map((each) => each.id), bytes: joined(...pieces.map((each) => each.bytes)) };
  });
}
