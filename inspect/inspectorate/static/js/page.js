// Search by "/", the focus on what went wrong, filters folded on phones, sections as tabs.

const TYPING = "input, textarea, select, [contenteditable]";

export function setUpPage() {
  document.addEventListener("keydown", focusSearch);
  document.querySelector("[data-error-summary], [data-late]")?.focus();
  if (matchMedia("(max-width: 767px)").matches) {
    for (const fold of document.querySelectorAll("[data-fold]")) fold.open = Boolean(fold.querySelector("[aria-invalid]"));
  }
  document.addEventListener("click", closeMore);
  reachWideTables();
  addEventListener("resize", reachWideTables);
  for (const tabs of document.querySelectorAll("[data-tabs]")) setUpTabs(tabs);
}

// A table that scrolls sideways is reached by the keyboard; one that fits is no stop on the way.
function reachWideTables() {
  for (const frame of document.querySelectorAll(".table-frame:not([role])")) {
    if (frame.scrollWidth > frame.clientWidth) frame.setAttribute("tabindex", "0");
    else frame.removeAttribute("tabindex");
  }
}

function focusSearch(event) {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || event.target.closest(TYPING)) return;
  const search = document.getElementById("site-search");
  if (!search) return;
  event.preventDefault();
  search.focus();
  search.select();
}

function closeMore(event) {
  for (const more of document.querySelectorAll(".side-more details[open]")) {
    if (!more.contains(event.target)) more.open = false;
  }
}

// The links stay links to sections: printing shows all of them, and an address with # opens the right one.
function setUpTabs(tabs) {
  const links = [...tabs.querySelectorAll("a")];
  const panels = links.map((link) => document.getElementById(link.hash.slice(1)));
  if (panels.includes(null)) return;

  function show(chosen) {
    links.forEach((link, index) => {
      if (index === chosen) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
      panels[index].hidden = index !== chosen;
    });
  }

  function fromAddress() {
    const target = location.hash.length > 1 ? document.getElementById(decodeURIComponent(location.hash.slice(1))) : null;
    const index = panels.findIndex((panel) => panel.contains(target));
    if (target && index < 0) return;
    show(Math.max(index, 0));
    if (target && index >= 0) target.scrollIntoView({ block: "nearest" });
  }

  links.forEach((link, index) => link.addEventListener("click", (event) => {
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    show(index);
  }));
  addEventListener("hashchange", fromAddress);
  fromAddress();
}
