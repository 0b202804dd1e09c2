// Reads the codes of wristbands with the camera. Without it, codes are typed and names tapped.
import { look, reader } from "./codes.js";
import { readPicture } from "./pictures.js";

/** Send the code that was read, by the form that the page has at this moment. */
function send(code) {
  const form = document.querySelector("[data-scan-form]");
  if (!form) return;
  form.elements.code.value = code;
  form.requestSubmit();
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
    const seen = stream; // until the camera is put away
    look(video, await reader(() => readPicture), () => seen.active, send);
  });
  stop.addEventListener("click", end);
  // A camera that nobody looks at is off.
  document.addEventListener("visibilitychange", () => document.hidden && end());
}

offerScanning(document.querySelector("[data-scan]"));
