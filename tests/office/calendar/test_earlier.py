"""A calendar that follows another: numbered after it, what is gone cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import vobject
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jingmen_facts import Refused
from jingmen_policy.judge.text import Teller
from jingmen_policy.office.calendar.build import diary
from jingmen_policy.office.calendar.earlier import after
from jingmen_policy.office.calendar.ics import PRODUCT, ics
from jingmen_policy.office.calendar.model import Diary
from support.bulletins import ledger, policy

DAY = date(2021, 12, 31)
TELLER = Teller(policy().models)
HEAD = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:{PRODUCT}\r\n"
NOTHING = Diary("corpus", "日程", DAY, 0, (), 0, 0)
TAIL = "END:VCALENDAR\r\n"


@pytest.fixture(scope="module")
def full() -> Diary:
    return diary(policy(), ledger(), DAY, TELLER)


@pytest.fixture(scope="module")
def earlier(full: Diary, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("calendar") / "日程.ics"
    path.write_bytes(ics(full))
    return path


def test_what_is_gone_is_cancelled_and_the_rest_is_numbered_after_it(
    full: Diary, earlier: Path
) -> None:
    gone, kept = full.entries[:3], full.entries[3:]
    made = after(replace(full, entries=kept), earlier, PRODUCT)
    events = list(vobject.readOne(ics(made).decode()).vevent_list)
    status = {event.uid.value: event.status.value for event in events}
    assert status == {
        **{entry.uid(full.corpus): "CONFIRMED" for entry in kept},
        **{entry.uid(full.corpus): "CANCELLED" for entry in gone},
    }
    assert {int(event.sequence.value) for event in events} == {full.sequence + 1}
    days = {event.uid.value: event.dtstart.value for event in events}
    assert all(days[entry.uid(full.corpus)] == entry.day for entry in full.entries)


def test_what_comes_back_is_an_entry_again(full: Diary, earlier: Path, tmp_path: Path) -> None:
    second = tmp_path / "二.ics"
    second.write_bytes(ics(after(replace(full, entries=full.entries[3:]), earlier, PRODUCT)))
    third = after(full, second, PRODUCT)
    assert (third.cancelled, third.sequence) == ((), full.sequence + 2)
    still = after(replace(full, entries=full.entries[3:]), second, PRODUCT)
    assert len(still.cancelled) == 3


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "不是日程文件"),
        ("不是日程", "不是日程文件"),
        (f"{HEAD}BEGIN:VEVENT\r\nDTSTART;VALUE=A,B:1\r\nEND:VEVENT\r\n{TAIL}", "不是日程文件"),
        (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x\r\nEND:VCALENDAR\r\n",
            "不是 jingmen calendar",
        ),
        (f"{HEAD}BEGIN:VEVENT\r\nDTSTART;VALUE=DATE:20210430\r\nEND:VEVENT\r\n{TAIL}", "缺少 UID"),
        (f"{HEAD}BEGIN:VEVENT\r\nUID:a\r\nEND:VEVENT\r\n{TAIL}", "缺少 UID 或日期"),
        (f"{HEAD}BEGIN:VEVENT\r\nUID:a\r\nDTSTART:\r\nEND:VEVENT\r\n{TAIL}", "缺少 UID 或日期"),
        (
            f"{HEAD}BEGIN:VEVENT\r\nUID:a\r\nDTSTART:20210430T080000Z\r\nEND:VEVENT\r\n{TAIL}",
            "缺少 UID 或日期",
        ),
        (
            f"{HEAD}BEGIN:VEVENT\r\nUID:a\r\nDTSTART;VALUE=DATE:20210430\r\nSEQUENCE:x\r\n"
            f"END:VEVENT\r\n{TAIL}",
            "SEQUENCE 不是整数",
        ),
    ],
)
def test_a_file_of_another_kind_is_refused(
    text: str, why: str, full: Diary, tmp_path: Path
) -> None:
    (tmp_path / "a.ics").write_text(text, encoding="utf-8", newline="")
    with pytest.raises(Refused, match=why):
        after(full, tmp_path / "a.ics", PRODUCT)


def test_a_file_that_is_not_there_or_is_no_text_is_refused(full: Diary, tmp_path: Path) -> None:
    (tmp_path / "b.ics").write_bytes(b"BEGIN:VCALENDAR\xff")
    for path in (tmp_path / "a.ics", tmp_path / "b.ics", tmp_path):
        with pytest.raises(Refused):
            after(full, path, PRODUCT)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 30), st.text("BEGIN:V;=,\r\n1 ", max_size=6)),
        max_size=6,
    )
)
def test_a_damaged_file_is_read_or_refused(
    tmp_path: Path, cuts: list[tuple[int, int, str]]
) -> None:
    text = (
        f"{HEAD}BEGIN:VEVENT\r\nSUMMARY:甲\r\nDTSTART;VALUE=DATE:20210430\r\n"
        f"DTSTAMP:20211231T160000Z\r\nUID:a\r\nSEQUENCE:364\r\nEND:VEVENT\r\n{TAIL}"
    )
    for at, many, put in cuts:
        text = text[:at] + put + text[at + many :]
    (tmp_path / "a.ics").write_text(text, encoding="utf-8", newline="")
    try:
        made = after(NOTHING, tmp_path / "a.ics", PRODUCT)
    except Refused:
        return
    assert ics(made)
