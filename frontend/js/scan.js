// Reads the codes of wristbands with the camera. Without it, codes are typed and names tapped.
import jsQR from "jsqr";

const EVERY = 200; // milliseconds from one look to the next
const SAME = 4000; // for so long the same wristband is not sent again

/** Return what reads a code from a picture: the browser's own reader, else ours. */
async function reader() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (formats.includes("qr_code")) {
    const own = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
    return async (canvas) => (await own.detect(canvas))[0]?.rawValue ?? "";
  }
  return async (canvas, context) => {
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    return jsQR(picture.data, picture.width, picture.height, { inversionAttempts: "dontInvert" })?.data ?? "";
  };
}

/** Send the code that was read, by the form that the page has at this moment. */
function send(code) {
  const form = document.querySelector("[data-scan-form]");
  if (!form) return;
  form.elements.code.value = code;
  form.requestSubmit();
}

/** Look at what the camera sees, again and again, until the camera is put away. */
async function look(video, stream) {
  const read = await reader();
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d", { willReadFrequently: true });
  let last = { code: "", at: 0 };
  while (stream.active) {
    if (video.videoWidth) {
      canvas.width = video.videoWidth;
      canvas.height = video.videoHeight;
      context.drawImage(video, 0, 0);
      const code = (await read(canvas, context)).trim();
      const now = Date.now();
      if (code && (code !== last.code || now - last.at > SAME)) {
        last = { code, at: now };
        send(code);
      }
    }
    await new Promise((resolve) => setTimeout(resolve, EVERY));
  }
}

function offerScanning(box) {
  if (!box || !navigator.mediaDevices?.getUserMedia) return;
  const [start, stop, video, refused] = ["start", "stop", "video", "refused"].map((name) => box.querySelector(`[data-scan-${name}]`));
  let stream = null;
  const show = (on) => {
    start.hidden = on;
    stop.hidden = !on;
    video.hidden = !on;
  };
  const end = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    show(false);
  };
  box.hidden = false;
  start.addEventListener("click", async () => {
    refused.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
    } catch {
      refused.hidden = false;
      return;
    }
    video.srcObject = stream;
    await video.play();
    show(true);
    look(video, stream);
  });
  stop.addEventListener("click", end);
  // A camera that nobody looks at is off.
  document.addEventListener("visibilitychange", () => document.hidden && end());
}

offerScanning(document.querySelector("[data-scan]"));
