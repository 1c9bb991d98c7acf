// Fields that help while one types: days, amounts with capitals, codes checked as they are left.

import { capitals, parseYuan, separated } from "./money.js";
import { identityHolds, usccHolds } from "./codes.js";
import { element, word } from "./words.js";

export function setUpFields(root) {
  for (const input of root.querySelectorAll("input[data-day]")) setUpDay(input);
  for (const input of root.querySelectorAll("input[data-money]")) setUpMoney(input);
  for (const input of root.querySelectorAll("input[data-check]")) setUpCode(input);
}

// A remark under the field; the server has the last word, so it never stops a submission.
function remark(input, text) {
  const field = input.closest(".field, .filter") ?? input.parentElement;
  const id = `${input.id}-remark`;
  let line = document.getElementById(id);
  if (!line && text) {
    line = element("p", { class: "wrong", id, role: "status" });
    field.append(line);
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
  }
  if (line) line.textContent = text;
  input.classList.toggle("is-invalid", Boolean(text));
}

export function parseDay(text) {
  const plain = text.trim().replace(/\s/g, "");
  const match = /^(\d{4})(\d{2})(\d{2})$/.exec(plain) ?? /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCFullYear() !== year || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  return date.toISOString().slice(0, 10);
}

function setUpDay(input) {
  input.addEventListener("change", () => {
    const day = parseDay(input.value);
    if (day) input.value = day;
    remark(input, day || !input.value.trim() ? "" : word("date"));
  });
  if (input.readOnly || input.disabled || input.closest(".day-picker")) return;
  const native = element("input", { type: "date", tabindex: "-1", "aria-hidden": "true" });
  const button = element("button", { type: "button", class: "btn btn-outline-primary" }, word("choose_date"));
  const label = input.labels?.[0]?.textContent.trim();
  if (label) button.append(element("span", { class: "visually-hidden" }, ` ${label}`));
  const group = element("div", { class: "input-group day-picker" });
  input.replaceWith(group);
  group.append(input, native, button);
  button.addEventListener("click", () => {
    native.value = parseDay(input.value) ?? "";
    native.showPicker?.();
  });
  native.addEventListener("change", () => {
    input.value = native.value;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function setUpMoney(input) {
  const shown = document.getElementById(`${input.id}-capitals`);
  const show = () => {
    const fen = parseYuan(input.value);
    if (shown) shown.textContent = fen === null ? "" : capitals(fen);
    return fen;
  };
  input.addEventListener("input", show);
  input.addEventListener("draft:restored", show);
  input.addEventListener("change", () => {
    const fen = show();
    if (fen !== null) input.value = separated(fen);
    remark(input, fen === null && input.value.trim() ? word("money") : "");
  });
  show();
}

function setUpCode(input) {
  const holds = input.dataset.check === "uscc" ? usccHolds : identityHolds;
  input.addEventListener("change", () => {
    input.value = input.value.trim().toUpperCase();
    remark(input, !input.value || input.value.includes("*") || holds(input.value) ? "" : word(input.dataset.check));
  });
}
