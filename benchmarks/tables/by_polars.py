"""The twelve rules by hand, as somebody who knows Polars well would write them."""

from __future__ import annotations

import polars as pl

from benchmarks.tables.data import DAY, DUE, EQUIPMENT, REGULATIONS


def by_polars(stations: pl.DataFrame, workers: pl.DataFrame) -> pl.DataFrame:
    return polars_plan(stations.lazy(), workers.lazy()).collect()


def polars_plan(stations: pl.LazyFrame, workers: pl.LazyFrame) -> pl.LazyFrame:
    in_post, hired = pl.col("in_post"), pl.col("hired_on")
    gathered = workers.group_by("station").agg(
        in_post.fill_null(False).sum().alias("least"),
        in_post.fill_null(True).sum().alias("most"),
        (hired <= DUE).any(ignore_nulls=True).alias("hired"),
        hired.is_null().any().alias("perhaps"),
    )
    least, most = pl.col("least").fill_null(0), pl.col("most").fill_null(0)
    enough = (
        pl.when((least >= 2) & (most <= 4)).then(True).when((most < 2) | (least > 4)).then(False)
    )
    established = pl.col("established_on") <= DAY
    launched = pl.col("established_on") <= DUE
    contracted = pl.col("operator") == "第三方社会组织承接"
    staffed = (
        pl.when(pl.col("hired").fill_null(False))
        .then(True)
        .when(~pl.col("perhaps").fill_null(False))
        .then(False)
    )
    equipped = pl.all_horizontal([pl.col("equipment").list.contains(one) for one in EQUIPMENT])
    regulated = pl.all_horizontal([pl.col("regulations").list.contains(one) for one in REGULATIONS])
    started = pl.col("services_started_on")
    unknown = pl.lit(None, dtype=pl.Boolean)
    rules = {
        "staffing": (established, enough),
        "sign-displayed": (established, pl.col("sign_displayed")),
        "equipment": (established, equipped),
        "management-rules": (established, regulated),
        "services-delivered": (established, started <= DAY),
        "assistance-services": (established, unknown),
        "procedures-and-standards": (established, unknown),
        "launch-premises": (launched, equipped),
        "launch-services": (launched, started <= DUE),
        "launch-staffed": (launched, contracted | staffed),
        "office-provides-premises": (established, equipped),
        "launch-agreement": (launched & contracted, unknown),
    }
    joined = stations.join(gathered, left_on="id", right_on="station", how="left")
    return joined.select("id", *(_status(*rule).alias(name) for name, rule in rules.items()))


def _status(applies: pl.Expr, holds: pl.Expr) -> pl.Expr:
    return (
        pl.when(~applies)
        .then(pl.lit("not-applicable"))
        .when(applies.is_null())
        .then(pl.lit("undetermined"))
        .when(holds)
        .then(pl.lit("met"))
        .when(holds.is_null())
        .then(pl.lit("unproven"))
        .otherwise(pl.lit("breached"))
    )
