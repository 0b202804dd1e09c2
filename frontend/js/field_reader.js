// Reads a code from a picture, where the browser cannot: loaded only then.
import jsQR from "jsqr";

globalThis.kinwardRead = async (canvas, context) => {
  const picture = context.getImageData(0, 0, canvas.width, canvas.height);
  return jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data ?? "";
};
