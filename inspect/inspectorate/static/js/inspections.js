// Searches the catalogue of violations while one types; without this script the button beside the field does.

const PATIENCE = 250;

for (const finder of document.querySelectorAll("[data-find-violations]")) setUp(finder);

function setUp(finder) {
  const input = finder.querySelector("input");
  const found = finder.querySelector("[data-found]");
  let timer;
  let latest = 0;

  async function find() {
    const words = input.value.trim();
    const turn = (latest += 1);
    if (!words) {
      found.replaceChildren();
      return;
    }
    const answer = await fetch(`${finder.dataset.findViolations}?q=${encodeURIComponent(words)}`);
    // An answer that was overtaken by a later one, or a sign-in page, is not shown.
    if (turn !== latest || !answer.ok || answer.redirected) return;
    const part = new DOMParser().parseFromString(await answer.text(), "text/html");
    found.replaceChildren(...[...part.body.childNodes].map((node) => document.importNode(node, true)));
  }

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => find().catch(() => {}), PATIENCE);
  });
}
