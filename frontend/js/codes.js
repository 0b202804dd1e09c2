// Codes that the camera sees: which reader there is, and looking again and again.
const EVERY = 200; // milliseconds from one look to the next
const SAME = 4000; // for so long the same code is not told again

/** Return what reads a code from a picture: the browser's own reader, else what `other` gives. */
export async function reader(other) {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (!formats.includes("qr_code")) return other();
  const own = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  return async (canvas) => (await own.detect(canvas))[0]?.rawValue ?? "";
}

/** Tell of each code that is in a video, for as long as it `goesOn`. */
export async function look(video, read, goesOn, told) {
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let last = { code: "", at: 0 };
  while (goesOn()) {
    if (video.videoWidth) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      context.drawImage(video, 0, 0);
      const code = (await read(canvas, context)).trim();
      const now = Date.now();
      if (code && (code !== last.code || now - last.at > SAME)) {
        last = { code, at: now };
        told(code);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}
