/* How a question is answered: a form for each kind of field, and one to put a thing on a list. */

import { button, make, say, thing, typed } from "./words.js";

let counter = 0;
const unique = () => `in-${(counter += 1)}`;

/** A form for one field; `give` takes the value, `act` names the button that gives it. */
export function fieldForm(form, give, given = {}) {
  const act = given.act ?? say("确定", "Answer");
  if (form.entry === "flag" && !given.later) {
    return make("div", { class: "options", role: "group", "aria-label": say(form.label) },
      button(say("是", "Yes"), () => give(true), { class: "main" }),
      button(say("否", "No"), () => give(false), { class: "main" }));
  }
  if (form.entry === "choice" && form.choices.length <= 8 && !given.later) {
    return make("div", { class: "options", role: "group", "aria-label": say(form.label) },
      form.choices.map((choice) => button(choice, () => give(choice), { lang: "zh-CN" })));
  }
  const [field, read] = entry(form, given.value);
  const made = make("form", { class: "fill", novalidate: true }, field,
    make("div", { class: "row" },
      make("button", { type: "submit", class: "main", text: act }), given.beside ?? []));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    give(read());
  });
  return made;
}

/** The labelled input of a field, and how to read it. */
function entry(form, value) {
  const id = unique();
  const label = make("label", { for: id, text: say(form.label) });
  if (form.entry === "choices") {
    const held = new Set(Array.isArray(value) ? value : []);
    const boxes = form.choices.map((choice) =>
      make("input", { type: "checkbox", value: choice, checked: held.has(choice) }));
    const field = make("fieldset", { class: "checks" },
      make("legend", { class: "vh", text: say(form.label) }),
      make("p", { class: "note", text: say("有的都选上；一项也没有，就直接确定。", "Tick what there is; if there is none, answer as it stands.") }),
      boxes.map((box) => make("label", { lang: "zh-CN" }, box, box.value)));
    return [field, () => boxes.filter((box) => box.checked).map((box) => box.value)];
  }
  if (form.entry === "flag" || form.entry === "choice") {
    const pairs = form.entry === "flag"
      ? [["true", say("是", "Yes")], ["false", say("否", "No")]]
      : form.choices.map((choice) => [choice, choice]);
    const select = make("select", { id, required: true },
      make("option", { value: "", text: say("请选择", "Choose") }),
      pairs.map(([given, shown]) => make("option", { value: given, text: shown })));
    select.value = value === null || value === undefined ? "" : String(value);
    return [make("div", { class: "field" }, label, select), () => select.value];
  }
  const input = make("input", {
    id,
    type: form.entry === "day" ? "date" : "text",
    inputmode: form.entry === "number" || form.entry === "money" ? "decimal" : undefined,
    autocomplete: "off",
    maxlength: form.entry === "day" ? undefined : 500,
    min: form.entry === "day" ? "1900-01-01" : undefined,
    max: form.entry === "day" ? "2100-12-31" : undefined,
  });
  const text = Array.isArray(value) ? value.join("、") : (value ?? "");
  input.value = form.unit && String(text).endsWith(form.unit)
    ? String(text).slice(0, -form.unit.length) : String(text);
  const unit = form.unit ? make("span", { class: "unit", text: unitOf(form) }) : null;
  return [make("div", { class: "field" }, label, input, unit), () => input.value.trim()];
}

function unitOf(form) {
  return form.entry === "money" ? say("元（也可写“10万元”）", "yuan (or write 10万元)") : form.unit;
}

/** A form to put one more thing on a list. */
export function addForm(adding, give, beside = []) {
  const id = unique();
  const owners = adding.owners;
  const owner = owners.length < 2 ? null : make("select", { id, required: true },
    owners.map((one, place) => make("option", { value: place, text: thing(one) })));
  const fields = adding.fields.map((form) => [form, ...entry(form)]);
  const suggested = () => adding.suggested[owner ? Number(owner.value) : 0] ?? "";
  const name = fields.find(([form]) => form.name === "id")?.[1].querySelector("input");
  if (name) {
    name.value = suggested();
    owner?.addEventListener("change", () => { if (adding.suggested.includes(name.value)) name.value = suggested(); });
  }
  const made = make("form", { class: "fill", novalidate: true },
    owner && make("div", { class: "field" },
      make("label", { for: id, text: say("属于", "Belongs to") }), owner),
    fields.map(([, field]) => field),
    make("div", { class: "row" },
      make("button", { type: "submit", class: "main", text: say("添加", "Add") }), beside));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const filled = Object.fromEntries(fields.map(([form, , read]) => [form.name, read()]));
    give({ act: "add", kind: adding.kind, owner: owners[owner ? Number(owner.value) : 0], fields: filled });
  });
  return made;
}

/** What is on a list so far. */
export function members(found) {
  const shown = found.slice(0, 40);
  const rest = found.length - shown.length;
  return make("ul", { class: "members" },
    shown.map((id) => make("li", {}, typed(id))),
    rest ? make("li", { text: say(`另有 ${rest} 个`, `${rest} more`) }) : null);
}

export function addLabel(some) {
  return some ? say("还有，添加一个", "There is another: add it") : say("有，添加", "There is: add one");
}
