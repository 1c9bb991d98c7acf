// A citation opens its article beside the page; the link stays a link.

import { element, word } from "./words.js";

let panel;

export function setUpArticles() {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-article]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || !("showModal" in HTMLDialogElement.prototype)) return;
    event.preventDefault();
    show(link);
  });
}

function build() {
  const title = element("h2", { id: "article-panel-title" });
  const close = element("button", { type: "button", class: "btn btn-outline-primary" }, word("close"));
  const body = element("div", { class: "article-panel-body", tabindex: "0" });
  const dialog = element("dialog", { class: "article-panel", "aria-labelledby": title.id },
    element("div", { class: "article-panel-head" }, title, close), body);
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  document.body.append(dialog);
  return { dialog, title, body };
}

async function show(link) {
  panel ??= build();
  panel.title.textContent = link.textContent;
  panel.body.textContent = word("loading");
  if (!panel.dialog.open) panel.dialog.showModal();
  try {
    const answer = await fetch(link.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const text = page.querySelector("[data-article-text]") ?? page.querySelector("main");
    if (!answer.ok || !text) throw new Error(answer.status);
    panel.title.textContent = page.querySelector("h1")?.textContent ?? link.textContent;
    panel.body.replaceChildren(...[...text.childNodes].map((node) => document.importNode(node, true)));
    (panel.body.querySelector("[aria-current='location']") ?? panel.title).scrollIntoView({ block: "nearest" });
  } catch {
    panel.body.replaceChildren(element("p", {}, word("unreachable")), element("a", { href: link.href }, link.textContent));
  }
}
