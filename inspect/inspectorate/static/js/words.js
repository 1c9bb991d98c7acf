// The page's words for scripts, in its language: components/words.html writes them into the body.

const words = JSON.parse(document.body.dataset.words || "{}");

export function word(name, values = {}) {
  return (words[name] || name).replace(/\{(\w+)\}/g, (whole, key) => values[key] ?? whole);
}

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}
