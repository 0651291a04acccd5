"""A bulletin as one HTML file: no script, nothing to fetch, tables and charts of one source."""

from __future__ import annotations

import base64
import hashlib
from importlib.resources import files

from jingmen_facts.problems import Lang, Said
from jingmen_policy.exports.safe import shown
from jingmen_policy.office.bulletin.blocks import Chart, Told
from jingmen_policy.office.bulletin.charts import INKS
from jingmen_policy.office.bulletin.svg import ink_rules, svg
from jingmen_policy.office.needs import needed


def html(told: Told, lang: Lang) -> bytes:
    """The page. The same bulletin makes the same bytes. Raises Refused without jinja2."""
    jinja2 = needed("jinja2", Said("HTML 通报", "an HTML bulletin"))
    from markupsafe import Markup

    environment = jinja2.Environment(
        autoescape=True,
        finalize=lambda value: shown(value) if type(value) is str else value,
        loader=jinja2.PackageLoader("jingmen_policy.office.bulletin"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=jinja2.StrictUndefined,
    )

    def drawn(chart: Chart) -> Markup:
        return Markup(svg(chart))

    sheet = files("jingmen_policy.office.bulletin").joinpath("assets", "bulletin.css")
    style = sheet.read_text(encoding="utf-8") + "\n".join(ink_rules()) + "\n"
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    written: str = environment.get_template("bulletin.html.j2").render(
        told=told,
        lang=lang,
        inks=INKS,
        kind_of=lambda block: type(block).__name__,
        svg=drawn,
        style=Markup(style),
        style_hash=digest,
    )
    return (written.strip() + "\n").encode()
