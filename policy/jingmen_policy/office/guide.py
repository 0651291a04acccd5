"""What the first sheet tells whoever fills the workbook in."""

from __future__ import annotations

from collections.abc import Iterator

from jingmen_facts.reading import workbook_form as names
from jingmen_policy.office.asked import Asked, in_order
from jingmen_policy.office.form import Form


def guide_lines(form: Form, asked: Asked) -> Iterator[tuple[str, str]]:
    """Headings and the sentences beside them."""
    yield (
        "空白就是不知道",
        "空格既不算“没有”，也不算“未达标”。确实没有的填“否”、“无”或 0；不知道的空着。",
    )
    yield (
        "表头",
        "第一行是字段和单位，下面的小字是问到它的条款，批注里有原文和填法。不要改表头的字，也不要合并单元格；"
        "列的先后、列宽、颜色都可以改，隐藏、筛选、排序也可以。",
    )
    yield (
        "自有的列和表",
        "可以在右边或者中间加自己的列，也可以加自己的表。判定时不读，写回结果时原样保留。",
    )
    yield (
        "日期、金额、数字",
        "日期写 2021-07-31、2021/7/31、2021年7月31日、2021.7.31 都可以，但要有年月日。"
        "金额一律按表头写明的单位（元），至多两位小数；表头改成“（万元）”，整列即按万元读。不要填公式，请粘贴为数值。",
    )
    if any(row.blank for table in form.tables for row in table.rows):
        yield (
            "预填的行",
            "灰底的编号和乡镇（街道）是预先写好的。一行里只有预填内容、没有填别的，等于没有这一条；"
            "例如某镇还没有建站，社工站那一行就空着。行不够的，在下面接着写，编号不要重复。",
        )
    yield (
        names.LISTS,
        f"“{names.LISTS}”一表里填“是”，表示该范围内的这一类已经全部列出，没有列出的就是没有。"
        "不填的，只说“无法判定”，不说“未达标”。",
    )
    yield "不重复填写", _not_twice(form)
    for table in form.tables:
        fields = [(spec.kind, spec.name) for spec in table.fields]
        clauses = dict.fromkeys(
            clause.address
            for clause in in_order(clause for field in fields for clause in asked.get(field, ()))
        )
        where = "、".join(clauses)
        yield table.kind.ledger, f"{len(fields)} 列。问到的条款：{where}" if where else "备查。"
    yield (
        "判定",
        "jingmen judge 本文件.xlsx --out 结果.xlsx：有错的逐格指出；"
        "没有错的，另存一份，结论写在每行右边。",
    )


def _not_twice(form: Form) -> str:
    said = []
    if form.use:
        said.append("乡镇（街道）和县（市、区）的名称、类别、区划代码已有名册，不再问。")
    if form.owner is not None:
        label = form.owner.kind.label.zh
        said.append(f"所属{label}在“{names.SETTINGS}”中写一次，各表不再问。")
    said.append("社工、项目、协议属于哪个站，从下拉列表里选社工站编号。")
    return "".join(said)
