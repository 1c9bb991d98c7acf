// Guards of forms: no second submission, no silent leaving, no file that the server would refuse.

import { element, word } from "./words.js";

export function setUpForms() {
  for (const form of document.querySelectorAll("form[data-guard]")) guard(form);
  for (const input of document.querySelectorAll("input[type=file][capture][multiple]")) keepShots(input);
  for (const input of document.querySelectorAll("input[type=file][data-limit]")) {
    input.addEventListener("change", () => checkFiles(input));
  }
}

function guard(form) {
  let dirty = false;
  let sent = false;
  form.addEventListener("input", () => { dirty = true; });
  form.addEventListener("change", () => { dirty = true; });
  form.addEventListener("submit", (event) => {
    if (sent) {
      event.preventDefault();
      return;
    }
    sent = true;
    event.submitter?.setAttribute("aria-disabled", "true");
    event.submitter?.classList.add("disabled");
  });
  addEventListener("beforeunload", (event) => {
    if (dirty && !sent) event.preventDefault();
  });
  // A page that comes back from the browser's memory can be sent again.
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    sent = false;
    for (const button of form.querySelectorAll("[aria-disabled]")) {
      button.removeAttribute("aria-disabled");
      button.classList.remove("disabled");
    }
  });
}

// A phone's camera gives one picture at a time and would replace the one before: all stay until the form is sent.
function keepShots(input) {
  let kept = [];
  input.addEventListener("change", () => {
    const all = new DataTransfer();
    for (const file of [...kept, ...input.files]) all.items.add(file);
    input.files = all.files;
    kept = [...all.files].filter((file) => !tooLarge(input, file));
  });
}

// The limit is in megabytes.
function tooLarge(input, file) {
  return file.size > Number(input.dataset.limit) * 1024 * 1024;
}

// What is too large is left out and named below the field; the other files stay.
function checkFiles(input) {
  const limit = input.dataset.limit;
  const large = [...input.files].filter((file) => tooLarge(input, file));
  const place = input.parentElement;
  place.querySelector("[data-too-large]")?.remove();
  place.classList.toggle("field-wrong", large.length > 0);
  if (!large.length) return;
  const taken = new DataTransfer();
  for (const file of input.files) if (!large.includes(file)) taken.items.add(file);
  input.files = taken.files;
  const said = large.map((file) => element("span", { class: "d-block" }, word("too_large", { name: file.name, limit })));
  place.append(element("div", { class: "wrong", role: "alert", "data-too-large": "" }, element("span", {}, ...said)));
}
