"""Several processes append to one log: the chain stays one. Killed, they lose nothing promised."""

from __future__ import annotations

import subprocess
import time

import psycopg
import pytest

from jingmen_policy.log.log import Log
from support.receipts import made, sha256, writer


def acknowledged(process: subprocess.Popen[bytes]) -> dict[str, str]:
    """The ids a process wrote out, each with its input's hash; a line cut short was not."""
    assert process.stdout is not None
    told = process.stdout.read()
    process.stdout.close()
    process.wait()
    lines = told.decode().split("\n")[:-1]
    return dict(line.split() for line in lines if line != "open")


def test_processes_that_append_at_once_make_one_chain(where: str) -> None:
    """None of them has opened the log before: one of them makes it."""
    ran = [writer(where, name, threads=4, number=25) for name in "甲乙丙"]
    told: dict[str, str] = {}
    for process in ran:
        told |= acknowledged(process)
        assert process.returncode == 0
    with Log.open(where, create=False) as log:
        receipts = {one.id: one.input_sha256 for one in log.receipts()}
        found = log.verify()
    assert receipts == told
    assert (found.whole, found.receipts, found.head.number) == (True, 300, 300)
    expected = {sha256(f"{p}-{t}-{n}") for p in "甲乙丙" for t in range(4) for n in range(25)}
    assert set(receipts.values()) == expected


@pytest.mark.parametrize("moment", [0.05, 0.3])
def test_what_was_acknowledged_is_there_after_kill_9(where: str, moment: float) -> None:
    process = writer(where, "甲", threads=8, number=1_000_000)
    assert process.stdout is not None
    assert process.stdout.readline() == b"open\n"
    identity, hashed = process.stdout.readline().decode().split()
    time.sleep(moment)
    process.kill()
    told = {identity: hashed, **acknowledged(process)}
    assert process.returncode == -9
    with Log.open(where, create=False) as log:
        found = log.verify()
        assert found.whole
        assert len(told) <= found.receipts <= len(told) + 2 * 500
        for identity, hashed in told.items():
            assert log.get(identity).input_sha256 == hashed
    with Log.open(where) as log:
        assert log.append(made("afterwards")).number == found.receipts + 1
        assert log.verify(found.head.text).after == 1


def test_a_database_whose_transactions_are_serializable_makes_one_chain(
    postgres_url: str, server: psycopg.Connection
) -> None:
    name = postgres_url.rpartition("/")[2]
    server.execute(
        f"ALTER DATABASE {name} SET default_transaction_isolation = 'serializable'".encode()
    )
    with Log.open(postgres_url) as one, Log.open(postgres_url) as other:
        promised = [log.submit(made(f"{n}")) for n in range(300) for log in (one, other)]
        numbers = sorted(receipt.result().number for receipt in promised)
        assert numbers == list(range(1, 601))
        assert one.verify().whole
