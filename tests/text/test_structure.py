"""Passages: what addresses there are, what stands at them, and that no character is lost."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import jingmen_policy.text
from jingmen_facts.problems import Refused
from jingmen_policy.text.structure import SourceText, numeral, parse_source

PLAN = Path(jingmen_policy.text.__file__).parent.parent / "plan"
MARKDOWN = (PLAN / "source.md").read_bytes().decode()
SOURCE = parse_source(MARKDOWN)
SENTENCES = {
    "lede__p_1": ("导语第1段", 1),
    "lede__p_2": ("导语第2段", 4),
    "lede__p_3": ("导语第3段", 3),
    "preamble": ("序言", 1),
    "sec_1": ("一", 3),
    "sec_2__item_1": ("二（一）", 1),
    "sec_2__item_2": ("二（二）", 1),
    "sec_2__item_3": ("二（三）", 1),
    "sec_2__item_4": ("二（四）", 1),
    "sec_3__chapeau": ("三·首段", 1),
    "sec_3__item_1": ("三（一）", 1),
    "sec_3__item_2": ("三（二）", 1),
    "sec_3__item_3": ("三（三）", 1),
    "sec_3__item_4": ("三（四）", 1),
    "sec_3__tail": ("三·尾段", 3),
    "sec_4__chapeau": ("四·首段", 1),
    "sec_4__item_1": ("四（一）", 3),
    "sec_4__item_2": ("四（二）", 3),
    "sec_4__item_3": ("四（三）", 5),
    "sec_4__item_4": ("四（四）", 3),
    "sec_4__item_5": ("四（五）", 2),
    "sec_5__item_1": ("五（一）", 2),
    "sec_5__item_2": ("五（二）", 2),
    "sec_5__item_3": ("五（三）", 1),
    "sec_6__item_1": ("六（一）", 1),
    "sec_6__item_2": ("六（二）", 3),
    "sec_6__item_3": ("六（三）", 3),
    "sec_6__item_4": ("六（四）", 1),
}
"""Every passage that holds sentences, its address, and how many they are."""
HEADINGS = [
    "一、目标任务",
    "二、基本原则",
    "（一）坚持党的领导。",
    "（二）坚持统筹整合。",
    "（三）坚持服务基层。",
    "（四）坚持专业引领。",
    "三、功能定位",
    "（一）参与社会救助服务。",
    "（二）参与为老养老服务。",
    "（三）参与儿童关爱保护服务。",
    "（四）参与社区治理服务。",
    "四、建站方式",
    "（一）完善组织架构。",
    "（二）落实服务场所。",
    "（三）配备驻站社工。",
    "（四）开展购买服务。",
    "（五）健全运行机制。",
    "五、实施步骤",
    "（一）动员部署。",
    "（二）启动运行。",
    "（三）考核评估。",
    "六、保障措施",
    "（一）加强组织领导。",
    "（二）明确责任分工。",
    "（三）落实资金保障。",
    "（四）强化宣传引导。",
    "附件：",
]


def test_the_addresses_and_the_number_of_sentences_at_each_are_fixed() -> None:
    found: dict[str, tuple[str, int]] = {}
    for sentence in SOURCE.sentences():
        whole = SOURCE.passage(sentence.parent)
        number = found.get(whole.id, ("", 0))[1] + 1
        found[whole.id] = (whole.address, number)
        assert sentence.id == f"{whole.id}__s_{number}"
        assert sentence.address == f"{whole.address}第{number}句"
    assert found == SENTENCES


def test_the_headings_are_those_of_the_plan() -> None:
    outline = [p.heading for p in SOURCE.passages if p.kind in {"section", "item", "annex"}]
    assert outline == HEADINGS


@pytest.mark.parametrize(
    ("name", "id", "text"),
    [
        ("四（四）第2句", "sec_4__item_4__s_2", "社工站人员经费不得超过项目总经费的70%。"),
        (
            "一第2句",
            "sec_1__s_2",
            "2021年、2022年、2023年，分别按30%、50%、70%以上的比例建立乡镇（街道）社工站，"
            "到2024年底实现全市60个乡镇（街道）社工站全覆盖。",
        ),
        (
            "三·首段第1句",
            "sec_3__chapeau__s_1",
            "当前乡镇（街道）社工站主要围绕民政重点工作，开展以下社会工作专业服务：",
        ),
        (
            "四（二）第2句",
            "sec_4__item_2__s_2",
            "社工站设置“社会工作站”标识，格式：“××县（市、区） ××乡镇（街道）社会工作站”。",
        ),
        (
            "五（三）第1句",
            "sec_5__item_3__s_1",
            "每年年底前，县（市、区）民政部门对乡镇（街道）社工站建设和项目实施情况开展自评和"
            "第三方评估，并将结果上报市民政局，市民政局进行抽查或全面检查。",
        ),
        ("导语第3段第2句", "lede__p_3__s_2", "《方案》统一了社工站标识标牌。"),
        ("附件第7行", "annex__r_7", "总计\t21\t12\t13\t14\t60"),
        ("标题", "title", "荆门市乡镇（街道）社会工作站建设实施方案"),
    ],
)
def test_an_address_and_its_id_lead_to_the_exact_words(name: str, id: str, text: str) -> None:
    assert SOURCE.passage(name) == SOURCE.passage(id)
    assert SOURCE.passage(id).text == text


def test_ids_and_addresses_are_unique_and_ids_are_ascii() -> None:
    ids = [passage.id for passage in SOURCE.passages]
    assert len(ids) == len(set(ids)) == 127
    assert len({passage.address for passage in SOURCE.passages}) == 127
    assert all(re.fullmatch(r"[a-z0-9]+(__?[a-z0-9]+)*", id) for id in ids)


def check_offsets(source: SourceText) -> None:
    """Every passage is where it says, inside its parent; those at the top hold all there is."""
    ranges: dict[str, list[tuple[int, int]]] = {}
    for passage in source.passages:
        assert passage.text == source.plain[passage.start : passage.end]
        ranges.setdefault(passage.parent, []).append((passage.start, passage.end))
        if passage.parent:
            outer = source.passage(passage.parent)
            assert outer.start <= passage.start <= passage.end <= outer.end
    for parent, inside in ranges.items():
        outer_range = source.passage(parent) if parent else None
        at = outer_range.start if outer_range else 0
        for start, end in inside:
            assert source.plain[at:start] in {"", "\n"}
            at = end
        assert at == (outer_range.end if outer_range else len(source.plain))


def test_passages_follow_one_another_without_a_gap() -> None:
    check_offsets(SOURCE)


def test_the_text_without_markdown_is_exactly_what_markdown_marks_up() -> None:
    lines = [line for line in MARKDOWN.split("\n") if line and line != "# 导语"]
    rows = [line for line in lines if line.startswith("|") and "---" not in line]
    prose = [re.sub(r"^#+ ", "", line) for line in lines if not line.startswith("|")]
    cells = ["\t".join(row.strip("| ").split(" | ")) for row in rows]
    assert "".join([*prose, *cells]) == SOURCE.plain.replace("\n", "")


@pytest.mark.parametrize("name", SENTENCES)
def test_sentences_put_together_are_their_passage(name: str) -> None:
    whole = SOURCE.passage(name)
    body = whole.text if whole.kind != "section" else whole.text.partition("\n")[2]
    heading = whole.heading if whole.kind == "item" else ""
    assert heading + "".join(s.text for s in SOURCE.sentences(name)) == body


def test_the_lede_binds_nobody_and_all_else_may() -> None:
    lede = {passage.id for passage in SOURCE.passages if not passage.normative}
    assert lede == {"lede", *(passage.id for passage in SOURCE.within("lede"))}
    assert len(lede) == 13


@pytest.mark.parametrize(
    ("paragraph", "sentences"),
    [
        ("甲。乙", ["甲。", "乙"]),
        ("甲。。乙。", ["甲。", "。", "乙。"]),
        ("“甲。乙。”丙。丁。", ["“甲。乙。”丙。", "丁。"]),
        ("甲“乙。丙。", ["甲“乙。", "丙。"]),
        ("甲；乙。", ["甲；乙。"]),
    ],
)
def test_where_a_sentence_ends(paragraph: str, sentences: list[str]) -> None:
    source = parse_source(f"# 标题\n\n## 一、节\n\n{paragraph}\n")
    assert [sentence.text for sentence in source.sentences("一")] == sentences


WORDS = st.text("甲乙丙丁，、；（）：%70", min_size=1, max_size=8)
QUOTED = st.builds("{}“{}。{}”{}".format, WORDS, WORDS, WORDS, WORDS)
PARAGRAPH = st.lists(WORDS | QUOTED, min_size=1, max_size=4)


@given(
    st.lists(
        st.tuples(
            st.none() | PARAGRAPH,
            st.lists(PARAGRAPH, min_size=1, max_size=12),
            st.none() | PARAGRAPH,
        ),
        max_size=12,
    )
)
def test_any_text_of_the_fixed_shape_keeps_its_sentences(
    sections: list[tuple[list[str] | None, list[list[str]], list[str] | None]],
) -> None:
    numerals = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"]
    lines = ["# 标题"]
    expected: dict[str, list[str]] = {}
    for section, (chapeau, items, tail) in zip(numerals, sections, strict=False):
        lines.append(f"## {section}、节")
        parts = [(f"{section}·首段", chapeau), (f"{section}·尾段", tail)]
        bodies = [(f"{section}（{n}）", item) for n, item in zip(numerals, items, strict=False)]
        for address, body in [parts[0], *bodies, parts[1]]:
            if body is None:
                continue
            if "（" in address:
                lines.append(f"### {address.removeprefix(section)}条。")
            expected[address] = [f"{sentence}。" for sentence in body]
            lines.append("".join(expected[address]))
    source = parse_source("\n\n".join(lines))
    check_offsets(source)
    found = {name: [s.text for s in source.sentences(name)] for name in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("zh", "number"), [("一", 1), ("九", 9), ("十", 10), ("十一", 11), ("二十", 20), ("九十九", 99)]
)
def test_numerals(zh: str, number: int) -> None:
    assert numeral(zh) == number


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("", None, "应恰有一个"),
        ("# 甲\n# 乙", 2, "应恰有一个"),
        ("甲\n# 乙", 1, "标题前"),
        ("# 导语\n# 甲", 1, "导语没有内容"),
        ("# 甲\n## 乙", 2, "标题应为"),
        ("# 甲\n## 一二、乙", 2, "标题应为"),
        ("# 甲\n## 一、乙\n### 丙", 3, "条目标题应为"),
        ("# 甲\n## 一、乙\n## 一、丙", 3, "编号重复"),
        ("# 甲\n## 一、乙\n### （一）丙。\n丁。\n### （一）戊。\n己。", 5, "编号重复"),
        ("# 甲\n## 一、乙\n### （一）丙。\n丁。\n戊。\n### （二）己。\n庚。", 5, "条目之间"),
        ("# 甲\n## 一、乙\n#### 丙", 3, "此处不应有"),
        ("# 甲\n### 丙\n## 一、乙", 2, "此处不应有"),
        ("# 甲\n## 附件：\n丙", 3, "应为表格"),
    ],
)
def test_a_text_of_another_shape_is_refused_with_its_line(
    text: str, line: int | None, words: str
) -> None:
    with pytest.raises(Refused) as refused:
        parse_source(text, "某文件.md")
    [problem] = refused.value.problems
    assert (problem.source, problem.line) == ("某文件.md", line)
    assert words in problem.said.zh
