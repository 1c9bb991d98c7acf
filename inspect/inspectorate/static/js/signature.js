// The party signs on the screen with finger or pen; the drawing is sent as a PNG. Without this script one signs on paper.

const LINE = 3;

for (const place of document.querySelectorAll("[data-signature]")) setUp(place);

function setUp(place) {
  const canvas = place.querySelector("canvas");
  const form = canvas.closest("form");
  const field = form.elements.drawn;
  const pen = canvas.getContext("2d");
  let drawn = false;
  place.hidden = false;

  function clear() {
    // Dark on white whatever the page's colours: the picture is evidence, not decoration.
    pen.fillStyle = "#ffffff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    drawn = false;
    field.value = "";
  }

  function at(event) {
    const frame = canvas.getBoundingClientRect();
    return [
      ((event.clientX - frame.left) * canvas.width) / frame.width,
      ((event.clientY - frame.top) * canvas.height) / frame.height,
    ];
  }

  canvas.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    canvas.setPointerCapture(event.pointerId);
    pen.strokeStyle = "#1b2430";
    pen.lineWidth = LINE;
    pen.lineCap = pen.lineJoin = "round";
    pen.beginPath();
    pen.moveTo(...at(event));
  });
  canvas.addEventListener("pointermove", (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    pen.lineTo(...at(event));
    pen.stroke();
    drawn = true;
    canvas.dispatchEvent(new Event("input", { bubbles: true }));
  });
  // A finger that draws must not scroll the page.
  canvas.addEventListener("touchstart", (event) => event.preventDefault(), { passive: false });
  place.querySelector("button").addEventListener("click", clear);
  form.addEventListener("submit", () => {
    field.value = drawn ? canvas.toDataURL("image/png") : "";
  });
  // What was drawn before a refusal is drawn again.
  const before = field.value;
  clear();
  if (before) drawAgain(before).catch(() => {});

  async function drawAgain(address) {
    const bytes = Uint8Array.from(atob(address.split(",")[1]), (letter) => letter.charCodeAt(0));
    pen.drawImage(await createImageBitmap(new Blob([bytes], { type: "image/png" })), 0, 0);
    drawn = true;
  }
}
