"""Folders of tables are judged part by part; a run that was stopped goes on where it was."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import duckdb
import polars as pl
import psutil
import pytest
from click.testing import CliRunner

from jingmen_facts import Refused
from jingmen_policy import Finding, Policy
from jingmen_policy.bulk import Run, run
from jingmen_policy.bulk.receipt import Receipt
from jingmen_policy.cli.main import cli

PLAN = Policy.load()
DAY = date(2022, 12, 31)
FEW = ("staffing", "worker-age", "personnel-share")
"""Rules about three kinds, where what matters is how a run goes and not what it finds."""
PLACES = ["掇刀区/白庙街道", "掇刀区/兴隆街道", "沙洋县/沙洋镇", None]


def tables(folder: Path, number: int = 60) -> Path:
    """Stations with none to five workers, and a project each."""
    folder.mkdir()
    stations = range(number)
    pl.DataFrame(
        {
            "社工站编号": [f"S{n}" for n in stations],
            "township": [PLACES[n % 4] for n in stations],
            "established_on": [DAY - timedelta(days=n * 20) if n % 7 else None for n in stations],
            "operator": ["第三方社会组织承接" if n % 3 else None for n in stations],
        }
    ).write_parquet(folder / "社工站.parquet")
    workers = [(f"W{n}-{k}", f"S{n}", k != 3) for n in stations for k in range(n % 6)]
    (folder / "workers").mkdir()
    half = len(workers) // 2
    for name, rows in (("a", workers[:half]), ("b", workers[half:])):
        frame = pl.DataFrame(rows, schema=["id", "station", "in_post"], orient="row")
        frame.write_parquet(folder / "workers" / f"{name}.parquet")
    lines = [f"P{n},S{n},100元,{40 + n}元" for n in stations]
    text = "\n".join(["id,station,total_cost,personnel_cost", *lines]) + "\n"
    (folder / "ServiceProject.csv").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tables(tmp_path_factory.mktemp("bulk") / "in")


def asked(source: Path, out: Path, **changes: object) -> Run:
    given = {"use": ("register",), "complete": ("ResidentWorker",), "part_rows": 16, **changes}
    return Run(PLAN, source, out, DAY, **given)  # type: ignore[arg-type]


def verdicts(out: Path) -> dict[tuple[str, str, str], str]:
    found = {}
    for path in sorted((out / "verdicts").glob("*.parquet")):
        kind = path.name.partition("-")[0]
        for row in pl.read_parquet(path).to_dicts():
            subject = row.pop("subject")
            found.update({(kind, subject, name): status for name, status in row.items()})
    return found


@pytest.fixture(scope="module")
def whole(source: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Receipt]:
    """Every rule put to every subject in one go; nobody writes there again."""
    out = tmp_path_factory.mktemp("whole") / "out"
    return out, run(asked(source, out))


def test_every_subject_is_judged_as_the_dossier_is(
    source: Path, whole: tuple[Path, Receipt]
) -> None:
    out, _ = whole
    facts = {
        "Station": [
            {k: v for k, v in row.items() if v is not None}
            for row in pl.read_parquet(source / "社工站.parquet")
            .rename({"社工站编号": "id"})
            .to_dicts()
        ],
        "ResidentWorker": pl.read_parquet(source / "workers" / "*.parquet").to_dicts(),
        "ServiceProject": pl.read_csv(source / "ServiceProject.csv").to_dicts(),
    }
    dossier = PLAN.dossier(facts, use=["register"], complete=["ResidentWorker"])
    assert verdicts(out) == {
        (one.kind, one.subject, one.rule if one.year is None else f"{one.rule}@{one.year}"): (
            one.status.value
        )
        for one in PLAN.decide(dossier, DAY)
    }


def test_the_violations_are_the_breached_and_departed_of_the_verdicts(
    whole: tuple[Path, Receipt],
) -> None:
    out, receipt = whole
    rows = pl.read_parquet(out / "violations" / "*.parquet").to_dicts()
    told = {
        (row["kind"], row["subject"], row["rule"] + (f"@{row['year']}" if row["year"] else "")): (
            row["status"]
        )
        for row in rows
    }
    found = verdicts(out)
    assert told == {k: v for k, v in found.items() if v in ("breached", "departed")}
    assert len(rows) == len(told) == receipt.violations > 0
    share = next(row for row in rows if row["rule"] == "personnel-share")
    assert (share["address"], share["title"]) == ("四（四）第2句", "人员经费占比上限")


def test_parts_do_not_change_what_is_found(source: Path, tmp_path: Path) -> None:
    run(asked(source, tmp_path / "few", part_rows=7))
    run(asked(source, tmp_path / "one", part_rows=10**6))
    assert verdicts(tmp_path / "few") == verdicts(tmp_path / "one")
    assert len(list((tmp_path / "few" / "verdicts").glob("Station-*"))) == 9
    assert len(list((tmp_path / "one" / "verdicts").glob("Station-*"))) == 1


class Stopped(Exception):
    pass


def test_a_run_that_was_stopped_does_only_what_was_left(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"

    def stop(_name: str) -> None:
        if len(list((out / "verdicts").glob("[!.]*.parquet"))) == 4:
            raise Stopped

    with pytest.raises(Stopped):
        run(asked(source, out, rules=FEW), step=stop)
    assert not (out / "receipt.json").exists()
    kept = {path: path.stat().st_mtime_ns for path in (out / "verdicts").glob("*.parquet")}
    assert len(kept) == 4
    run(asked(source, out, rules=FEW))
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    run(asked(source, tmp_path / "clean", rules=FEW))
    assert verdicts(out) == verdicts(tmp_path / "clean")


def test_a_run_that_was_killed_leaves_no_half_written_part(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    command = [sys.executable, "-m", "jingmen_policy", "bulk", str(source), str(out)]
    command += ["--use", "register", "--as-of", "2022-12-31", "--part-rows", "6"]
    started = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    deadline = time.monotonic() + 60
    while not list((out / "verdicts").glob("Station-*.parquet")) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.kill(started.pid, signal.SIGKILL)
    started.wait()
    finished = list((out / "verdicts").glob("*.parquet"))
    assert finished
    assert all(len(pl.read_parquet(path)) >= 0 for path in finished)
    assert all((out / "violations" / path.name).is_file() for path in finished)
    run(asked(source, out, complete=(), part_rows=6))
    assert (out / "receipt.json").is_file()
    assert not list(out.rglob("*.partial"))


def test_another_run_is_not_mixed_in(source: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(asked(source, out, rules=FEW))
    with pytest.raises(Refused, match="另一次运行的结果"):
        run(asked(source, out, complete=(), rules=FEW))
    kept = {path: path.read_bytes() for path in out.rglob("*.*")}
    wrong = tables(tmp_path / "wrong")
    (wrong / "Township.csv").write_text("division,name,kid\n沙洋县,沙洋镇,镇\n", encoding="utf-8")
    with pytest.raises(Refused, match="是否为“kind”"):
        run(asked(wrong, out, rules=FEW), again=True)
    assert {path: path.read_bytes() for path in out.rglob("*.*")} == kept
    run(asked(source, out, complete=(), rules=FEW), again=True)
    assert json.loads((out / "receipt.json").read_text(encoding="utf-8"))["plan"]["complete"] == []


def test_the_receipt_says_what_the_run_was_made_of(whole: tuple[Path, Receipt]) -> None:
    out, receipt = whole
    assert receipt.plan.corpus_sha256 == PLAN.corpus.digest
    assert {one.kind for one in receipt.plan.inputs} == {
        "Station", "ResidentWorker", "ServiceProject",
    }  # fmt: skip
    assert receipt.plan.versions["duckdb"] == duckdb.__version__
    assert sum(receipt.findings["staffing"].values()) == 60
    assert all((out / one.file).is_file() for one in receipt.outputs)


def test_tables_that_are_wrong_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    source = tables(tmp_path / "in")
    (source / "Township.csv").write_text("division,name,kid\n沙洋县,沙洋镇,镇\n", encoding="utf-8")
    (source / "ServiceAgreement.csv").write_text("id,signed_on\nA,昨天\nA,今天\n", encoding="utf-8")
    with pytest.raises(Refused) as found:
        run(asked(source, tmp_path / "out"))
    assert "是否为“kind”" in str(found.value)
    assert "2 格不能读作" in str(found.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.checkout
def test_the_example_ledger_is_judged_as_judge_does(tmp_path: Path) -> None:
    ledger = Path(__file__).parents[2] / "examples" / "ledger"
    complete = ("Station@沙洋县", "ResidentWorker@沙洋县")
    run(Run(PLAN, ledger, tmp_path / "out", DAY, use=("register",), complete=complete))
    found = verdicts(tmp_path / "out")
    dossier = PLAN.read(ledger)
    assert found[("ServiceProject", "P-1", "personnel-share")] == "breached"
    assert {
        (one.subject.kind, one.subject.id, _column(one)): one.status.value
        for one in PLAN.judge(dossier, DAY)
        if one.subject.kind in ("Station", "ResidentWorker", "ServiceProject")
    } == {
        key: status
        for key, status in found.items()
        if key[0] in ("Station", "ResidentWorker", "ServiceProject")
    }


def _column(finding: Finding) -> str:
    return finding.rule if finding.year is None else f"{finding.rule}@{finding.year}"


def test_a_name_that_is_no_kind_is_refused(tmp_path: Path) -> None:
    (tmp_path / "Staton.csv").write_text("id\nA\n", encoding="utf-8")
    with pytest.raises(Refused, match="是否为“Station”"):
        run(asked(tmp_path, tmp_path / "out"))


def test_the_command_tells_and_prints_the_receipt(source: Path, tmp_path: Path) -> None:
    given = ["bulk", str(source), str(tmp_path / "out"), "--use", "register"]
    given += ["--as-of", "2022-12-31", "--complete", "驻站社工", "--rule", "staffing"]
    told = CliRunner().invoke(cli, given)
    assert (told.exit_code, told.output.split("，")[0]) == (0, "60 个对象")
    printed = json.loads(CliRunner().invoke(cli, [*given, "--format", "json"]).output)
    assert printed["plan"]["rules"] == ["staffing"]
    assert printed["findings"].keys() == {"staffing"}


def test_progress_is_told_on_a_terminal_and_nowhere_else(source: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "jingmen_policy", "bulk", str(source)]
    asked_ = ["--use", "register", "--as-of", "2022-12-31", "--rule", "staffing"]
    piped = subprocess.run(
        [*command, str(tmp_path / "piped"), *asked_], capture_output=True, check=True
    )
    assert piped.stderr == b""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [*command, str(tmp_path / "seen"), *asked_], stdout=subprocess.PIPE, stderr=theirs
    ) as run_:
        os.close(theirs)
        told = b""
        while b"1/1 Station-00000.parquet" not in told:
            told += os.read(ours, 1024)
        run_.communicate()
    os.close(ours)
    assert run_.returncode == 0


def test_a_cluster_finds_the_same(
    source: Path, whole: tuple[Path, Receipt], tmp_path: Path
) -> None:
    here, _ = whole
    receipt = run(asked(source, tmp_path / "there"), cluster="local")
    assert verdicts(tmp_path / "there") == verdicts(here)
    assert receipt.violations > 0


def test_a_cluster_gathers_from_some_of_the_members_at_a_time(source: Path, tmp_path: Path) -> None:
    done: list[str] = []
    few: dict[str, object] = {"rules": ("county-share-2022", "annex-task-2022"), "part_rows": 16}
    run(asked(source, tmp_path / "here", **few))
    run(asked(source, tmp_path / "there", **few), cluster="local", step=done.append)
    gathered = [name for name in done if name.startswith("County-g")]
    assert len(gathered) > 3
    assert verdicts(tmp_path / "there") == verdicts(tmp_path / "here")


@pytest.mark.parametrize("part_rows", [16, 1000])
def test_blanks_around_identities_and_references_say_nothing(
    source: Path, tmp_path: Path, part_rows: int
) -> None:
    """Also what was gathered before they were found to have some."""
    blanks = tmp_path / "in"
    shutil.copytree(source, blanks)
    workers = pl.read_parquet(blanks / "workers" / "a.parquet")
    spaced = pl.concat_str(pl.lit(" "), "station", pl.lit("  ")).alias("station")
    workers.with_columns(spaced).write_parquet(blanks / "workers" / "a.parquet")
    stations = pl.read_parquet(blanks / "社工站.parquet")
    spaced = pl.concat_str(pl.lit(" "), "社工站编号").alias("社工站编号")
    stations.with_columns(spaced).write_parquet(blanks / "社工站.parquet")
    few: dict[str, object] = {"rules": ("staffing",), "part_rows": part_rows}
    run(asked(source, tmp_path / "tidy", **few))
    run(asked(blanks, tmp_path / "out", **few))
    assert verdicts(tmp_path / "out") == verdicts(tmp_path / "tidy")


def test_identities_that_differ_in_blanks_alone_are_one(source: Path, tmp_path: Path) -> None:
    wrong = tmp_path / "in"
    shutil.copytree(source, wrong)
    stations = pl.read_parquet(wrong / "社工站.parquet")
    again = stations[:1].with_columns(pl.lit("S0 ").alias("社工站编号"))
    pl.concat([stations, again]).write_parquet(wrong / "社工站.parquet")
    with pytest.raises(Refused, match="“S0”重复出现 2 次"):
        run(asked(wrong, tmp_path / "out", rules=("staffing",)))
    assert not (tmp_path / "out").exists()


def test_references_to_nothing_are_refused_before_anything_is_written(
    source: Path, tmp_path: Path
) -> None:
    wrong = tmp_path / "in"
    shutil.copytree(source, wrong)
    workers = pl.read_parquet(wrong / "workers" / "a.parquet")
    lost = pl.when(pl.col("id") == workers["id"][0]).then(pl.lit("S-none")).otherwise("station")
    workers.with_columns(lost.alias("station")).write_parquet(wrong / "workers" / "a.parquet")
    with pytest.raises(Refused, match="1 行所指的社工站不存在，如“S-none”"):
        run(asked(wrong, tmp_path / "out", rules=("staffing",)))
    assert not (tmp_path / "out").exists()


def test_a_worker_that_is_killed_costs_no_rows(source: Path, tmp_path: Path) -> None:
    killed: list[int] = []

    def kill(_name: str) -> None:
        if not killed:
            workers = [
                process
                for process in psutil.Process().children(recursive=True)
                if "spawn_main" in " ".join(process.cmdline())
            ]
            killed.append(workers[-1].pid)
            workers[-1].kill()

    few: dict[str, object] = {"part_rows": 4, "rules": FEW}
    run(asked(source, tmp_path / "out", **few), cluster="local", step=kill)
    run(asked(source, tmp_path / "clean", **few))
    assert killed
    assert verdicts(tmp_path / "out") == verdicts(tmp_path / "clean")
