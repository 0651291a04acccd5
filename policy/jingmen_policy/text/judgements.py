"""What restoring could not settle from the received text alone: each choice, with its reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Judgement:
    """A choice about ``words``, as they stand once readings, characters and marks are restored.

    What is not kept is changed or left out by a repair.
    """

    words: str
    choice: Literal["kept", "changed", "left out"]
    why: str


JUDGEMENTS: tuple[Judgement, ...] = (
    Judgement(
        "乡镇（街道） 社会工作站建设实施方案",
        "changed",
        "The space in the title, in the lede and above the plan, is taken out: the annex title and "
        "the preamble write 乡镇（街道）社会工作站 without one.",
    ),
    Judgement(
        "中共荆门市委 荆门市人民政府",
        "kept",
        "The space parts two issuing bodies in the title of a document, as is usual.",
    ),
    Judgement(
        "××县（市、区） ××乡镇（街道）社会工作站",
        "kept",
        "The space stands in a prescribed format; whether the sign has it is left open here.",
    ),
    Judgement("年 度", "changed", "Spaced out in the table for looks: 年度."),
    Judgement("总 计", "changed", "Spaced out in the table for looks: 总计."),
    Judgement(
        "县（市、区） 建站个数",
        "kept",
        "A slanted table header: three labels share one cell and stand in the order received; the "
        "space is what parts them.",
    ),
    Judgement(
        "扫一扫在手机端打开当前页",
        "left out",
        "The web page's invitation to scan a code, with the cell border after it.",
    ),
    Judgement(
        "【大 中 小】 【打印】", "left out", "The web page's buttons for type size and print."
    ),
    Judgement(
        "荆民政发〔2021〕号",
        "kept",
        "The number is missing as received; nothing in the text supplies it.",
    ),
    Judgement(
        "60个乡镇（街道）",
        "kept",
        "NFKC makes full-width figures half-width, so their width on the page cannot be known; all "
        "figures are left half-width, as is usual.",
    ),
    Judgement("70%", "kept", "The width of % on the page cannot be known either."),
    Judgement(
        "2-4人",
        "kept",
        "Whether the page had - or －, which NFKC turns into it, cannot be known either.",
    ),
)
