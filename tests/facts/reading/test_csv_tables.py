"""Tables: one per kind, units in the header, blank is unknown, nothing guessed."""

from __future__ import annotations

from pathlib import Path

import pytest

from jingmen_facts import BACKGROUNDS, MODELS, DossierFile, Refused, read_dossier

STATIONS = "id,township\n甲站,东宝区/漳河镇\n"


def read(folder: Path) -> DossierFile:
    return read_dossier(folder, MODELS, BACKGROUNDS, use=["register"])


def refusal(folder: Path) -> list[str]:
    with pytest.raises(Refused) as caught:
        read(folder)
    assert all(problem.said.zh for problem in caught.value.problems)
    return [problem.to("en").removeprefix(f"{folder}/") for problem in caught.value.problems]


def write(folder: Path, name: str, text: str, encoding: str = "utf-8") -> None:
    (folder / name).write_bytes(text.encode(encoding))


def projects(folder: Path, text: str) -> list[dict[str, object]]:
    write(folder, "ServiceProject.csv", text)
    found = read(folder).dossier.of_kind("ServiceProject").values()
    return [fact.model_dump(mode="json", exclude_none=True) for fact in found]


@pytest.mark.parametrize(
    "text",
    [
        "id,total_cost\n项目,100000\n",
        "id,total_cost（万元）\n项目,10\n",
        "id,项目总经费(万元)\n项目,10万元\n",
        "项目编号,项目总经费 （元）\n项目,100000.00元\n",
        'id,total_cost\n项目,"100,000"\n',
        "\ufeffid,total_cost(分)\r\n项目,10000000\r\n",
        "id,total_cost,contractor\n项目,10万元,\n,,\n",
    ],
)
def test_one_amount_written_in_many_ways(tmp_path: Path, text: str) -> None:
    assert projects(tmp_path, text) == [{"id": "项目", "total_cost": "100000.00"}]


def test_a_unit_in_the_header_is_kept_where_the_label_ends_in_brackets(tmp_path: Path) -> None:
    write(
        tmp_path, "县（市、区）.csv", "县(市、区)名称,中心城区社区社工站（室）数（个）\n东宝区,3\n"
    )
    county = read(tmp_path).dossier.of_kind("County")["东宝区"]
    assert county.model_dump()["community_stations"] == 3


def test_gbk_is_read_and_said(tmp_path: Path) -> None:
    write(tmp_path, "社工站.csv", "社工站编号,所在乡镇（街道）\n甲站,东宝区/漳河镇\n", "gbk")
    found = read(tmp_path)
    assert list(found.dossier.of_kind("Station")) == ["甲站"]
    [note] = found.notes
    assert note.zh == f"{tmp_path / '社工站.csv'} 按 GBK 编码读取"


def test_what_is_no_table_is_named(tmp_path: Path) -> None:
    write(tmp_path, "Station.csv", STATIONS)
    write(tmp_path, "说明.txt", "略")
    write(tmp_path, ".hidden", "")
    [note] = read(tmp_path).notes
    assert note.en == f"{tmp_path / '说明.txt'} was not read"


def test_a_single_table_is_read(tmp_path: Path) -> None:
    write(tmp_path, "Station.csv", STATIONS)
    found = read_dossier(tmp_path / "Station.csv", MODELS, BACKGROUNDS, use=["register"])
    assert list(found.dossier.of_kind("Station")) == ["甲站"]


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "ServiceProject.csv",
            "id,total_cost（万元）\n项目,70000元\n项目二,7\n",
            ["2: total_cost: the header states '万元' but the cell '70000元' is in '元'"],
        ),
        (
            "ServiceProject.csv",
            "id,total_cost（千元）\n",
            ["1: total_cost（千元）: unit '千元' is wrong, expected 元、万元、分"],
        ),
        (
            "ServiceProject.csv",
            "id,contractor（万元）\n",
            ["1: contractor（万元）: unit '万元' is wrong: it has none"],
        ),
        (
            "ServiceProject.csv",
            "id,total_cost（万元）\n项目,七万\n",
            ["2: total_cost: expected a number, got '七万'"],
        ),
        (
            "Station.csv",
            "id,面积,建筑面\n",
            [
                "1: 面积: unknown field '面积'; did you mean '建筑面积'?",
                "1: 建筑面: unknown field '建筑面'; did you mean '建筑面积'?",
            ],
        ),
        ("Station.csv", "id,社工站编号\n", ["1: 社工站编号: this column occurs twice"]),
        ("Station.csv", "", ["1: there is no header"]),
        (
            "Station.csv",
            "id,area\n甲站,1,2\n乙站\n丙站,三\n",
            [
                "2: 3 cells under 2 columns",
                "3: 1 cells under 2 columns",
                "4: Station[2].area: expected a number, got '三'",
            ],
        ),
        (
            "Station.csv",
            'id,name\n甲站,"一\n行"\n乙站,x\n甲站,y\n丙站,"',
            ["6: not well-formed CSV: unexpected end of data"],
        ),
        (
            "Station.csv",
            'id,name,area\n甲站,"一\n行",1\n乙站,x,y\n甲站,z,1\n',
            [
                "4: Station[1].area: expected a number, got 'y'",
                "5: Station[2]: duplicate station '甲站', already stated on line 2",
            ],
        ),
        ("Staton.csv", "id\n", [" unknown kind of fact 'Staton'; did you mean 'Station'?"]),
        (
            "Station.csv",
            "id,township\n甲站,东宝区/漳河\n",
            [
                "2: Station[0].township: the station refers to an unknown township"
                " '东宝区/漳河'; did you mean '东宝区/漳河镇'?"
            ],
        ),
    ],
)
def test_a_table_that_could_mean_something_else_is_refused(
    tmp_path: Path, name: str, text: str, said: list[str]
) -> None:
    write(tmp_path, name, text)
    assert refusal(tmp_path) == [f"{name}:{line}" for line in said]


def test_mistakes_of_several_tables_are_said_at_once(tmp_path: Path) -> None:
    write(tmp_path, "Station.csv", "id,area\n甲站,三\n")
    write(tmp_path, "社工站.csv", "id\n乙站\n")
    write(tmp_path, "ResidentWorker.csv", "id,station,born_on\n张三,甲站,2021-02-30\n")
    write(tmp_path, "VolunteerTeam.csv", "id,station\n一队,甲站\n二队,甲\0站\n")
    assert refusal(tmp_path) == [
        "ResidentWorker.csv:2: ResidentWorker[0].born_on: expected a day that exists,"
        " such as 2021-07-31, got '2021-02-30'",
        "Station.csv:2: Station[0].area: expected a number, got '三'",
        "VolunteerTeam.csv:3: holds a NUL byte, so it is not text (save a spreadsheet as CSV)",
        "社工站.csv: holds the same kind of fact as Station.csv",
    ]


def test_a_folder_without_tables_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path) == [f"{tmp_path}: the folder holds no CSV table"]
