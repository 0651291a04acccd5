"""A local Spark, and facts as its views."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from shutil import which
from typing import Any

from jingmen_facts import Dossier, Fact
from jingmen_policy.corpus.corpus import Corpus
from jingmen_policy.engines.columnar.dialect import Dialect
from jingmen_policy.engines.columnar.select import select
from jingmen_policy.engines.columnar.tables import snake
from support.databases import Found, subjects, written

SPARK = Dialect("spark")


def absent() -> str:
    """Why there is no Spark here; empty where there is."""
    if find_spec("pyspark") is None:
        return "PySpark is not installed: make spark-test"
    if which("java") is None and "JAVA_HOME" not in os.environ:
        return "Java is not installed: Debian/Ubuntu: apt-get install default-jre-headless"
    return ""


@contextmanager
def session() -> Iterator[Any]:
    """One JVM on this machine, which listens on loopback only and keeps no tables."""
    sql: Any = import_module("pyspark.sql")
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.catalogImplementation": "in-memory",
        "spark.sql.session.timeZone": "UTC",
        # Most of the time would go into compiling statements that are run once.
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.adaptive.enabled": "false",
    }
    builder = sql.SparkSession.builder.master("local[1]")
    for name, value in settings.items():
        builder = builder.config(name, value)
    opened = builder.getOrCreate()
    opened.sparkContext.setLogLevel("ERROR")
    try:
        yield opened
    finally:
        opened.stop()


def filled(opened: Any, corpus: Corpus, facts: Mapping[str, Collection[Fact]]) -> None:
    """Puts facts, by kind, into views of their own."""
    for kind, rows in facts.items():
        specs = corpus.models.kinds[kind].fields.values()
        schema = ", ".join(f"{SPARK.quoted(one.name)} {SPARK.type_of(one)}" for one in specs)
        values = [tuple(written(getattr(fact, one.name)) for one in specs) for fact in rows]
        opened.createDataFrame(values, schema).createOrReplaceTempView(snake(kind))


def found(
    opened: Any,
    corpus: Corpus,
    dossier: Dossier,
    day: date,
    rules: Collection[str] | None = None,
) -> Found:
    """The statuses that statements find, by rule, kind, subject and year."""
    statements = [
        select(corpus, kind, day, SPARK.name, complete=dossier.complete, rules=rules)
        for kind in subjects(corpus, rules)
        if dossier.of_kind(kind)
    ]
    read = {kind for made in statements for kind in made.reads}
    filled(opened, corpus, {kind: dossier.of_kind(kind).values() for kind in read})
    result: Found = {}
    for made in statements:
        for subject, *statuses in opened.sql(made.text).collect():
            for column, status in zip(made.columns, statuses, strict=True):
                result[column.rule, made.kind, subject, column.year] = status
    return result
