// The form editor's sheet follows what is being typed: the form is sent as it is, drawn by the server, and saved by nobody.

const PAUSE = 450;

export function setUpDesk() {
  const sheet = document.querySelector("[data-desk-preview]");
  const form = [...document.querySelectorAll("form[data-guard]")].find((one) => one.querySelector("button[name=preview]"));
  if (!sheet || !form) return;
  let timer;
  let asked = 0;
  // Without scripts the button draws the page anew; with them there is nothing left for it to do.
  form.querySelector("button[name=preview]").hidden = true;
  for (const event of ["input", "change"]) {
    form.addEventListener(event, () => {
      clearTimeout(timer);
      timer = setTimeout(draw, PAUSE);
    });
  }

  async function draw() {
    const sent = new FormData(form);
    sent.set("preview", "part");
    const number = ++asked;
    try {
      const answer = await fetch(form.action, { method: "POST", body: sent, headers: { Accept: "text/html" } });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      // Only the last question counts; a session that has ended answers with a page of its own.
      if (number === asked && answer.ok && !answer.redirected) {
        sheet.replaceChildren(...[...page.body.childNodes].map((node) => document.importNode(node, true)));
      }
    } catch {
      // Without a connection the sheet stays as it was; saving will tell.
    }
  }
}
