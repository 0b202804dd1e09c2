// The camera as a reader of codes. Where there is none, codes are typed.
import { button, h } from "../dom.js";
import { t } from "../words.js";

/** Load our own reader of codes, a file of its own, only where the browser has none. */
function ownReader() {
  if (!globalThis.kinwardReader) {
    const script = h("script", { src: document.documentElement.dataset.reader });
    globalThis.kinwardReader = new Promise((resolve, reject) => {
      script.addEventListener("load", () => resolve(globalThis.kinwardRead));
      script.addEventListener("error", () => { delete globalThis.kinwardReader; reject(new Error("no reader")); });
    });
    document.head.append(script);
  }
  return globalThis.kinwardReader;
}

async function reader() {
  const formats = (await globalThis.BarcodeDetector?.getSupportedFormats?.()) ?? [];
  if (!formats.includes("qr_code")) return ownReader();
  const native = new globalThis.BarcodeDetector({ formats: ["qr_code"] });
  return async (canvas) => (await native.detect(canvas))[0]?.rawValue ?? "";
}

const EVERY = 200; // milliseconds from one look to the next
const SAME = 4000; // for so long the same code is not told again

/** Draw what starts and stops the camera; `told` gets each code that it reads. */
export function scanner(told, label = t("scan")) {
  if (!navigator.mediaDevices?.getUserMedia) return null;
  const video = h("video", { class: "kw-scan__video", playsinline: true, hidden: true, "aria-label": t("camera_sees") });
  video.muted = true;
  const refused = h("p", { class: "govuk-error-message", role: "alert", hidden: true }, t("camera_refused"));
  let stream = null;

  const end = () => {
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    video.hidden = stop.hidden = true;
    start.hidden = false;
  };

  async function look() {
    const read = await reader();
    const canvas = h("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    let last = { code: "", at: 0 };
    while (stream?.active) {
      if (!video.isConnected || document.hidden) return void end(); // a camera that nobody looks at is off
      if (video.videoWidth) {
        canvas.width = video.videoWidth;
        canvas.height = video.videoHeight;
        context.drawImage(video, 0, 0);
        const code = (await read(canvas, context)).trim();
        if (code && (code !== last.code || Date.now() - last.at > SAME)) {
          last = { code, at: Date.now() };
          told(code);
        }
      }
      await new Promise((resolve) => setTimeout(resolve, EVERY));
    }
  }

  const start = button(label, async () => {
    refused.hidden = true;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" }, audio: false });
      video.srcObject = stream;
      await video.play();
    } catch {
      end();
      refused.hidden = false;
      return;
    }
    video.hidden = stop.hidden = false;
    start.hidden = true;
    look().catch(() => { end(); refused.hidden = false; });
  }, { quiet: true });
  const stop = button(t("camera_away"), end, { quiet: true, hidden: true });
  return h("div", { class: "kf-scan" }, start, stop, video, refused);
}
