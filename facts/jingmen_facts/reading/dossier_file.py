"""Reading a dossier: a YAML, JSON or CSV file, an Excel workbook, or a folder of CSV tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from jingmen_facts.kinds import FactModels
from jingmen_facts.problems import Problem, Refused, Said
from jingmen_facts.reading.assemble import NO_BACKGROUNDS, DossierFile, assemble
from jingmen_facts.reading.background import Backgrounds
from jingmen_facts.reading.csv_tables import read_tables
from jingmen_facts.reading.files import read_text
from jingmen_facts.reading.json_text import read_json
from jingmen_facts.reading.located import Located
from jingmen_facts.reading.stated import Stated
from jingmen_facts.reading.workbook import read_workbook
from jingmen_facts.reading.workbook_file import OTHERS, SUFFIX
from jingmen_facts.reading.yaml_text import read_yaml

_READERS: dict[str, Callable[[str, str], Located]] = {
    ".yaml": read_yaml,
    ".yml": read_yaml,
    ".json": read_json,
}
_SAVE_AS = Said("请用表格软件另存为 .xlsx（不带宏、不带密码）", "save it as .xlsx, without macros")
_BESIDE = ("dossier.yaml", "dossier.yml", "dossier.json")


def read_dossier(
    path: Path | str,
    models: FactModels,
    backgrounds: Backgrounds = NO_BACKGROUNDS,
    use: Iterable[str] = (),
    complete: Iterable[str] = (),
) -> DossierFile:
    """The dossier in a file or folder, over the backgrounds it or the caller names.

    In a folder each CSV file is a table of one kind of fact; a ``dossier.yaml`` beside them may
    say ``use``, ``complete`` and ``as_of``. Raises Refused with every problem at once.
    """
    return read_dossiers([path], models, backgrounds, use, complete)


def read_dossiers(
    paths: Iterable[Path | str],
    models: FactModels,
    backgrounds: Backgrounds = NO_BACKGROUNDS,
    use: Iterable[str] = (),
    complete: Iterable[str] = (),
) -> DossierFile:
    """What several files and folders state together, as one dossier; read as ``read_dossier``."""
    stated = Stated(models)
    notes: list[Said] = []
    for path in map(Path, paths):
        if path.is_dir():
            notes.extend(_read_folder(path, stated))
        elif path.suffix.lower() == ".csv":
            notes.extend(read_tables([path], stated))
        elif path.suffix.lower() == SUFFIX:
            notes.extend(read_workbook(path, stated))
        elif path.suffix.lower() in OTHERS:
            stated.problems.append(Problem(_SAVE_AS, str(path)))
            stated.lose_all()
        else:
            _read_file(path, stated)
    return assemble(stated, backgrounds=backgrounds, use=use, complete=complete, notes=notes)


def read_located(path: Path) -> Located:
    """The value of a YAML or JSON file, with its lines. Raises Refused."""
    text, _ = read_text(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        known = "、".join([*_READERS, ".csv", SUFFIX])
        said = Said(
            f"不认识的文件类型“{path.suffix}”，应为 {known} 或含 CSV 表格的文件夹",
            f"unknown kind of file '{path.suffix}'; expected {known} or a folder of CSV tables",
        )
        raise Refused([Problem(said, str(path))])
    return reader(text, str(path))


def _read_file(path: Path, stated: Stated) -> None:
    try:
        stated.read(read_located(path))
    except Refused as refused:
        stated.problems.extend(refused.problems)
        stated.lose_all()


def _read_folder(path: Path, stated: Stated) -> list[Said]:
    """State a folder's tables; what else lies in it is named in the notes."""
    tables: list[Path] = []
    notes: list[Said] = []
    for entry in _entries(path, stated):
        if entry.suffix.lower() == ".csv":
            tables.append(entry)
        elif entry.name in _BESIDE:
            _read_file(entry, stated)
        elif not entry.name.startswith("."):
            notes.append(Said(f"{entry} 未被读取", f"{entry} was not read"))
    if not tables:
        said = Said("文件夹中没有 CSV 表格", "the folder holds no CSV table")
        stated.problems.append(Problem(said, str(path)))
    return [*notes, *read_tables(tables, stated)]


def _entries(path: Path, stated: Stated) -> list[Path]:
    try:
        return sorted(path.iterdir())
    except OSError as error:
        said = Said(f"无法读取：{error}", f"cannot be read: {error}")
        stated.problems.append(Problem(said, str(path)))
        return []
