// The camera as a reader of codes. Where there is none, codes are typed.
import { look, reader } from "../../codes.js";
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

  // A camera that nobody looks at is off.
  const goesOn = () => {
    if (stream?.active && (!video.isConnected || document.hidden)) end();
    return Boolean(stream?.active);
  };

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
    reader(ownReader).then((read) => look(video, read, goesOn, told)).catch(() => { end(); refused.hidden = false; });
  }, { quiet: true });
  const stop = button(t("camera_away"), end, { quiet: true, hidden: true });
  return h("div", { class: "kf-scan" }, start, stop, video, refused);
}
