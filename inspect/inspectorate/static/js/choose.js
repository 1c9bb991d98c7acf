// A long select becomes a field to type into: filters by every word typed, keeps the select as the field that is sent.

import { element, word } from "./words.js";

const SHOWN = 60;

export function setUpChoosers(root) {
  for (const select of root.querySelectorAll("select[data-choose]")) {
    if (!select.multiple && !select.dataset.ready) setUp(select);
  }
}

function optionsOf(select) {
  return [...select.options].filter((option) => option.value).map((option) => ({
    option,
    text: option.textContent.trim(),
    group: option.parentElement.label ?? "",
    sought: `${option.textContent} ${option.parentElement.label ?? ""} ${option.value}`.toLowerCase(),
  }));
}

function setUp(select) {
  select.dataset.ready = "";
  const all = optionsOf(select);
  const listId = `${select.id}-list`;
  const blank = select.querySelector('option[value=""]');
  const input = element("input", {
    id: `${select.id}-choose`, class: "form-control", type: "text", role: "combobox", autocomplete: "off", spellcheck: "false",
    "aria-expanded": "false", "aria-controls": listId, "aria-autocomplete": "list", "aria-describedby": select.getAttribute("aria-describedby"),
    "aria-invalid": select.getAttribute("aria-invalid"), placeholder: [blank?.textContent.trim(), word("filter")].filter(Boolean).join(" · "),
  });
  if (select.classList.contains("is-invalid")) input.classList.add("is-invalid");
  const list = element("ul", { id: listId, class: "choose-list", role: "listbox", hidden: "" });
  const status = element("span", { class: "visually-hidden", role: "status" });
  const label = document.querySelector(`label[for="${CSS.escape(select.id)}"]`);
  if (label) {
    list.setAttribute("aria-label", label.textContent.trim());
    label.htmlFor = input.id;
  }
  const frame = element("div", { class: "choose" });
  select.replaceWith(frame);
  frame.append(input, list, status, select);
  select.hidden = true;
  // Links of the error summary lead to the select: pass the focus on.
  for (const link of document.querySelectorAll(`a[href="#${CSS.escape(select.id)}"]`)) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      input.focus();
    });
  }

  let found = [];
  let active = -1;

  function showChosen() {
    const chosen = select.selectedOptions[0];
    input.value = chosen?.value ? chosen.textContent.trim() : "";
  }

  function open(text) {
    const parts = text.toLowerCase().split(/\s+/).filter(Boolean);
    found = all.filter((one) => parts.every((part) => one.sought.includes(part))).slice(0, SHOWN);
    list.replaceChildren();
    let group = "";
    found.forEach((one, index) => {
      if (one.group && one.group !== group) list.append(element("li", { class: "choose-group", role: "presentation" }, one.group));
      group = one.group;
      const item = element("li", { id: `${listId}-${index}`, role: "option", "aria-selected": "false" }, one.text);
      item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(index); });
      list.append(item);
    });
    if (!found.length) list.append(element("li", { class: "choose-group", role: "presentation" }, word("no_match")));
    status.textContent = found.length ? word("matches", { count: found.length }) : word("no_match");
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
    mark(-1);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(index) {
    list.querySelector('[aria-selected="true"]')?.setAttribute("aria-selected", "false");
    active = index;
    const item = index < 0 ? null : document.getElementById(`${listId}-${index}`);
    if (!item) return input.removeAttribute("aria-activedescendant");
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", item.id);
  }

  function choose(index) {
    if (found[index]) found[index].option.selected = true;
    showChosen();
    close();
    select.dispatchEvent(new Event("input", { bubbles: true }));
    select.dispatchEvent(new Event("change", { bubbles: true }));
  }

  input.addEventListener("input", (event) => { event.stopPropagation(); open(input.value); });
  input.addEventListener("change", (event) => event.stopPropagation());
  input.addEventListener("click", () => { if (list.hidden) { input.select(); open(""); } });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open(select.value ? "" : input.value);
      mark(Math.min(Math.max(active + (event.key === "ArrowDown" ? 1 : -1), 0), found.length - 1));
    } else if (event.key === "Enter" && !list.hidden) {
      event.preventDefault();
      choose(active < 0 && found.length === 1 ? 0 : active);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      showChosen();
      close();
    }
  });
  input.addEventListener("blur", () => {
    if (!input.value.trim() && blank) {
      select.value = "";
      select.dispatchEvent(new Event("change", { bubbles: true }));
    }
    showChosen();
    close();
  });
  select.addEventListener("draft:restored", showChosen);
  showChosen();
}
