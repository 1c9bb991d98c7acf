// What is typed is kept on the device until the server has taken it: a time-out or a closed tab loses nothing.
//
// A draft is put back only into a form that the server shows fresh; after a refusal the server's own copy of the input wins.
// It is dropped when a submission leads to another page than sign-in, and all of a user's drafts when that user signs out.

import { element, word } from "./words.js";

const PREFIX = "draft:";
const PENDING = "draft-sent";
const SKIPPED = ["hidden", "password", "file", "submit", "button"];

const user = document.body.dataset.user;

export function setUpDrafts() {
  if (!user) {
    // Sign-in or an error answered the submission: it was not taken.
    sessionStorage.removeItem(PENDING);
    return;
  }
  const forms = [...document.querySelectorAll("form[data-draft]")];
  settle(forms);
  for (const form of forms) keep(form);
  document.querySelector("form[data-sign-out]")?.addEventListener("submit", forgetAll);
}

function keyOf(name) {
  return `${PREFIX}${user}:${name}`;
}

function settle(forms) {
  const sent = sessionStorage.getItem(PENDING);
  if (!sent) return;
  sessionStorage.removeItem(PENDING);
  const shownAgain = forms.some((form) => keyOf(form.dataset.draft) === sent && "refused" in form.dataset);
  if (!shownAgain) localStorage.removeItem(sent);
}

function keep(form) {
  const key = keyOf(form.dataset.draft);
  const note = form.querySelector("[data-draft-note]");
  if (!("refused" in form.dataset)) restore(form, key);
  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => save(form, key, note), 800);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    save(form, key, null);
    sessionStorage.setItem(PENDING, key);
  });
}

// What the form was opened with goes with what was typed into it: a draft that is sent later is known to be late.
function openedWith(form) {
  return Object.fromEntries(["version", "read"].map((name) => [name, form.elements.namedItem(name)?.value]));
}

function openWith(form, opened) {
  for (const [name, value] of Object.entries(opened ?? {})) {
    const field = form.elements.namedItem(name);
    if (field && value !== undefined) field.value = value;
  }
}

// Numbers of people, and who reports, are typed once more rather than left lying on a device.
function isKept(field) {
  return field.name && !SKIPPED.includes(field.type) && !("shielded" in field.dataset) && !field.closest("template");
}

function fieldsOf(form) {
  return [...form.elements].filter(isKept);
}

function read(form) {
  return fieldsOf(form).map((field) => {
    if (field.type === "checkbox" || field.type === "radio") return [field.name, field.value, field.checked];
    if (field.type === "select-multiple") return [field.name, [...field.selectedOptions].map((option) => option.value)];
    return [field.name, field.value];
  });
}

function save(form, key, note) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: Date.now(), opened: openedWith(form), fields: read(form) }));
    if (note) note.textContent = word("saved", { time: clock(Date.now()) });
  } catch {
    // A full or closed store costs the draft, never the form.
  }
}

function restore(form, key) {
  let draft;
  try {
    draft = JSON.parse(localStorage.getItem(key));
  } catch {
    draft = null;
  }
  if (!draft || JSON.stringify(draft.fields) === JSON.stringify(read(form))) return;
  const before = read(form);
  const opened = openedWith(form);
  form.dispatchEvent(new CustomEvent("draft:rows", { detail: draft.fields.map(([name]) => name) }));
  write(form, draft.fields);
  openWith(form, draft.opened);
  const discard = element("button", { type: "button", class: "btn btn-link" }, word("discard"));
  const notice = element("div", { class: "notice", role: "status" },
    element("p", {}, word("restored", { time: clock(draft.at) }), " ", discard));
  discard.addEventListener("click", () => {
    localStorage.removeItem(key);
    write(form, before);
    openWith(form, opened);
    notice.remove();
  });
  form.prepend(notice);
}

function write(form, fields) {
  const all = fieldsOf(form);
  for (const [name, value, checked] of fields) {
    for (const field of all.filter((one) => one.name === name)) {
      if (checked !== undefined) {
        if (field.value === value) field.checked = checked;
      } else if (Array.isArray(value)) {
        for (const option of field.options ?? []) option.selected = value.includes(option.value);
      } else {
        field.value = value;
      }
      field.dispatchEvent(new Event("draft:restored"));
    }
  }
}

function clock(instant) {
  return new Date(instant).toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
}

function forgetAll() {
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(`${PREFIX}${user}:`)) localStorage.removeItem(key);
  }
}
