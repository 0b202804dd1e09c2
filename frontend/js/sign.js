// Draws a signature with finger, pen or mouse. Without it, the minute is signed on paper and the paper is kept.

const APART = 3; // units from one point to the next: enough for a hand, and short to store

/** Return where an event is on the field, in whole units of the picture. */
function at(field, event) {
  const box = field.getBoundingClientRect();
  const within = (value, most) => Math.min(Math.max(Math.round(value), 0), most);
  const x = ((event.clientX - box.left) / box.width) * field.width;
  const y = ((event.clientY - box.top) / box.height) * field.height;
  return [within(x, field.width), within(y, field.height)];
}

function offerSigning(box) {
  if (!box) return;
  const [field, drawn, again] = ["field", "drawn", "again"].map((name) => box.querySelector(`[data-sign-${name}]`));
  const pen = field.getContext("2d");
  pen.lineWidth = 3;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  let lines = [];
  let drawing = null;
  const keep = () => {
    const whole = lines.filter((line) => line.length > 1);
    drawn.value = whole.map((line) => line.map(([x, y], index) => `${index ? "L" : "M"}${x} ${y}`).join("")).join("");
  };
  field.addEventListener("pointerdown", (event) => {
    if (drawing !== null) return;
    event.preventDefault();
    field.setPointerCapture(event.pointerId);
    drawing = event.pointerId;
    lines.push([at(field, event)]);
  });
  field.addEventListener("pointermove", (event) => {
    if (event.pointerId !== drawing) return;
    const line = lines.at(-1);
    const [x, y] = at(field, event);
    const [lastX, lastY] = line.at(-1);
    if (Math.hypot(x - lastX, y - lastY) < APART) return;
    line.push([x, y]);
    pen.beginPath();
    pen.moveTo(lastX, lastY);
    pen.lineTo(x, y);
    pen.stroke();
  });
  const end = (event) => {
    if (event.pointerId !== drawing) return;
    drawing = null;
    keep();
  };
  field.addEventListener("pointerup", end);
  field.addEventListener("pointercancel", end);
  again.addEventListener("click", () => {
    lines = [];
    keep();
    pen.clearRect(0, 0, field.width, field.height);
  });
  keep(); // what was drawn before a page with an error is drawn again
  box.hidden = false;
}

offerSigning(document.querySelector("[data-sign]"));
