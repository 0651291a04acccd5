"""The left side of the page: the texts with their own headings and tables, cut at every mark."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jingmen_facts.problems import Said
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.desk.marks import Marks
from jingmen_policy.desk.model import (
    Badge,
    Block,
    Cell,
    Grid,
    Leaf,
    Piece,
    Row,
    Section,
    Text,
    Total,
)
from jingmen_policy.desk.places import (
    discrepancy_id,
    leaves_of,
    passage_id,
    texts_of,
)
from jingmen_policy.text.passages import Passage, SourceText
from jingmen_policy.text.table import Table


def texts(corpus: Corpus, marks: Marks, badges: Mapping[str, Badge]) -> tuple[Text, ...]:
    """The plan and its amendments. ``badges`` are by the page's id of a leaf."""
    return tuple(
        _Writer(corpus, marks, badges, name, source).text()
        for name, source in texts_of(corpus).items()
    )


@dataclass
class _Writer:
    corpus: Corpus
    marks: Marks
    badges: Mapping[str, Badge]
    name: str
    source: SourceText

    def text(self) -> Text:
        amendment = self.corpus.amendments[self.name] if self.name else None
        title = self.corpus.title
        if amendment is not None:
            title = Said(amendment.title.zh, amendment.title.en)
        since = self.corpus.since if amendment is None else amendment.since
        tops = [passage for passage in self.source.passages if not passage.parent]
        sections = tuple(
            Section(passage_id(self.name, f"all-{top.id}"), top.normative, tuple(self.section(top)))
            for top in tops
        )
        return Text(self.name, title, since, sections)

    def section(self, top: Passage) -> Iterator[Block | Grid]:
        """Its lines: leaves that follow each other without a break stand on one."""
        leaves = [leaf for leaf in leaves_of(self.source) if self.inside(leaf, top)]
        table = self.corpus.tables.get(top.id) if not self.name else None
        line: list[Passage] = []
        rows: list[Passage] = []
        for leaf in leaves:
            if table is not None and "\t" in leaf.text:
                rows.append(leaf)
                continue
            if line and (leaf.start != line[-1].end):
                yield self.block(line)
                line = []
            line.append(leaf)
        if line:
            yield self.block(line)
        if table is not None and rows:
            yield self.grid(table, rows)

    def inside(self, leaf: Passage, top: Passage) -> bool:
        return top.start <= leaf.start and leaf.end <= top.end

    def block(self, line: list[Passage]) -> Block:
        first = line[0]
        level = 0
        if first.kind == "title":
            level = 2
        elif first.kind == "heading" and len(line) == 1:
            level = 3
        return Block(level, tuple(self.leaf(leaf, self.cut(leaf)) for leaf in line))

    def cut(self, leaf: Passage) -> tuple[Piece, ...]:
        return self.marks.pieces(self.name, self.source.plain, leaf.start, leaf.end)

    def leaf(self, leaf: Passage, pieces: tuple[Piece, ...]) -> Leaf:
        name = passage_id(self.name, leaf.id)
        return Leaf(name, leaf.address, pieces, self.badges.get(name, Badge()))

    def grid(self, table: Table, rows: list[Passage]) -> Grid:
        said = tuple(
            Said(
                f"“{one.where}”合计印作 {one.printed}，各数相加为 {one.computed}",
                f"the total of {one.where} is printed as {one.printed}; its numbers add up to"
                f" {one.computed}",
            )
            for one in table.differences()
        )
        labels = list(table.rows)
        return Grid(
            tuple(
                Row(
                    self.leaf(row, ()),
                    tuple(self.cells(table, row)),
                    place == 0,
                    place > 0 and row.text.partition("\t")[0] not in labels,
                )
                for place, row in enumerate(rows)
            ),
            said,
        )

    def cells(self, table: Table, row: Passage) -> Iterator[Cell]:
        label = row.text.partition("\t")[0]
        columns = [None, *table.columns, table.total_label]
        at = row.start
        for column, text in zip(columns, row.text.split("\t"), strict=True):
            pieces = self.marks.pieces(self.name, self.source.plain, at, at + len(text))
            total = None
            if column is not None and label in table.rows:
                pieces = self.looked_up(table, column, pieces)
            elif column is not None and at != row.start and row.id != self.head(table):
                total = self.total(table, column, row, text)
            yield Cell(pieces, total)
            at += len(text) + 1

    def head(self, table: Table) -> str:
        inside = [leaf for leaf in self.source.within(table.id) if "\t" in leaf.text]
        return inside[0].id

    def looked_up(self, table: Table, column: str, pieces: tuple[Piece, ...]) -> tuple[Piece, ...]:
        """A cell's figures with the fields of the rules that look it up."""
        keys = tuple(
            self.marks.key(rule.id, number, let.name)
            for rule in self.corpus.rules.values()
            for number, version in enumerate(rule.versions)
            for let in version.lets
            if let.table == table.id and let.column == column
        )
        if not keys:
            return pieces
        return (self.marks.piece("".join(piece.text for piece in pieces), keys, "words"),)

    def total(self, table: Table, column: str, row: Passage, text: str) -> Total | None:
        for one in table.differences():
            if one.where == column:
                return Total(one.computed, self.said_of(row, text))
        return None

    def said_of(self, row: Passage, figure: str) -> str:
        """The page's id of the discrepancy that quotes a figure of a row, '' where none does."""
        return next(
            (
                discrepancy_id(name)
                for name, gap in self.corpus.discrepancies.items()
                if any(cite.at == row.address and cite.quote == figure for cite in gap.cites)
            ),
            "",
        )
