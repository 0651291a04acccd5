/* Words and elements: everything that is shown is put in as text, never as markup. */

const MARKS = {
  breached: "✕", departed: "!", unproven: "?", undetermined: "…", pending: "◷", met: "✓",
  available: "○", noted: "·", "not-applicable": "–", "not-in-force": "–", none: "+",
};

let lang = "zh";
let names = { kinds: {}, statuses: {} };

export function language() { return lang; }

export function speak(chosen) {
  lang = chosen;
  document.documentElement.dataset.lang = chosen;
  document.documentElement.lang = chosen === "zh" ? "zh-CN" : "en";
  document.title = say("社工站自查", "Self-check of stations");
}

export function call(given) { names = given; }

/** Either two words, or what the service says in both languages. */
export function say(zh, en) {
  if (zh !== null && typeof zh === "object") return zh[lang];
  return lang === "zh" ? zh : en;
}

export function kind(name) { return names.kinds[name] ? say(names.kinds[name]) : name; }

export function thing(about) { return `${kind(about.kind)} ${about.id}`; }

/** An element with attributes, listeners (on...) and children; texts stay texts. */
export function make(tag, given = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "text") made.textContent = value;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return made;
}

/** What somebody may have typed: its direction stays its own. */
export function typed(text) { return make("bdi", { text }); }

export function status(value) {
  const name = value === null ? "none" : value;
  const label = value === null ? say("尚无", "none yet") : say(names.statuses[value]);
  return make("span", { class: `status s-${name}`, "data-mark": MARKS[name], text: label });
}

export function quote(clause) {
  return make("blockquote", { lang: "zh-CN" },
    make("cite", { text: clause.address }), `“${clause.quote}”`);
}

/** A button that says what it is about to those who hear it. */
export function button(text, act, given = {}) {
  return make("button", { type: "button", onclick: act, text, ...given });
}
