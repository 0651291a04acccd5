/* What is shown beside the question: what changed, all answers, all obligations. */

import { addForm, fieldForm, members } from "./forms.js";
import { button, make, quote, say, status, thing, typed } from "./words.js";

const FEW = 6;
const LACKS = 3;
const opened = new Set(["standing:breached", "standing:departed"]);
if (matchMedia("(min-width: 901px)").matches) opened.add("standing:unproven").add("standing:undetermined");

/** Have the answers about a thing open: it has just been answered about. */
export function reveal(about) {
  if (about) opened.add(sheetKey(about));
}

const sheetKey = (about) => `sheet:${about.kind}/${about.id}`;

/** A part that opens and closes, remembers which, and is filled when it is first opened. */
function part(key, given, head, fill) {
  const body = make("div");
  const made = make("details", { ...given, open: opened.has(key) }, make("summary", {}, head), body);
  const filled = () => { if (made.open && !body.hasChildNodes()) body.append(...[fill()].flat()); };
  made.addEventListener("toggle", () => {
    if (made.open) opened.add(key); else opened.delete(key);
    filled();
  });
  filled();
  return made;
}

/** So many at once, the rest to be opened. */
function some(all, shown, key, more) {
  const first = all.slice(0, FEW).map(shown);
  if (all.length <= FEW) return first;
  return [...first, make("li", {}, part(key, {}, more(all.length - FEW),
    () => make("ul", { class: "about" }, all.slice(FEW).map(shown))))];
}

export function changeList(changes, key) {
  const row = (one) => make("li", {},
    make("span", {}, say(one.title), " ", make("span", { class: "subject" }, typed(about(one)))),
    make("span", { class: "to" }, status(one.before), " → ",
      one.after === null ? say("不再有", "gone") : status(one.after)));
  const list = changes.slice(0, FEW).map(row);
  const rest = changes.slice(FEW);
  return [
    make("ul", { class: "diff" }, list),
    rest.length ? part(key, {}, say(`另 ${rest.length} 项变化`, `${rest.length} more`),
      () => make("ul", { class: "diff" }, rest.map(row))) : null,
  ].filter(Boolean);
}

export function told(view) {
  if (!view.changes.length) return say("没有结论因此改变", "no finding changes");
  return say(`因此：${view.settled} 项已定，共 ${view.changes.length} 项有变化`,
    `so: ${view.settled} settled, ${view.changes.length} changed`);
}

function about(one) {
  const year = one.year === null ? "" : say(` ${one.year}年`, ` ${one.year}`);
  return `${thing(one.subject)}${year}`;
}

/* all answers */

export function answers(view, acts) {
  const made = [
    make("h3", { id: "answers-title", text: say("已答的都在这里，随时可改", "All answers, to change at any time") }),
  ];
  const sheets = view.sheets.filter((sheet) => sheet.added || sheet.said.length || sheet.lists.some(touched));
  const others = view.sheets.filter((sheet) => !sheets.includes(sheet));
  if (!sheets.length) made.push(make("p", { class: "note", text: say("还没有。", "None yet.") }));
  const shown = (sheet) => part(sheetKey(sheet.about), { class: "sheet" }, [typed(thing(sheet.about)),
    make("span", { class: "count", text: say(`${sheet.said.length} 项`, `${sheet.said.length}`) })],
  () => sheetBody(sheet, acts));
  made.push(...sheets.map(shown));
  if (others.length) {
    made.push(part("sheets:others", { class: "sheet others" }, say(`还没有作答的 ${others.length} 个（可在此添加名单）`, `${others.length} not answered about yet (add to their lists here)`),
      () => others.map(shown)));
  }
  return made;
}

const touched = (list) => list.whole === list.ask || list.skipped || list.members.length > 0;

function sheetBody(sheet, acts) {
  const rows = sheet.said.map((one) => saidRow(sheet, one, acts));
  const lists = sheet.lists.map((one) => listRow(sheet, one, acts));
  const remove = sheet.added ? make("li", {}, button(say(`移除“${sheet.about.id}”及其所属`, `Remove '${sheet.about.id}' and what belongs to it`),
    () => acts.give({ act: "remove", about: sheet.about }), { class: "quiet" })) : null;
  return make("ul", { class: "said" }, rows, lists, remove);
}

function saidRow(sheet, one, acts) {
  const label = say(one.form.label);
  const value = one.value === null
    ? make("span", { text: say("不知道（已跳过）", "not known (skipped)") })
    : make("b", {}, typed(Array.isArray(one.value) ? shownAs(one.form, one.value) : one.shown));
  const row = make("li");
  const place = make("div");
  const open = (supposing) => {
    const form = fieldForm(one.form, (given) => {
      const answer = { act: "say", about: sheet.about, name: one.name, value: given };
      if (supposing) acts.suppose(answer, `${thing(sheet.about)}：${label}`, shownAs(one.form, given));
      else acts.give(answer);
    }, {
      later: true,
      value: one.value,
      act: supposing ? say("看会怎样", "See what would change") : say("改为此项", "Change to this"),
      beside: button(say("收起", "Close"), () => { place.replaceChildren(); row.querySelector("button").focus(); }),
    });
    place.replaceChildren(form);
    form.querySelector("input, select").focus();
  };
  const quiet = (text, act) => button(text, act, { class: "quiet", "aria-label": `${text}：${label}` });
  row.append(make("div", { class: "line" },
    make("span", { class: "what" }, make("span", { text: label }), " ", value),
    make("span", { class: "acts" },
      quiet(one.value === null ? say("回答", "Answer") : say("改", "Change"), () => open(false)),
      quiet(say("假如", "What if"), () => open(true)),
      one.value === null
        ? quiet(say("再问", "Ask again"), () => acts.give({ act: "skip", ask: one.ask, skip: false }))
        : quiet(say("清除", "Clear"), () => acts.give({ act: "say", about: sheet.about, name: one.name, value: null })))),
    place);
  return row;
}

export function shownAs(form, given) {
  if (form.entry === "flag") return String(given) === "true" ? say("是", "yes") : say("否", "no");
  if (Array.isArray(given)) return given.length ? given.join("、") : say("一项也没有", "none");
  return `${given}${form.unit && !String(given).endsWith(form.unit) ? form.unit : ""}`;
}

function listRow(sheet, one, acts) {
  const label = say(one.adding.label);
  const quiet = (text, act) => button(text, act, { class: "quiet", "aria-label": `${text}：${label}` });
  const state = one.whole ? say("已全部列出", "all listed") : one.skipped ? say("是否列全：不知道", "not known whether all")
    : say("未说是否列全", "not said to be all");
  const place = make("div");
  const count = one.members.length;
  return make("li", {},
    make("div", { class: "line" },
      make("span", { class: "what" }, make("span", { text: say(`${label}名单`, `List: ${label}`) }), " ",
        make("b", { text: say(`${count}${one.adding.unit}`, `${count}`) }), " ", make("span", { text: `（${state}）` })),
      make("span", { class: "acts" },
        quiet(say("添加", "Add"), () => {
          const form = addForm(one.adding, acts.give, button(say("收起", "Close"), () => place.replaceChildren()));
          place.replaceChildren(form);
          form.querySelector("input, select").focus();
        }),
        one.whole
          ? quiet(say("撤回“列全”", "Not all"), () => acts.give({ act: "whole", ask: one.whole, whole: false }))
          : quiet(say("就这些", "That is all"), () => acts.give({ act: "whole", ask: one.ask })),
        one.skipped ? quiet(say("再问", "Ask again"), () => acts.give({ act: "skip", ask: one.ask, skip: false })) : null,
        one.whole ? null : quiet(say("假如就这些", "What if that is all"),
          () => acts.suppose({ act: "whole", ask: one.ask }, say(`${label}名单`, `List: ${label}`), say("就这些", "that is all"))))),
    count ? members(one.members) : null,
    place);
}

/* all obligations */

export function obligations(view, acts) {
  const settled = view.total - view.opened;
  const meter = make("progress", { class: "meter", max: view.total, value: settled, "aria-labelledby": "obligations-title" });
  return [
    make("h2", { id: "obligations-title", text: say(`${view.total} 项结论，还有 ${view.opened} 项未定`, `${view.total} findings, ${view.opened} still open`) }),
    meter,
    make("ul", { class: "counts", "aria-label": say("各项计数", "counts") },
      view.standings.map((one) => make("li", {}, status(one.status), " ", make("b", { text: String(one.count) })))),
    ...view.standings.map((one) => part(`standing:${one.status}`, { class: "standing", "data-status": one.status },
      [status(one.status), make("span", { class: "count", text: say(`${one.count} 项`, `${one.count}`) })],
      () => one.obligations.map((rule) => obligation(rule, one.status, acts)))),
  ];
}

function lacks(one, key, acts) {
  const shown = (lack) => button(say(lack.said), () => acts.ask(lack.ask), { class: "quiet" });
  const rest = one.missing.slice(LACKS);
  return [
    ...one.missing.slice(0, LACKS).map(shown),
    rest.length ? part(`lack:${key}:${one.subject.id}:${one.year}`, {}, say(`另 ${rest.length} 项`, `${rest.length} more`), () => rest.map(shown)) : null,
  ].filter(Boolean);
}

function obligation(rule, standing, acts) {
  const row = (one) => make("li", {},
    make("span", {}, typed(about(one))),
    make("span", { class: "subject", text: say(one.bearer) }),
    make("span", { class: "subject", text: say(one.due_said) }),
    one.missing.length ? make("div", { class: "lack" }, say("还缺：", "missing: "), lacks(one, `${standing}:${rule.rule}`, acts)) : null);
  const more = (count) => say(`另 ${count} 个`, `${count} more`);
  return make("article", { class: "obligation", "data-rule": rule.rule },
    make("h4", {}, say(rule.title), make("small", { text: say(rule.modality) })),
    rule.clauses.map(quote),
    make("p", { class: "because", text: say(rule.because) }),
    rule.evidence ? make("p", { class: "subject", text: say("可作佐证：", "What could support it: ") + say(rule.evidence) }) : null,
    make("ul", { class: "about" }, some(rule.about, row, `more:${standing}:${rule.rule}`, more)));
}
