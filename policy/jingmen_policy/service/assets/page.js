/* The self-check page. All answers live in `state`, here and nowhere else; the service decides. */

import { fetched } from "./access.js";
import { addForm, addLabel, fieldForm, members } from "./forms.js";
import { answers, changeList, obligations, reveal, shownAs, told } from "./shown.js";
import { button, call, language, make, quote, say, speak, typed, thing } from "./words.js";

const $ = (id) => document.getElementById(id);
const start = { beginning: null, names: null };
let view = null;
let past = [];
let kept = true; // whether everything answered has been exported
let last = null; // what the changes shown are of: an answer in words
let supposed = null;
let waiting = false;

/* asking the service */

async function ask(path, sent) {
  const headers = { "accept-language": language() };
  if (sent !== undefined) headers["content-type"] = "application/json";
  const response = await fetched(path, {
    method: sent === undefined ? "GET" : "POST",
    headers,
    body: sent === undefined ? undefined : JSON.stringify(sent),
  }).catch(() => null);
  if (response === null) throw new Wrong([{ message: say("服务没有应答，请确认 jingmen serve 仍在运行。", "No answer: is jingmen serve still running?") }]);
  if (!response.ok) {
    const problem = await response.json();
    throw new Wrong(problem.errors ?? [{ message: problem.detail ?? problem.title }]);
  }
  return path === "page/export" ? response.text() : response.json();
}

class Wrong extends Error {
  constructor(errors) { super(); this.errors = errors; }
}

function wrong(place, error) {
  if (!(error instanceof Wrong)) throw error;
  place.replaceChildren(make("ul", { class: "wrong" }, error.errors.map((one) => make("li", {},
    one.line ? make("span", { class: "where", text: say(`第 ${one.line} 行`, `line ${one.line}`) }) : null,
    typed(one.message)))));
}

function announce(text) {
  $("live").textContent = "";
  setTimeout(() => { $("live").textContent = text; }, 50);
}

/** One request at a time; what goes wrong is told at `place`. */
async function once(place, act) {
  if (waiting) return;
  waiting = true;
  document.body.classList.add("busy");
  try {
    place()?.replaceChildren();
    await act();
  } catch (error) {
    wrong(place() ?? $("begin-wrong"), error);
  } finally {
    waiting = false;
    document.body.classList.remove("busy");
  }
}

const wrongPlace = () => $("question-wrong");

/* beginning */

function fillChooser(chosen) {
  const all = start.beginning.respondents;
  const key = (one) => JSON.stringify(one);
  const tops = all.filter((one) => one.above.length < 2);
  const want = chosen ?? start.beginning.suggested;
  const found = all.find((one) => want && key(one.who) === key(want));
  const top = found ? tops.find((one) => key(one.who) === key(found.who) || found.above.some((up) => key(up) === key(one.who)) && one.above.length === 1) : null;
  $("county").replaceChildren(...tops.map((one) => make("option", { value: key(one.who), text: thing(one.who) })));
  $("county").value = key((top ?? tops.find((one) => one.above.length === 1) ?? tops[0]).who);
  const under = () => {
    const at = $("county").value;
    const below = all.filter((one) => one.above.some((up) => key(up) === at));
    const own = JSON.parse(at);
    $("who").replaceChildren(
      make("option", { value: at, text: say(`${own.id}全部`, `all of ${own.id}`) }),
      ...below.map((one) => make("option", { value: key(one.who), text: thing(one.who) })));
  };
  $("county").onchange = under;
  under();
  if (found) $("who").value = key(found.who);
  if (!$("day").value) $("day").value = start.beginning.as_of ?? start.today;
}

async function begin(event) {
  event.preventDefault();
  await once(() => $("begin-wrong"), async () => {
    const state = {
      who: JSON.parse($("who").value),
      as_of: $("day").value,
      facts: start.beginning.facts,
      skipped: [],
    };
    past = [];
    last = supposed = null;
    view = await ask("page/turn", { state });
    kept = true;
    $("begin").hidden = true;
    $("work").hidden = false;
    show();
    focusQuestion();
  });
}

async function openFile() {
  const [file] = $("file").files;
  $("file").value = "";
  if (!file) return;
  await once(() => $("begin-wrong"), async () => {
    const text = await file.text();
    start.beginning = await ask("page/open", { name: file.name, text });
    $("day").value = start.beginning.as_of ?? start.today;
    fillChooser();
    announce(say(`已读入 ${file.name}，请选择作答范围`, `${file.name} read; choose who it is for`));
    $("begin-wrong").replaceChildren(make("p", { class: "note" },
      say("已读入 ", "Read: "), typed(file.name)));
    $("who").focus();
  });
}

/* answering */

const state = () => view.state;

async function give(answer, said) {
  await once(wrongPlace, async () => {
    const before = state();
    const found = await ask("page/turn", { state: before, answers: [answer] });
    past.push(before);
    reveal(answer.act === "add" ? { kind: answer.kind, id: answer.fields.id } : answer.about ?? view.question?.about);
    view = found;
    kept = false;
    last = said ?? null;
    supposed = null;
    show();
    announce(`${told(view)}。${say(`还有 ${view.opened} 项未定`, `${view.opened} still open`)}`);
    focusQuestion();
  });
}

async function undo() {
  if (!past.length) return;
  await once(wrongPlace, async () => {
    view = await ask("page/turn", { state: past[past.length - 1], since: state() });
    past.pop();
    last = say("撤销上一步", "undone");
    supposed = null;
    show();
    announce(`${say("已撤销", "undone")}。${told(view)}`);
    focusQuestion();
  });
}

async function put(name) {
  await once(wrongPlace, async () => {
    view = { ...(await ask("page/turn", { state: state(), ask: name })), changes: [], settled: 0 };
    supposed = null;
    show();
    focusQuestion();
  });
}

async function suppose(answer, what, value) {
  await once(wrongPlace, async () => {
    const found = await ask("page/suppose", { state: state(), answers: [answer] });
    supposed = { ...found, answer, what, value };
    showChanges();
    announce(told(found));
    $("changes").querySelector("h3").focus();
  });
}

async function takeAway(form) {
  await once(wrongPlace, async () => {
    const text = await ask("page/export", { state: state(), form });
    const url = URL.createObjectURL(new Blob([text], { type: "text/plain" }));
    const name = `自查-${state().who.id}-${state().as_of}.${form}`.replaceAll(/[\\/:*?"<>|]/g, "-");
    const link = make("a", { href: url, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    kept = true;
    announce(say(`已导出 ${name}`, `exported ${name}`));
  });
}

/* showing */

function focusQuestion() {
  const head = $("prompt");
  head.focus({ preventScroll: true });
  if (head.getBoundingClientRect().top < 0 || head.getBoundingClientRect().top > innerHeight * 0.8) head.scrollIntoView({ block: "start" });
}

function show() {
  $("whose").replaceChildren(typed(thing(state().who)), " ",
    make("small", { text: say(`判定日 ${state().as_of}`, `as of ${state().as_of}`) }));
  $("undo").disabled = !past.length;
  $("question").replaceChildren(...question(view.question));
  showChanges();
  const acts = { give, suppose, ask: put };
  $("answers").replaceChildren(...answers(view, acts));
  $("obligations").replaceChildren(...obligations(view, acts));
}

function showChanges() {
  const place = $("changes");
  place.classList.toggle("suppose", supposed !== null);
  if (supposed !== null) {
    place.hidden = false;
    place.replaceChildren(
      make("p", { class: "tag", text: say("假设，未改动所填", "Supposed: your answers are as they were") }),
      make("h3", { id: "changes-title", tabindex: "-1" }, say("假如 ", "If "), typed(`${supposed.what} = ${supposed.value}`)),
      make("p", { text: told(supposed) }),
      ...changeList(supposed.changes, "supposed"),
      make("div", { class: "beside" },
        button(say("就这样改", "Make it so"), () => give(supposed.answer)),
        button(say("收起", "Close"), () => { supposed = null; showChanges(); focusQuestion(); })));
    return;
  }
  place.hidden = !last && !view.changes.length;
  place.replaceChildren(
    make("h3", { id: "changes-title", tabindex: "-1", text: told(view) }),
    last ? make("p", { class: "subject" }, typed(last)) : "",
    ...changeList(view.changes, "changed"));
}

function question(asked) {
  const problem = make("div", { id: "question-wrong", role: "alert" });
  if (asked === null) {
    return [
      make("h2", { id: "prompt", tabindex: "-1", class: "done", text: say("没有要问的了", "Nothing is left to ask") }),
      make("p", { text: view.opened
        ? say(`还有 ${view.opened} 项因跳过而未定，可在“已答”中再问。`, `${view.opened} stay open because of what was skipped; ask again among the answers.`)
        : say("该定的都已定。要留存请导出。", "All that can be told is told. Export to keep it.") }),
      problem,
    ];
  }
  const { settles } = asked;
  const gain = settles.named
    ? [say("答了这一问，", "An answer settles "), make("b", { text: settles.least === settles.most ? String(settles.most) : `${settles.least}～${settles.most}` }),
      say(" 项结论可定", ` findings`), say(`（${settles.named} 项在等它）`, ` (${settles.named} wait for it)`)]
    : [say("没有结论在等这一问；答了，才知道有关要求是否适用。", "No open finding waits for this; it tells whether further rules apply.")];
  const made = [
    make("h2", { id: "prompt", tabindex: "-1" }, typed(say(asked.prompt))),
    make("p", { class: "gain" }, gain),
  ];
  if (asked.listing) made.push(...listQuestion(asked));
  else {
    made.push(fieldForm(asked.form, (value) => give(
      { act: "say", about: asked.about, name: asked.name, value },
      `${say(asked.prompt)} ${shownAs(asked.form, value)}`)));
  }
  made.push(problem, make("div", { class: "beside" },
    button(asked.listing && asked.about.kind !== "Station" && asked.adding.owners.length > 1
      ? say("不知道，或逐个回答", "Not known, or answer one by one") : say("不知道", "Not known"),
    () => give({ act: "skip", ask: asked.id }, `${say(asked.prompt)} ${say("不知道", "not known")}`), { id: "unknown" })));
  made.push(reasons(asked.reasons));
  return made;
}

function listQuestion(asked) {
  const some = asked.members.length > 0;
  const place = make("div");
  const add = button(addLabel(some), () => {
    const form = addForm(asked.adding, (answer) => give(answer, `${say(asked.prompt)} ${say("添加", "added")} ${answer.fields.id ?? ""}`));
    place.replaceChildren(form);
    form.querySelector("input, select").focus();
  }, { class: "main" });
  const whole = button(some ? say("就这些，没有别的", "That is all") : say("没有", "There is none"),
    () => give({ act: "whole", ask: asked.id }, `${say(asked.prompt)} ${some ? say("就这些", "that is all") : say("没有", "none")}`), { class: "main" });
  return [some ? members(asked.members) : null, make("div", { class: "options" }, add, whole), place].filter(Boolean);
}

function reasons(found) {
  const one = (reason) => make("li", {}, make("p", { class: "title", text: say(reason.title) }), reason.clauses.slice(0, 2).map(quote));
  const [first, ...rest] = found;
  if (!first) return "";
  return make("div", { class: "reasons" },
    make("p", { text: say("为什么问：", "Why it is asked:") }),
    make("ul", {}, one(first)),
    rest.length ? make("details", {},
      make("summary", { text: say(`另有 ${rest.length} 条要求也要用到`, `${rest.length} more rules need it`) }),
      make("ul", {}, rest.map(one))) : null);
}

/* the page as a whole */

function turnTo(chosen) {
  speak(chosen);
  for (const one of document.querySelectorAll("[data-to]")) one.setAttribute("aria-pressed", String(one.dataset.to === chosen));
  if (!start.names) return; // a token is asked for first
  $("plan").textContent = say(start.names.title);
  const who = $("who").value && JSON.parse($("who").value);
  fillChooser(who || undefined);
  if (view) {
    last = null;
    show();
  }
}

function again() {
  if (!kept && !confirm(say("所填尚未导出，换一个会丢失。继续？", "What you entered is not exported and will be lost. Go on?"))) return;
  view = null;
  kept = true;
  $("work").hidden = true;
  $("begin").hidden = false;
  $("county").focus();
}

async function ready() {
  for (const one of document.querySelectorAll("[data-to]")) one.addEventListener("click", () => turnTo(one.dataset.to));
  const begun = await ask("page/start");
  start.names = begun.names;
  start.beginning = begun.beginning;
  start.today = begun.today;
  call(begun.names);
  turnTo(language());
  $("choose").addEventListener("submit", begin);
  $("file").addEventListener("change", openFile);
  $("undo").addEventListener("click", undo);
  $("again").addEventListener("click", again);
  for (const one of document.querySelectorAll("[data-export]")) one.addEventListener("click", () => takeAway(one.dataset.export));
  addEventListener("beforeunload", (event) => { if (!kept) event.preventDefault(); });
  document.documentElement.dataset.ready = "yes";
}

ready().catch((error) => wrong($("begin-wrong"), error));
