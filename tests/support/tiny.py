"""Corpora of a few lines over the small world of halls and stalls, written file by file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from jingmen_facts import Refused
from jingmen_facts.problems import Problem
from jingmen_policy import Policy
from support.synthetic import WORLD

SOURCE = """\
# 导语

大厅的新闻

新闻说摊位不少于9个。

# 大厅管理办法

为管好大厅，制定本办法。

## 一、摊位

大厅摊位不少于2个，三年内不得超过30个。摊位费为租金的70%。大厅摊位应当开放。

## 二、其他

大厅可以用红色，红色的不少于2个。大厅一般应开放。到2021年底建成。

## 附件：

### 大厅任务表

| 大厅 | 2021年 | 2022年 | 合计 |
| --- | --- | --- | --- |
| 甲 | 1 | 2 | 3 |
| 总计 | 1 | 2 | 3 |
"""
TABLE = """\
id: annex
title: 大厅任务表
unit: 个
columns: [2021年, 2022年]
total_label: 合计
rows:
  甲: {2021年: 1, 2022年: 2, 合计: 3}
printed: {2021年: 1, 2022年: 2, 合计: 3}
"""
CORPUS = """\
id: halls
title: {zh: 大厅, en: halls}
tables: [annex.yaml]
interpretations: interpretations.yaml
discrepancies: discrepancies.yaml
since: 2021-01-01
"""
INTERPRETATIONS = """\
interpretations:
  - id: bare-verb
    question: {zh: 问, en: question}
    reading: {zh: 读, en: reading}
    basis: {zh: 据, en: basis}
    alternatives:
      - id: other
        reading: {zh: 另, en: other}
    witness:
      facts: {zh: 事, en: facts}
      chosen: {zh: 选, en: chosen}
      otherwise: {zh: 否, en: otherwise}
"""
DISCREPANCIES = """\
discrepancies:
  - id: two-counts
    kind: contradiction
    title: {zh: 题, en: title}
    cites:
      - {at: 一第1句, quote: 不少于2个}
    effect: {zh: 果, en: effect}
    rules: [stalls]
"""
STALLS = """\
id: stalls
title: {zh: 摊位, en: stalls}
cites:
  - at: 一第1句
    quote: 大厅摊位不少于2个
modality: duty
bearer: {who: {zh: 大厅, en: hall}}
words:
  modality: 不少于
  bearer: {reading: bare-verb}
subject: Hall
readings: [bare-verb]
versions:
  - since: 2021-01-01
    let:
      least: 2个
    when: fit
    require: count(stalls) >= least
    due: standing
    otherwise: {zh: 太少, en: too few}
"""
FIT = """\
id: fit
title: {zh: 适用, en: fit}
subject: Hall
cites:
  - at: 一第3句
    quote: 应当开放
versions:
  - since: 2021-01-01
    means: open
"""
FILES: Mapping[str, str] = {
    "corpus.yaml": CORPUS,
    "source.md": SOURCE,
    "annex.yaml": TABLE,
    "interpretations.yaml": INTERPRETATIONS,
    "discrepancies.yaml": DISCREPANCIES,
    "rules/1-stalls.yaml": STALLS,
    "derived/fit.yaml": FIT,
}


def rule_file(
    name: str,
    body: str,
    *,
    cite: tuple[str, str] = ("一第3句", "大厅摊位应当开放"),
    words: str = "{modality: 应当, bearer: 大厅}",
    modality: str = "duty",
    subject: str = "Hall",
    more: str = "",
) -> str:
    """A rule about openness; ``body`` are its versions, ``more`` further fields."""
    at, quote = cite
    return (
        f"id: {name}\n"
        f"title: {{zh: {name}, en: {name}}}\n"
        f"cites:\n  - {{at: {at}, quote: {quote}}}\n"
        f"modality: {modality}\n"
        "bearer: {who: {zh: 大厅, en: hall}}\n"
        f"words: {words}\n"
        f"subject: {subject}\n"
        f"{more}"
        f"versions:\n{body}"
    )


OPEN = "  - since: 2021-01-01\n    require: open\n"


def derived_file(name: str, versions: str, *, subject: str = "Hall") -> str:
    return (
        f"id: {name}\n"
        f"title: {{zh: {name}, en: {name}}}\n"
        f"subject: {subject}\n"
        "readings: [bare-verb]\n"
        f"versions:\n{versions}"
    )


def means(text: str, since: str = "2021-01-01", until: str = "") -> str:
    closed = f"    until: {until}\n" if until else ""
    return f"  - since: {since}\n{closed}    means: {text}\n"


def write(directory: Path, changes: Mapping[str, str | None] | None = None) -> Path:
    """The corpus as files, with some put in, replaced or (None) left out."""
    for name, text in {**FILES, **(changes or {})}.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if text is not None:
            path.write_text(text, encoding="utf-8")
    return directory


def load(directory: Path, changes: Mapping[str, str | None] | None = None) -> Policy:
    return Policy.load(write(directory, changes), facts=WORLD)


def refused(directory: Path, changes: Mapping[str, str | None]) -> tuple[Problem, ...]:
    """Everything the corpus is refused for; it is an error if it is not."""
    try:
        load(directory, changes)
    except Refused as found:
        return found.problems
    raise AssertionError("the corpus was not refused")
