"""``jingmen new``: what it writes loads, runs and passes as it is, in a copy of the project."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import jingmen_facts
import jingmen_policy
from jingmen_facts import MODELS
from jingmen_facts.reading.assemble import build_dossier
from jingmen_policy.cli.scaffold import PLAN, sample

RULE = PLAN / "rules" / "3-1-assistance-visits.yaml"
SCENARIO = Path("scenarios/3-1-assistance-visits.yaml")
TEST = Path("tests/properties/test_assistance_visits.py")


class Checkout:
    """A copy of the project's packages, and commands run in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for package, source in ((jingmen_policy, "policy"), (jingmen_facts, "facts")):
            name = package.__name__
            shutil.copytree(Path(package.__file__ or "").parent, root / source / name)

    def __call__(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join(str(self.root / source) for source in ("policy", "facts"))
        environment = {**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"}
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            check=False,
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    def files(self) -> dict[Path, bytes]:
        return {
            path.relative_to(self.root): path.read_bytes()
            for path in self.root.rglob("*")
            if path.is_file() and "__pycache__" not in path.parts
        }


@pytest.fixture
def checkout(tmp_path: Path) -> Checkout:
    return Checkout(tmp_path)


def test_a_new_rule_loads_runs_and_passes_as_it_is(checkout: Checkout) -> None:
    before = checkout.files()
    new = checkout("jingmen_policy", "new", "3-1", "assistance-visits")
    assert new.returncode == 0, new.stderr
    assert new.stdout.split() == [str(RULE), str(SCENARIO), str(TEST)]
    assert checkout.files().keys() - before.keys() == {RULE, SCENARIO, TEST}

    shown = checkout("jingmen_policy", "show", "assistance-visits")
    assert "三（一）第1句" in shown.stdout, shown.stderr
    run = checkout("jingmen_policy", "run")
    assert "2 个与预期一致" in run.stdout, run.stderr
    tested = checkout("pytest", "-q", "-p", "no:cacheprovider", str(TEST))
    assert "4 passed" in tested.stdout, tested.stdout


def test_it_overwrites_nothing_and_writes_nothing_it_would_refuse(checkout: Checkout) -> None:
    taken = checkout.root / SCENARIO
    taken.parent.mkdir()
    taken.write_text("mine", encoding="utf-8")
    before = checkout.files()
    for arguments, said in (
        (("3-1", "assistance-visits"), f"{SCENARIO}: 文件已存在"),
        (("3-1", "staffing"), "已有规则“staffing”"),
        (("9-3", "nothing"), "文中没有这一节"),
        (("3-1", "No_Good"), "应为小写字母"),
        (("3-1", "x", "--subject", "Statoin"), "是否为“Station”？"),
        (("3-1", "x", "--quote", "没有这句话"), "没有恰好出现一次的引文“没有这句话”"),
        (("3-1", "x", "--root", "policy"), "不是项目文件夹"),
    ):
        refused = checkout("jingmen_policy", "new", *arguments)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert said in refused.stderr
    assert checkout.files() == before


@pytest.mark.parametrize("kind", list(MODELS.kinds))
def test_there_are_least_facts_about_a_subject_of_every_kind(kind: str) -> None:
    dossier = build_dossier(sample(MODELS, kind, 2021), models=MODELS).dossier
    assert len(dossier.of_kind(kind)) == 1
