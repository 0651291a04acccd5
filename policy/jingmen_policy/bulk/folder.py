"""The folder a run writes into: whose it is, and what of it is there."""

from __future__ import annotations

import json
from pathlib import Path

from jingmen_facts.problems import Problem, Refused, Said
from jingmen_policy.bulk.parts import Part
from jingmen_policy.bulk.receipt import PLAN, PLAN_NAME, RECEIPT_NAME, Plan, put


def goes_on(out: Path, plan: Plan, again: bool) -> bool:
    """Whether a folder holds this run. Raises Refused where it holds another."""
    place = out / PLAN_NAME
    if again or not place.is_file():
        return False
    if json.loads(place.read_text(encoding="utf-8")) == PLAN.dump_python(plan, mode="json"):
        return True
    said = Said(
        "文件夹中是另一次运行的结果（规则、日期或者输入不同）；加 --again 重新开始",
        "the folder holds another run (other rules, day or inputs); --again starts anew",
    )
    raise Refused([Problem(said, str(out))])


def claim(out: Path, plan: Plan) -> None:
    """Makes a folder this run's: what another run left there goes."""
    (out / RECEIPT_NAME).unlink(missing_ok=True)
    for name in ("verdicts", "violations"):
        (out / name).mkdir(exist_ok=True)
        for file in (out / name).iterdir():
            if file.suffix in (".parquet", ".partial"):
                file.unlink()
    put(out / PLAN_NAME, PLAN.dump_python(plan, mode="json"))


def finished(out: Path, part: Part) -> bool:
    """Whether a part is in its place, which it only is whole."""
    return (out / "verdicts" / part.name).is_file()
