"""The page as one file: markup, style and script together, and nothing it could fetch."""

from __future__ import annotations

import base64
import hashlib
from datetime import date
from importlib.resources import files
from pathlib import Path

from jingmen_facts.problems import Lang, Problem, Refused, Said
from jingmen_policy.desk.build import desk
from jingmen_policy.judge.policy import Policy
from jingmen_policy.prove.model import Proofs


def page(
    policy: Policy,
    as_of: date,
    signatures_dir: Path | str | None = None,
    lang: Lang = "zh",
    proofs: Proofs | None = None,
) -> str:
    """The review desk of a policy as HTML. The same arguments make the same bytes.

    Raises Refused where jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
        from markupsafe import Markup
    except ImportError as error:
        wanted = "pip install 'jingmen-policy[review]'"
        said = Said(
            f"审核页需要另装 {error.name}：{wanted}", f"the page needs {error.name}: {wanted}"
        )
        raise Refused([Problem(said)]) from None
    environment = Environment(
        autoescape=True,
        loader=PackageLoader("jingmen_policy.desk"),
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    shown = desk(policy, as_of, signatures_dir, proofs)
    style, script = _asset("desk.css"), _asset("desk.js")
    written = environment.get_template("page.html.j2").render(
        desk=shown,
        lang=lang,
        style=Markup(style),
        style_hash=_hash(style),
        script=Markup(script),
        script_hash=_hash(script),
        payload=Markup(shown.payload),
    )
    return written.strip() + "\n"


def _asset(name: str) -> str:
    return files("jingmen_policy.desk").joinpath("assets", name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    """As a content security policy names what may run: the SHA-256, in base64."""
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
