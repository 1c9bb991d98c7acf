// Sheets of returns: amounts get their separators as a field is left, and one reason serves several regions.

const PLAIN = /^\d+(\.\d+)?$/;

export function setUpReturns() {
  for (const field of document.querySelectorAll("[data-thousands]")) {
    field.addEventListener("blur", () => separate(field));
    separate(field);
  }
  const button = document.querySelector("[data-same-reason]");
  if (!button) return;
  button.hidden = false;
  button.addEventListener("click", () => repeat(document.querySelectorAll("[data-reasons] input")));
}

function separate(field) {
  const plain = field.value.replaceAll(",", "").trim();
  if (!PLAIN.test(plain)) return;
  const [whole, part] = plain.split(".");
  field.value = whole.replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "");
}

function repeat(fields) {
  const reason = [...fields].map((field) => field.value.trim()).find(Boolean);
  if (!reason) return;
  for (const field of fields) {
    if (!field.value.trim()) field.value = reason;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
