// Our own reader of codes, for browsers that have none.
import jsQR from "jsqr";

/** Return the code in a picture, or nothing. */
export async function readPicture(canvas, context) {
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data ?? "";
}
