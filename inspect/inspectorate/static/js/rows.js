// Repeated rows: adding and removing happens at once; without scripts the same buttons ask the server.

import { setUpChoosers } from "./choose.js";
import { setUpFields } from "./fields.js";

export function setUpRows() {
  for (const group of document.querySelectorAll("[data-rows]")) setUp(group);
}

function setUp(group) {
  const template = group.querySelector(":scope > template");
  const button = group.querySelector(":scope > [data-add-row]");
  const most = Number(group.dataset.most || Infinity);
  const fewest = Number(group.dataset.fewest || 0);
  const rows = () => [...group.querySelectorAll(":scope > [data-row]")];

  function renumber() {
    const all = rows();
    all.forEach((row, index) => {
      for (const place of row.querySelectorAll("[data-row-number]")) place.textContent = index + 1;
      row.setAttribute("aria-label", row.querySelector(".row-entry-title").textContent.trim());
    });
    button.hidden = all.length >= most;
    for (const remove of group.querySelectorAll(":scope > [data-row] [data-remove-row]")) remove.hidden = all.length <= fewest;
  }

  function add(number) {
    const copy = template.content.cloneNode(true);
    for (const node of copy.querySelectorAll("*")) {
      for (const attribute of node.attributes) {
        if (attribute.value.includes("__row__")) attribute.value = attribute.value.replaceAll("__row__", number);
      }
    }
    const row = copy.querySelector("[data-row]");
    button.before(row);
    setUpFields(row);
    setUpChoosers(row);
    group.dataset.next = Math.max(Number(group.dataset.next), number + 1);
    renumber();
    return row;
  }

  group.addEventListener("click", (event) => {
    const pressed = event.target.closest("button");
    if (pressed === button) {
      event.preventDefault();
      add(Number(group.dataset.next)).querySelector("input:not([hidden]), select:not([hidden]), textarea")?.focus();
      changed(group);
    } else if (pressed?.hasAttribute("data-remove-row")) {
      event.preventDefault();
      pressed.closest("[data-row]").remove();
      renumber();
      button.focus();
      changed(group);
    }
  });

  // A draft may hold more rows than the server has just shown.
  group.closest("form")?.addEventListener("draft:rows", (event) => {
    const pattern = new RegExp(`^${group.dataset.rows}-(\\d+)-`);
    const numbers = new Set(event.detail.map((name) => pattern.exec(name)?.[1]).filter(Boolean).map(Number));
    const shown = new Set(rows().flatMap((row) => [...row.querySelectorAll("[name]")].map((field) => pattern.exec(field.name)?.[1])).filter(Boolean).map(Number));
    for (const number of [...numbers].sort((a, b) => a - b)) if (!shown.has(number)) add(number);
  });
  renumber();
}

function changed(group) {
  group.dispatchEvent(new Event("input", { bubbles: true }));
}
