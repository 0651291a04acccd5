"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (query, within = document) => [...within.querySelectorAll(query)];
  const data = JSON.parse($("data").textContent);
  const text = $("text");
  const rules = $("rules");
  const entries = all(".entry");
  const badges = all(".badge", text);
  const leaves = new Map(badges.map((badge) => [badge.dataset.p, badge]));

  /* What is said in both languages is there twice, as in the markup. */
  const el = (name, given = {}, ...inside) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(given)) made.setAttribute(key, value);
    made.append(...inside);
    return made;
  };
  const both = (zh, en) => {
    const made = document.createDocumentFragment();
    made.append(el("i", { lang: "zh" }, zh), el("i", { lang: "en" }, en));
    return made;
  };
  const say = (where, zh, en) => where.replaceChildren(both(zh, en));

  /* Kept on this machine where the browser lets a file keep anything. */
  const kept = {
    read(name) {
      try {
        return localStorage.getItem(name);
      } catch {
        return null;
      }
    },
    write(name, value) {
      try {
        localStorage.setItem(name, value);
      } catch {
        /* the page works without; verdicts then last as long as it is open */
      }
    },
  };

  /* ---- language */
  const speak = (lang) => {
    root.dataset.lang = lang;
    root.lang = lang;
    for (const button of all("[data-to]")) {
      button.setAttribute("aria-pressed", String(button.dataset.to === lang));
    }
  };
  for (const button of all("[data-to]")) {
    button.addEventListener("click", () => {
      speak(button.dataset.to);
      kept.write("jingmen-lang", button.dataset.to);
    });
  }
  const spoken = kept.read("jingmen-lang");
  if (spoken === "zh" || spoken === "en") speak(spoken);

  /* ---- what is shown */
  const view = { filter: null, query: "", at: null, solo: null };
  const has = (entry, name) => (entry.dataset.has || "").split(" ").includes(name);
  const at = (entry, leaf) => entry.dataset.at.split(" ").includes(leaf);
  const FILTERS = {
    unreviewed: (entry) => has(entry, "unreviewed"),
    suspect: (entry) => has(entry, "suspect"),
    proofs: (entry) => has(entry, "proofs"),
    gaps: (entry) => entry.dataset.kind === "gap",
    discrepancies: (entry) => entry.dataset.kind === "discrepancy",
    readings: (entry) => entry.dataset.kind === "reading" && has(entry, "open"),
  };
  const words = new Map();
  const indexed = (entry) => {
    if (!words.has(entry)) words.set(entry, entry.textContent.toLowerCase());
    return words.get(entry);
  };
  const terms = () => view.query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (entry, wanted) => {
    if (view.solo) return entry.id === view.solo;
    if (view.filter && !FILTERS[view.filter](entry)) return false;
    if (wanted.length && !wanted.every((term) => indexed(entry).includes(term))) return false;
    if (view.filter || wanted.length) return !view.at || at(entry, view.at);
    if (view.at) return entry.dataset.kind !== "reading" && at(entry, view.at);
    return entry.dataset.kind === "rule";
  };
  const KINDS = {
    rule: ["条规则", "rules"],
    gap: ["处不设规则的文字", "runs of words without a rule"],
    discrepancy: ["处原文问题", "discrepancies"],
    reading: ["项解释", "readings"],
    proof: ["项证明", "proofs"],
  };
  const show = () => {
    const wanted = terms();
    const counted = { rule: 0, gap: 0, discrepancy: 0, reading: 0, proof: 0 };
    const hit = new Set();
    for (const entry of entries) {
      const shown = matches(entry, wanted);
      entry.hidden = !shown;
      if (!shown) continue;
      counted[entry.dataset.kind] += 1;
      dress(entry);
      if (view.filter || wanted.length) for (const leaf of entry.dataset.at.split(" ")) hit.add(leaf);
    }
    for (const register of all(".register")) register.hidden = !register.querySelector(".entry:not([hidden])");
    for (const [leaf, badge] of leaves) {
      const here = leaf === view.at;
      $(leaf).classList.toggle("at", here);
      $(leaf).classList.toggle("hit", hit.has(leaf));
      if (here) badge.setAttribute("aria-current", "true");
      else badge.removeAttribute("aria-current");
    }
    for (const button of all("[data-filter]")) {
      button.setAttribute("aria-pressed", String(button.dataset.filter === view.filter));
    }
    tell(counted);
    numbers();
    mark(wanted);
  };
  const tell = (counted) => {
    const kinds = Object.keys(KINDS).filter((kind) => counted[kind]);
    const [zh, en] = [0, 1].map((side) => kinds.map((kind) => `${counted[kind]} ${KINDS[kind][side]}`));
    const place = view.at ? leaves.get(view.at).querySelector(".vh").textContent.trim() : "";
    const filter = view.filter ? document.querySelector(`[data-filter="${view.filter}"]`) : null;
    const named = (lang) => (filter ? filter.querySelector(`[lang="${lang}"]`).textContent : "");
    const query = view.query.trim();
    const parts = (lang) => [place, named(lang), query && `“${query}”`].filter(Boolean).join(" · ");
    const zhParts = parts("zh");
    const enParts = parts("en");
    say(
      $("shown"),
      (zhParts ? `${zhParts}：` : "") + (zh.join("，") || "没有符合的内容"),
      (enParts ? `${enParts}: ` : "") + (en.join(", ") || "nothing matches"),
    );
    $("clear").hidden = !(view.at || view.filter || view.solo || query);
  };

  /* Words that were searched for, without touching the text. */
  const mark = (wanted) => {
    if (!("highlights" in CSS)) return;
    CSS.highlights.delete("found");
    if (!wanted.length) return;
    const ranges = [];
    const places = [text, ...entries.filter((entry) => !entry.hidden)];
    for (const place of places) {
      const walker = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
      while (walker.nextNode() && ranges.length < 2000) {
        const node = walker.currentNode;
        const lower = node.data.toLowerCase();
        if (lower.length !== node.data.length) continue;
        for (const term of wanted) {
          for (let from = lower.indexOf(term); from >= 0; from = lower.indexOf(term, from + term.length)) {
            const range = new Range();
            range.setStart(node, from);
            range.setEnd(node, from + term.length);
            ranges.push(range);
          }
        }
      }
    }
    CSS.highlights.set("found", new Highlight(...ranges));
  };

  for (const button of all("[data-filter]")) {
    button.addEventListener("click", () => {
      view.filter = view.filter === button.dataset.filter ? null : button.dataset.filter;
      view.at = view.solo = null;
      show();
      rules.scrollTop = 0;
    });
  }
  let waiting = 0;
  $("search").addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      view.query = $("search").value;
      view.at = view.solo = null;
      show();
      rules.scrollTop = 0;
    }, 120);
  });
  $("clear").addEventListener("click", () => {
    Object.assign(view, { filter: null, query: "", at: null, solo: null });
    $("search").value = "";
    show();
    rules.focus();
  });

  /* ---- the text: one stop of the Tab key; arrows go from passage to passage and word to word */
  const STOP = ".badge, .w, .note a";
  const stops = all(STOP, text);
  let stop = null;
  const rest = (next) => {
    if (stop) stop.tabIndex = -1;
    stop = next;
    stop.tabIndex = 0;
  };
  for (const one of stops) one.tabIndex = -1;
  const leafOf = (node) => {
    const leaf = node.closest(".s");
    return leaf && leaves.has(leaf.id) ? leaf.id : null;
  };
  const select = (leaf) => {
    view.at = leaf;
    view.solo = null;
    show();
    rules.scrollTop = 0;
  };
  const STEPS = { ArrowDown: 1, ArrowUp: -1 };
  const SIDES = { ArrowRight: 1, ArrowLeft: -1 };
  text.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || !stop || !event.target.closest(STOP)) return;
    let next = null;
    if (event.key in STEPS || event.key === "Home" || event.key === "End") {
      const here = badges.indexOf(leaves.get(leafOf(event.target)));
      const place = event.key === "Home" ? 0 : event.key === "End" ? badges.length - 1 : here + STEPS[event.key];
      next = badges[place];
    } else if (event.key in SIDES) {
      next = stops[stops.indexOf(event.target.closest(STOP)) + SIDES[event.key]];
    }
    if (!next) return;
    event.preventDefault();
    rest(next);
    next.focus();
    next.scrollIntoView({ block: "nearest" });
    if (next.classList.contains("badge")) select(next.dataset.p);
  });
  text.addEventListener("focusin", (event) => {
    const here = event.target.closest(STOP);
    if (here) rest(here);
  });
  text.addEventListener("click", (event) => {
    const leaf = leafOf(event.target);
    if (!leaf || String(getSelection())) return;
    if (event.target.closest(".badge")) {
      event.preventDefault();
      select(leaf);
      if (event.detail === 0) focus(entries.find((entry) => !entry.hidden) || rules);
    } else if (!event.target.closest("a")) {
      rest(leaves.get(leaf));
      select(leaf);
    }
  });
  rules.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && stop) {
      event.preventDefault();
      stop.focus();
    }
  });

  /* ---- words and fields light each other */
  const resting = new Map();
  for (const one of all("[data-f]")) {
    for (const key of one.dataset.f.split(" ")) {
      if (!resting.has(key)) resting.set(key, []);
      resting.get(key).push(one);
    }
  }
  let lit = [];
  const light = (node) => {
    for (const one of lit) one.classList.remove("lit");
    lit = [];
    const from = node && node.closest && node.closest("[data-f]");
    if (!from) return;
    lit = from.dataset.f.split(" ").flatMap((key) => resting.get(key));
    for (const one of lit) one.classList.add("lit");
  };
  document.addEventListener("pointerover", (event) => light(event.target));
  document.addEventListener("focusin", (event) => {
    light(event.target);
    const word = rules.contains(event.target) && lit.find((one) => text.contains(one));
    if (word) word.scrollIntoView({ block: "nearest" });
  });
  document.addEventListener("focusout", () => light(null));

  /* ---- links inside the page */
  const focus = (node) => {
    if (!node.matches("a, button, input, [tabindex]")) node.tabIndex = -1;
    node.focus({ preventScroll: true });
    node.scrollIntoView({ block: "nearest" });
  };
  const go = (id) => {
    const node = $(id);
    if (!node) return;
    const entry = node.closest(".entry");
    if (entry) {
      if (entry.hidden) {
        Object.assign(view, { filter: null, query: "", at: null, solo: null });
        $("search").value = "";
        if (entry.dataset.kind === "reading" || !entry.dataset.at) view.solo = entry.id;
        else view.at = entry.dataset.at.split(" ")[0];
        show();
        if (view.at) leaves.get(view.at)?.scrollIntoView({ block: "nearest" });
      }
      focus(node);
      if (node === entry) node.scrollIntoView({ block: "start" });
      return;
    }
    if (text.contains(node)) {
      const leaf = leafOf(node);
      const target = node.matches(".w") ? node : leaf && leaves.get(leaf);
      if (!target) return;
      if (leaf && (node.id === leaf || view.solo)) select(leaf);
      rest(target);
      target.focus({ preventScroll: true });
      node.scrollIntoView({ block: "center" });
      return;
    }
    focus(node);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (!link || event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const id = decodeURIComponent(link.getAttribute("href").slice(1));
    if (`#${id}` !== location.hash) history.pushState(null, "", `#${encodeURIComponent(id)}`);
    go(id);
  });
  addEventListener("popstate", () => {
    if (location.hash.length > 1) go(decodeURIComponent(location.hash.slice(1)));
  });

  /* ---- boundary cards */
  const VERDICTS = { right: ["对", "right"], wrong: ["错", "wrong"] };
  const store = `jingmen-ticks:${data.corpus.id}:${data.corpus.digest}`;
  let ticks = {};
  try {
    ticks = JSON.parse(kept.read(store) || "{}");
  } catch {
    ticks = {};
  }
  const dealt = new Map();
  for (const entry of entries) {
    const { rule } = entry.dataset;
    all("[data-c]", entry).forEach((row, place) => {
      const [facts, asked, status] = data.cards[rule][place];
      const [asOf, subject, year] = data.asked[asked];
      dealt.set(`${rule}.${row.dataset.c}`, { rule, facts, asOf, subject, year, shown: data.statuses[status][0] });
    });
  }
  for (const id of Object.keys(ticks)) if (!dealt.has(id)) delete ticks[id];
  const progress = () => {
    $("progress").textContent = `${Object.keys(ticks).length}/${dealt.size}`;
  };
  const keep = (row, id, tick) => {
    if (tick) ticks[id] = tick;
    else delete ticks[id];
    kept.write(store, JSON.stringify(ticks));
    row.dataset.tick = tick ? tick.verdict : "";
    progress();
  };
  const fact = (value) => {
    if (value === true) return both("是", "yes");
    if (value === false) return both("否", "no");
    if (Array.isArray(value)) return value.join("、");
    const amount = /^(-?[\d./]+)(\D+)$/.exec(value);
    if (!amount || !Object.hasOwn(data.units, amount[2])) return String(value);
    const [, number, unit] = amount;
    return both(value, `${number} ${data.units[unit][number === "1" ? 0 : 1]}`.trim());
  };
  /* Facts are there once; what cards and proofs state says which by number. */
  const thing = (place) => {
    const [shape, ...held] = data.pool[place];
    return Object.fromEntries(data.shapes[shape].map((name, at) => [name, data.values[held[at]]]));
  };
  const whole = (numbers) => {
    const found = {};
    for (let at = 0; at < numbers.length; at += 2) {
      const name = data.names[numbers[at]];
      const where = numbers[at + 1];
      if (name === "complete") found[name] = data.values[where];
      else found[name] = Array.isArray(where) ? where.map(thing) : thing(where);
    }
    return found;
  };
  const MANY = 12;
  const stating = (kind, one) => {
    const { label, fields } = data.kinds[kind];
    const said = el("li", {}, both(label[0], label[1]), " ");
    Object.entries(one).forEach(([name, value], number) => {
      const field = fields[name] || [name, name];
      if (number) said.append(both("；", "; "));
      said.append(both(`${field[0]}：`, `${field[1]}: `), fact(value));
    });
    return said;
  };
  const facts = (numbers) => {
    const list = el("ul");
    for (const [kind, stated] of Object.entries(whole(numbers))) {
      if (kind === "complete") {
        const labels = stated.map((name) => data.kinds[name.split("@")[0]]?.label || [name, name]);
        const names = [0, 1].map((side) => labels.map((label) => label[side]).join("、"));
        list.append(el("li", {}, both(`已列全：${names[0]}`, `listed in full: ${names[1]}`)));
        continue;
      }
      const lines = [stated].flat().map((one) => stating(kind, one));
      list.append(...lines.splice(0, MANY));
      if (lines.length) {
        const rest = el("ul");
        rest.append(...lines);
        list.append(el("li", {}, el("details", {}, el("summary", {}, both(`另有 ${lines.length} 项`, `${lines.length} more`)), rest)));
      }
    }
    return list;
  };
  const titles = (entry) => {
    for (const link of all("a.titled", entry)) {
      const title = $(link.getAttribute("href").slice(1))?.querySelector("h3");
      if (title) link.replaceChildren(...[...title.childNodes].map((node) => node.cloneNode(true)));
    }
  };
  const dressed = new Set();
  const dress = (entry) => {
    if (dressed.has(entry)) return;
    dressed.add(entry);
    titles(entry);
    if (entry.dataset.kind === "rule") pick(entry);
    for (const name of all(".readings dt a", entry)) alternatives(name);
    for (const row of all("[data-c]", entry)) dressCard(row, entry.dataset.rule);
    for (const proof of all("[data-n]", entry)) dressProof(proof, entry.dataset.rule);
  };
  /* A proof of several rules says which; one that facts show, shows them, as the reference decided. */
  const titled = (rule) => {
    const title = $(`rule-${rule}`).querySelector("h3");
    const link = el("a", { href: `#rule-${rule}` });
    link.append(...[...title.childNodes].map((node) => node.cloneNode(true)));
    return link;
  };
  const dressProof = (node, rule) => {
    const notes = node.dataset.n.split(" ").map((number) => data.notes[number]);
    const folded = el("details", { class: "facts" }, el("summary", {}, both("细目", "details")));
    folded.addEventListener("toggle", () => {
      if (folded.children.length > 1) return;
      for (const [text, about, witnesses] of notes) {
        const said = el("p", {}, text < 0 ? "" : both(...data.texts[text]));
        const others = rule ? about.filter((one) => data.rules[one] !== rule) : [];
        if (others.length) {
          said.append(both("；与：", "; with: "));
          others.forEach((one, place) => said.append(place ? both("、", ", ") : "", titled(data.rules[one])));
        }
        if (said.textContent) folded.append(said);
        for (const [stated, asked, outcomes] of witnesses) {
          const [day] = data.asked[asked];
          const seen = el("p", {}, both(`如判定日 ${day}：`, `as on ${day}: `));
          outcomes.forEach(([one, subject, status], place) => {
            const [, zh, en] = data.statuses[status];
            const [name] = data.asked[subject];
            seen.append(place ? both("；", "; ") : "", titled(data.rules[one]), both(` ${name} ${zh}`, ` ${name}: ${en}`));
          });
          folded.append(seen, facts(stated));
        }
      }
    });
    node.append(" ", folded);
  };
  const picked = new Set();
  const pick = (entry) => {
    const input = el("input", { type: "checkbox" });
    input.addEventListener("change", () => {
      if (input.checked) picked.add(entry);
      else picked.delete(entry);
      numbers();
    });
    const name = el("span", { class: "vh" }, ` ${entry.dataset.rule}`);
    entry.querySelector(".chips").append(el("label", { class: "pick" }, input, both("选印", "print"), name));
  };
  const alternatives = (link) => {
    const others = $(link.getAttribute("href").slice(1))?.querySelector(".others");
    if (!others) return;
    const folded = el("details", {}, el("summary", {}, both(`未取的读法 ${others.children.length}`, `not chosen: ${others.children.length}`)));
    folded.append(others.cloneNode(true));
    link.closest("dt").nextElementSibling.append(folded);
  };
  const dressCard = (row, rule) => {
    const key = row.dataset.c;
    const id = `${rule}.${key}`;
    const { facts: stated, asOf, subject, year, shown } = dealt.get(id);
    const label = row.querySelector("th");
    const name = `case-${id}`;
    const folded = el("details", { class: "facts" });
    folded.append(el("summary", {}, both("事实", "facts")));
    folded.addEventListener("toggle", () => {
      if (folded.children.length > 1) return;
      const when = year === null ? asOf : `${asOf}（${year}）`;
      folded.append(el("p", {}, both(`判定日 ${when}，对象 ${subject}`, `judged on ${when}, subject ${subject}`)), facts(stated));
    });
    const span = el("span", { id: name });
    span.append(...label.childNodes);
    label.append(span, folded);
    const set = el("fieldset", {}, el("legend", { class: "vh", "aria-describedby": name }, both("对不对：", "verdict: "), ...[...span.childNodes].map((node) => node.cloneNode(true))));
    const answer = el("div", { class: "answer" });
    const fill = () => {
      const tick = ticks[id];
      row.dataset.tick = tick ? tick.verdict : "";
      for (const input of all("input[type=radio]", set)) input.checked = Boolean(tick) && input.value === tick.verdict;
      answer.replaceChildren();
      if (!tick) return;
      if (tick.verdict === "wrong") {
        const expected = el("select", {}, el("option", { value: "" }, "（不定） (open)"));
        for (const [status, zh, en] of data.statuses) {
          if (status !== shown) expected.append(el("option", { value: status }, `${zh} ${en}`));
        }
        expected.value = tick.expected || "";
        expected.addEventListener("change", () => {
          if (expected.value) tick.expected = expected.value;
          else delete tick.expected;
          keep(row, id, tick);
        });
        answer.append(el("label", {}, both("应为 ", "should be "), expected));
      }
      const note = el("input", { maxlength: "2000" });
      note.value = tick.note || "";
      note.addEventListener("change", () => {
        if (note.value.trim()) tick.note = note.value.trim();
        else delete tick.note;
        keep(row, id, tick);
      });
      const undo = el("button", { type: "button" }, both("撤回", "undo"));
      undo.addEventListener("click", () => {
        keep(row, id, null);
        fill();
        set.querySelector("input").focus();
      });
      answer.append(el("label", {}, both("备注 ", "note "), note), undo);
    };
    for (const [verdict, [zh, en]] of Object.entries(VERDICTS)) {
      const input = el("input", { type: "radio", name: `verdict-${id}`, value: verdict });
      input.addEventListener("change", () => {
        const before = ticks[id] || {};
        const tick = { verdict };
        if (before.note) tick.note = before.note;
        keep(row, id, tick);
        fill();
      });
      set.append(el("label", {}, input, both(zh, en)));
    }
    row.lastElementChild.append(set, answer);
    row.addEventListener("refill", fill);
    fill();
  };

  const today = () => {
    const now = new Date();
    const two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  const by = $("by");
  by.value = kept.read("jingmen-by") || "";
  by.addEventListener("change", () => kept.write("jingmen-by", by.value.trim()));
  $("export").addEventListener("click", () => {
    const name = by.value.trim();
    by.setAttribute("aria-invalid", String(!name));
    if (!name) {
      say($("said"), "请先写明审核人。", "Say who reviewed first.");
      by.focus();
      return;
    }
    const found = [];
    for (const [card, { rule, facts: stated, asOf, subject, year, shown }] of dealt) {
      const tick = ticks[card];
      if (!tick) continue;
      const told = { card, rule, facts: whole(stated), as_of: asOf, subject };
      if (year !== null) told.year = year;
      found.push({ ...told, shown, ...tick });
    }
    if (!found.length) {
      say($("said"), "还没有判断任何案例。", "No case has a verdict yet.");
      return;
    }
    const on = today();
    const content = JSON.stringify({ corpus: data.corpus, by: name, on, ticks: found }, null, 2);
    const url = URL.createObjectURL(new Blob([`${content}\n`], { type: "application/json" }));
    const link = el("a", { href: url, download: `ticks-${data.corpus.id}-${on}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(url), 10000);
    say($("said"), `已导出 ${found.length} 条判断。`, `${found.length} verdicts exported.`);
  });
  const taken = (one) => {
    if (!one || !dealt.has(one.card) || !Object.hasOwn(VERDICTS, one.verdict)) return false;
    const { shown } = dealt.get(one.card);
    if (one.shown !== undefined && one.shown !== shown) return false;
    const tick = { verdict: one.verdict };
    if (one.verdict === "wrong" && data.statuses.some(([status]) => status === one.expected) && one.expected !== shown) {
      tick.expected = one.expected;
    }
    if (typeof one.note === "string" && one.note) tick.note = one.note.slice(0, 2000);
    ticks[one.card] = tick;
    return true;
  };
  $("import").addEventListener("change", async () => {
    const [file] = $("import").files;
    if (!file) return;
    let read;
    try {
      read = JSON.parse(await file.text());
      $("import").value = "";
    } catch {
      $("import").value = "";
      say($("said"), "不是 JSON 文件，没有读入。", "Not a JSON file; nothing was taken.");
      return;
    }
    if (!read || !Array.isArray(read.ticks) || read.corpus?.id !== data.corpus.id) {
      say($("said"), "不是本方案的判断文件，没有读入。", "Not verdicts on this plan; nothing was taken.");
      return;
    }
    const count = read.ticks.filter(taken).length;
    const left = read.ticks.length - count;
    if (typeof read.by === "string" && !by.value) by.value = read.by.slice(0, 100);
    kept.write(store, JSON.stringify(ticks));
    for (const row of all("[data-c]")) row.dispatchEvent(new Event("refill"));
    progress();
    say(
      $("said"),
      `读入 ${count} 条判断` + (left ? `；另有 ${left} 条的案例或结论已变，请用 jingmen ticks 读取。` : "。"),
      `${count} verdicts taken` + (left ? `; ${left} are about cards that changed: read them with jingmen ticks.` : "."),
    );
  });
  for (const menu of all(".menu")) {
    menu.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !menu.open) return;
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  }

  /* ---- the sign-off sheet: all of it, or what is shown or ticked, which it then says */
  const PRINTED = {
    all: () => entries,
    shown: () => entries.filter((entry) => !entry.hidden),
    picked: () => entries.filter((entry) => picked.has(entry)),
  };
  const numbers = () => {
    for (const button of all("[data-print-what]")) {
      const count = PRINTED[button.dataset.printWhat]().length;
      button.querySelector("span").textContent = count;
      button.disabled = !count;
    }
  };
  const sheet = (chosen) => {
    const within = new Set(chosen);
    for (const entry of entries) entry.classList.toggle("in", within.has(entry));
    for (const register of all(".register")) register.classList.toggle("in", Boolean(register.querySelector(".entry.in")));
    const some = entries.filter((entry) => entry.dataset.kind === "rule" && within.has(entry)).map((entry) => entry.dataset.rule);
    const named = some.length && some.length < data.rules.length ? some.join("、") : "";
    say(
      $("chosen"),
      `节选：${some.length} 条规则（共 ${data.rules.length} 条）${named && "："}${named}`,
      `An extract: ${some.length} of ${data.rules.length} rules${named && ": "}${named}`,
    );
    root.dataset.print = "some";
  };
  for (const button of all("[data-print-what]")) {
    button.addEventListener("click", () => {
      if (button.dataset.printWhat !== "all") sheet(PRINTED[button.dataset.printWhat]());
      print();
    });
  }
  addEventListener("beforeprint", () => entries.forEach(titles));
  addEventListener("afterprint", () => delete root.dataset.print);

  /* ---- begin */
  root.classList.add("scripted");
  progress();
  const first = badges.find((badge) => !badge.classList.contains("none")) || badges[0];
  if (first) {
    rest(first);
    view.at = first.dataset.p;
  }
  show();
  if (location.hash.length > 1) go(decodeURIComponent(location.hash.slice(1)));
  root.dataset.ready = String(Math.round(performance.now()));
})();
