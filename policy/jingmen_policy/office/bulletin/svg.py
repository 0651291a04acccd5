"""Charts as inline SVG: labelled bars whose every number is also told as text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from jingmen_policy.exports.safe import shown
from jingmen_policy.judge.layout import width
from jingmen_policy.office.bulletin.blocks import Chart
from jingmen_policy.office.bulletin.inks import INKS

WIDE = 720
LABEL, LETTER = 13, 7.5
"""The size of the letters, and how wide half a Chinese one is at most."""
LINE, BAR, GAP, TIGHT = 24, 13, 14, 2
ROOM = 56
"""Beside the longest bar, for its number."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the bars begin, how far they may go, and what the far end stands for."""

    left: float
    right: float
    most: int
    step: int

    def at(self, value: int) -> float:
        return self.left + (self.right - self.left) * value / (self.most or 1)


def svg(chart: Chart) -> str:
    """The chart as an element to stand in a page."""
    root = Element("svg", role="img", focusable="false")
    root.set("class", "chart")
    root.set("aria-labelledby", f"{chart.name}-title {chart.name}-desc")
    SubElement(root, "title", id=f"{chart.name}-title").text = shown(chart.title)
    SubElement(root, "desc", id=f"{chart.name}-desc").text = shown(chart.alt)
    _patterns(root, chart)
    top = _legend(root, chart)
    longest = max(width(name) for name in chart.categories) * LETTER
    step = _step(chart.most)
    frame = Frame(min(longest + 10, WIDE / 2.5), WIDE - ROOM, -(-chart.most // step) * step, step)
    bottom = top + sum(_height(chart) + GAP for _ in chart.categories)
    _axis(root, frame, top, bottom)
    for place, name in enumerate(chart.categories):
        y = top + GAP / 2 + place * (_height(chart) + GAP)
        _category(root, chart, place, name, y, frame)
    root.set("viewBox", f"0 0 {WIDE} {bottom + LINE:.0f}")
    return tostring(root, encoding="unicode")


def _height(chart: Chart) -> int:
    return LINE - TIGHT if chart.stacked else len(chart.series) * (BAR + TIGHT)


def _step(most: int) -> int:
    """A round distance between the lines of the axis: at most six of them."""
    tens = 1
    while True:
        for unit in (1, 2, 5):
            if most <= 6 * unit * tens:
                return unit * tens
        tens *= 10


def _patterns(root: Element, chart: Chart) -> None:
    inside = SubElement(root, "defs")
    for ink in sorted({one.ink for one in chart.series}):
        pattern = SubElement(
            inside,
            "pattern",
            id=f"{chart.name}-{ink}",
            width="8",
            height="8",
            patternUnits="userSpaceOnUse",
        )
        ground = SubElement(pattern, "rect", width="8", height="8")
        ground.set("class", f"ink-{ink}" if not INKS[ink].pattern else f"ground-{ink}")
        for path in _HATCHES[INKS[ink].pattern]:
            SubElement(pattern, "path", d=path).set("class", f"hatch-{ink}")


_HATCHES = {
    "": (),
    "diagCross": ("M0 0L8 8", "M8 0L0 8"),
    "wdUpDiag": ("M-2 2L2 -2", "M0 8L8 0", "M6 10L10 6"),
    "wdDnDiag": ("M-2 6L2 10", "M0 0L8 8", "M6 -2L10 2"),
    "narHorz": ("M0 2L8 2", "M0 6L8 6"),
    "pct20": ("M1 2L3 2", "M5 6L7 6"),
}


def _legend(root: Element, chart: Chart) -> float:
    """The names of the inks, in as many lines as they need; how far down they go."""
    x, y = 4.0, 4.0
    for one in chart.series:
        wide = 22 + width(shown(one.name)) * LETTER + 18
        if x > 4 and x + wide > WIDE:
            x, y = 4.0, y + LINE
        _box(root, chart, one.ink, x, y, 16, BAR)
        _text(root, x + 22, y + BAR - 2, one.name)
        x += wide
    return y + LINE


def _axis(root: Element, frame: Frame, top: float, bottom: float) -> None:
    for value in range(0, frame.most + 1, frame.step):
        x = f"{frame.at(value):.1f}"
        line = SubElement(root, "line", x1=x, x2=x, y1=f"{top:.0f}", y2=f"{bottom:.0f}")
        line.set("class", "axis" if value == 0 else "rule")
        _text(root, frame.at(value), bottom + LABEL + 2, str(value), "tick")


def _category(root: Element, chart: Chart, place: int, name: str, y: float, frame: Frame) -> None:
    _text(root, frame.left - 8, y + _height(chart) / 2 + LABEL / 3, name, "name")
    before, x = 0, frame.left
    for row, one in enumerate(chart.series):
        value = one.values[place]
        if chart.stacked and not value:
            continue
        at = y if chart.stacked else y + row * (BAR + TIGHT)
        high = _height(chart) if chart.stacked else BAR
        start = before if chart.stacked else 0
        end = frame.at(start + value)
        x = frame.at(start)
        box = _box(root, chart, one.ink, x, at, max(end - x, 0), high)
        SubElement(box, "title").text = shown(f"{name} {one.name} {value}")
        if not chart.stacked:
            _text(root, end + 5, at + BAR - 2, str(value), "value")
        elif end - x >= 9 * len(str(value)) + 6:
            _inside(root, (x + end) / 2, at + high / 2, str(value))
        before = start + value if chart.stacked else 0
    if chart.stacked:
        _text(root, frame.at(before) + 5, y + _height(chart) / 2 + LABEL / 3, str(before), "total")


def _inside(root: Element, x: float, y: float, text: str) -> None:
    """A number on its own ground, so that no hatching runs through it."""
    wide = 9 * len(text)
    left, top = f"{x - wide / 2:.1f}", f"{y - 8:.1f}"
    ground = SubElement(root, "rect", x=left, y=top, width=f"{wide}", height="16", rx="3")
    ground.set("class", "plate")
    _text(root, x, y + LABEL / 3, text, "inside")


def _box(
    root: Element, chart: Chart, ink: int, x: float, y: float, wide: float, high: float
) -> Element:
    box = SubElement(
        root,
        "rect",
        x=f"{x:.1f}",
        y=f"{y:.1f}",
        width=f"{wide:.1f}",
        height=f"{high:.0f}",
        fill=f"url(#{chart.name}-{ink})",
    )
    box.set("class", f"bar edge-{ink}")
    return box


def _text(root: Element, x: float, y: float, text: str, kind: str = "legend") -> None:
    made = SubElement(root, "text", x=f"{x:.1f}", y=f"{y:.1f}")
    made.set("class", kind)
    made.text = shown(text)


def ink_rules() -> Iterator[str]:
    """The style of every ink, light and dark, for the page's sheet."""
    for place, ink in enumerate(INKS):
        yield f":root {{ --ink-{place}: #{ink.light}; }}"
        yield f"@media (prefers-color-scheme: dark) {{ :root {{ --ink-{place}: #{ink.dark}; }} }}"
        yield f".ink-{place} {{ fill: var(--ink-{place}); }}"
        yield f".ground-{place} {{ fill: var(--card); }}"
        yield f".hatch-{place} {{ stroke: var(--ink-{place}); stroke-width: 2; fill: none; }}"
        yield f".edge-{place} {{ stroke: var(--ink-{place}); }}"
        yield f".status-{place} {{ border-color: var(--ink-{place}); }}"
    yield "@media print { :root {"
    yield from (f"--ink-{place}: #{ink.light};" for place, ink in enumerate(INKS))
    yield "} }"
