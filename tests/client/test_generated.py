"""The generated clients are up to date, and the one for Node works."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pytest

from support.outside import program
from support.serving import Guarded

pytestmark = pytest.mark.checkout
ROOT = Path(__file__).resolve().parents[2]
WALK = """
import { JingmenClient, JingmenProblem } from "%s";

const [url, token] = process.argv.slice(2);
const jingmen = new JingmenClient(url, { token });
const dossier = { ServiceProject: { id: "P-1", total_cost: "10万元", personnel_cost: "70000.01" } };
const rules = ["personnel-share"];
const answer = await jingmen.judge({ dossier, as_of: "2022-06-30", rules });
const receipt = await jingmen.receipt(answer.receipt);
const batch = await jingmen.judgeBatch({ dossiers: [dossier, dossier], rules });
const why = await jingmen.explain({ dossier, rule: rules[0], subject: "P-1" });
const clause = await jingmen.clause("四（四）第2句");
const rule = await jingmen.rule("staffing", { as_of: "2020-01-01" });
const refused = await jingmen
  .judge({ dossier: { Station: { id: "S", aera: 1 } } })
  .catch((problem) => problem);
const missing = await jingmen.rule("a/b").catch((problem) => problem.status);
const stranger = await new JingmenClient(url, { language: "en" }).rules().catch((one) => one);
console.log(
  JSON.stringify({
    status: answer.findings[0].status,
    receipt: receipt.rules,
    batch: batch.answers.length,
    quote: why.findings[0].clauses[0].quote,
    rules: clause.clauses[0].rules.map((one) => one.rule),
    inForce: rule.versions[0].in_force,
    refused: [refused instanceof JingmenProblem, refused.status, refused.errors[0].nearest],
    missing,
    stranger: stranger.message,
  }),
);
"""


@pytest.fixture(scope="module")
def generated() -> dict[str, str]:
    from tools.clients.__main__ import described, generated

    return generated(described())


def test_what_is_generated_is_up_to_date(generated: dict[str, str]) -> None:
    for name, text in generated.items():
        path = ROOT / name
        assert path.read_text(encoding="utf-8") == text, "python -m tools.clients --write"


def test_the_types_name_every_method_of_the_code(generated: dict[str, str]) -> None:
    code = generated["clients/typescript/jingmen.mjs"]
    types = generated["clients/typescript/jingmen.d.mts"]
    named = set(re.findall(r"^  ([a-z]\w*)\(", code, re.MULTILINE)) - {"constructor"}
    assert "judgeBatch" in named
    for name in named:
        assert f"  {name}(" in types


def test_the_client_works_in_node(guarded: Guarded, tmp_path: Path) -> None:
    node = program("node", package="nodejs")
    walk = tmp_path / "walk.mjs"
    module = (ROOT / "clients" / "typescript" / "jingmen.mjs").as_uri()
    walk.write_text(WALK % module, encoding="utf-8")
    ran = subprocess.run(
        [node, str(walk), guarded.served.url, guarded.token],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert json.loads(ran.stdout) == {
        "status": "breached",
        "receipt": ["personnel-share"],
        "batch": 2,
        "quote": "社工站人员经费不得超过项目总经费的70%",
        "rules": ["personnel-share"],
        "inForce": False,
        "refused": [True, 422, "area"],
        "missing": 404,
        "stranger": "send 'Authorization: Bearer TOKEN'",
    }
