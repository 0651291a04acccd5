"""The review page in a browser: written once, opened from the disk, watched for requests."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from lxml import html

from jingmen_facts.problems import Lang
from jingmen_policy import Policy
from jingmen_policy.desk.page import page
from support.once import once
from support.proved import proofs_of_the_plan

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

DAY = date(2026, 11, 28)
HOSTILE = '<script>document.title="run"</script>\u202e=1+1 @x'


def written(to: Path, policy: Policy, lang: Lang = "zh", **given: Any) -> Path:
    to.write_text(page(policy, DAY, lang=lang, **given), encoding="utf-8")
    return to


def page_with_proofs(factory: pytest.TempPathFactory) -> Path:
    """The page of the shipped plan with everything proved of it, made once."""
    _, proofs = proofs_of_the_plan(factory)
    return once(
        factory, "page-with-proofs.html", lambda to: written(to, Policy.load(), proofs=proofs)
    )


def parsed(text: str) -> Any:
    """Markup as a tree; its stubs know less than lxml does."""
    return html.document_fromstring(text)


def known(tree: Any) -> dict[str, Any]:
    """What the script is given."""
    found: dict[str, Any] = json.loads(tree.get_element_by_id("data").text)
    return found


def stated(data: dict[str, Any], numbers: list[Any]) -> dict[str, Any]:
    """The facts of a card or a witness, as the script puts them together again."""

    def fact(place: int) -> dict[str, Any]:
        shape, *held = data["pool"][place]
        values = [data["values"][one] for one in held]
        return dict(zip(data["shapes"][shape], values, strict=True))

    found: dict[str, Any] = {}
    for number, where in zip(numbers[::2], numbers[1::2], strict=True):
        name = data["names"][number]
        if name == "complete":
            found[name] = data["values"][where]
        else:
            found[name] = [fact(one) for one in where] if isinstance(where, list) else fact(where)
    return found


@contextmanager
def opened(browser: Browser, path: Path, **given: Any) -> Iterator[Page]:
    """The page, opened; an error in it, or a request for anything but it, fails the test."""
    context = browser.new_context(**given)
    shown = context.new_page()
    wrong: list[str] = []
    shown.on("pageerror", lambda error: wrong.append(str(error)))
    shown.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    address = path.as_uri()
    shown.on(
        "request",
        lambda asked: (
            wrong.append(asked.url) if not asked.url.startswith((address, "blob:")) else None
        ),
    )
    shown.goto(address)
    yield shown
    context.close()
    assert not wrong, wrong
