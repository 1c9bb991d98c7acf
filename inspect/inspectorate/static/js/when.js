// Shows fields that only one answer asks for while that answer is given; without this script they always stand there.
// What was typed stays and is sent, and what has to be mended is never hidden.

export function setUpWhen() {
  for (const part of document.querySelectorAll("[data-when]")) setUp(part);
}

function setUp(part) {
  const form = part.closest("form");
  const asked = [...form.elements].filter((field) => field.name === part.dataset.when);
  const values = part.dataset.values.split(" ");

  function show() {
    const given = asked.filter((field) => field.checked).map((field) => field.value);
    part.hidden = !values.includes(given[0] ?? "") && !part.querySelector("[aria-invalid]");
  }

  for (const field of asked) {
    field.addEventListener("change", show);
    field.addEventListener("draft:restored", show);
  }
  show();
}
