"""Every peer's answers against the reference, then the time of each, round by round in one run."""

from __future__ import annotations

import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import import_module
from importlib.metadata import version

from benchmarks.peers import dossiers, ours
from benchmarks.peers.timing import Timed, one_by_one, times, ways, with_dossiers
from benchmarks.peers.workload import RULES, UNKNOWN, Answers, Crashed, Facts, Judge
from benchmarks.section import Section
from jingmen_policy import Policy

ROUNDS = 9
BASELINE = "Python by hand, None is no"
OURS = "ours, 12 rules, verdicts"
PEERS = (
    (BASELINE, "", "python_plain"),
    ("Python by hand, None carried", "", "python_unknown"),
    ("zen-engine", "zen-engine", "zen_expressions"),
    ("zen-engine, numbered days", "zen-engine", "zen_expressions:judge_numbers"),
    ("cel-expr-python", "cel-expr-python", "cel_expressions"),
    ("rule-engine", "rule-engine", "rule_engine_rules"),
    ("JSONLogic, datalogic-py", "datalogic-py", "json_logic_rules"),
    ("CLIPS, clipspy", "clipspy", "clips_rules"),
    ("durable_rules, public API", "durable-rules", "durable_public"),
    ("openfisca-core", "openfisca-core", "openfisca_system"),
)
"""Name, package and module of each, and its function where that is not ``judge``."""


@dataclass
class Score:
    wrong: int = 0
    too_sure: int = 0
    """Of the wrong: a verdict where the facts do not settle one."""
    too_unsure: int = 0
    """Of the wrong: unknown where the facts settle it."""
    of: int = 0

    def count(self, said: Answers, right: Answers) -> None:
        for answer, true in zip(said, right, strict=True):
            self.of += 1
            self.wrong += answer != true
            self.too_sure += true in UNKNOWN and answer not in UNKNOWN
            self.too_unsure += answer in UNKNOWN and true not in UNKNOWN


def report(rounds: int = ROUNDS) -> Section:
    """Both tables."""
    policy = Policy.load()
    few = reduced(policy)
    cases = {
        "known": dossiers.known(),
        "boundary": dossiers.boundaries(),
        "missing": dossiers.missing(),
    }
    right = {
        kind: [ours.reference(policy, facts) for facts in many] for kind, many in cases.items()
    }
    lines = [
        f"Python {platform.python_version()} on {platform.machine()}, {platform.system()};"
        f" {len(RULES)} rules, answers held against judge(engine='reference')",
        f"{'wrong answers':<36}{'known':>9}{'boundary':>10}{'missing':>10}"
        f"{'too sure':>10}{'too unsure':>12}",
        f"{'(of)':<36}"
        + "".join(
            f"{len(many) * len(RULES):>{width}}"
            for many, width in zip(cases.values(), (9, 10, 10), strict=True)
        ),
    ]
    timed: list[Timed] = []
    absent: list[str] = []
    judges: list[tuple[str, Judge]] = [
        ("ours, decide", lambda facts: ours.decided(policy, facts)),
        ("ours, judge (durable)", lambda facts: ours.judged(policy, facts, "durable")),
    ]
    for name, package, where in PEERS:
        module, _, function = where.partition(":")
        try:
            peer = import_module(f"benchmarks.peers.{module}")
        except ImportError as error:
            absent.append(f"{name}: not installed ({error})")
            continue
        label = f"{name} {version(package)}" if package else name
        judge = getattr(peer, function or "judge")
        judges.append((label, judge))
        timed.extend(ways(label, peer, judge))
    for label, judge in judges:
        try:
            lines.append(checked(label, judge, cases, right))
        except Crashed as error:
            absent.append(f"{label}: crashed ({error})")
            timed = [one for one in timed if one.name != label]
    everything = sum(status in UNKNOWN for answers in right["missing"] for status in answers)
    lines.append(f"with facts missing, the facts do not settle {everything} of the answers")
    timed.extend(our_ways(policy, few))
    known, missing = cases["known"], cases["missing"]
    median, crashed = times(timed, known, missing, rounds)
    lines += ["", *told(timed, median, crashed, rounds), *absent]
    others = [
        median[one.name, "known"]
        for one in timed
        if (one.name, "known") in median and not one.name.startswith(("ours", "Python"))
    ]
    figures = {"ours": median[OURS, "known"], "by hand": median[BASELINE, "known"]}
    return Section(lines, figures | ({"fastest peer": min(others)} if others else {}))


def reduced(policy: Policy) -> Policy:
    """The policy with the twelve rules alone; no public call makes one, so it is put together.

    Its digest differs, because compiled code is kept on disk under it.
    """
    corpus = policy.corpus
    rules = {name: rule for name, rule in corpus.rules.items() if name in RULES}
    few = replace(corpus, rules=rules, digest=f"{corpus.digest} of {len(rules)}")
    return Policy(few, backgrounds=policy.backgrounds)


def checked(
    label: str,
    judge: Judge,
    cases: Mapping[str, Sequence[Facts]],
    right: Mapping[str, Sequence[Answers]],
) -> str:
    scores = {kind: Score() for kind in cases}
    for kind, many in cases.items():
        for facts, true in zip(many, right[kind], strict=True):
            scores[kind].count(judge(facts), true)
    missing = scores["missing"]
    return (
        f"{label:<36}{scores['known'].wrong:>9}{scores['boundary'].wrong:>10}"
        f"{missing.wrong:>10}{missing.too_sure:>10}{missing.too_unsure:>12}"
    )


def our_ways(policy: Policy, few: Policy) -> list[Timed]:
    whole = len(policy.corpus.rules)

    return [
        one_by_one("ours, 12 rules, facts to decide", lambda facts: ours.decided(few, facts)),
        one_by_one("ours, facts to dossier", ours.dossier),
        with_dossiers(OURS, few.verdicts),
        with_dossiers("ours, 12 rules, decide", few.decide),
        with_dossiers(f"ours, {whole} rules, verdicts", policy.verdicts),
        with_dossiers(f"ours, {whole} rules, decide", policy.decide),
        with_dossiers(
            "ours, 12 rules, judge, reference",
            lambda d, day: policy.judge(d, day, rules=RULES, engine="reference"),
        ),
        with_dossiers(
            "ours, 12 rules, judge, durable", lambda d, day: few.judge(d, day, engine="durable")
        ),
    ]


def told(
    timed: Sequence[Timed],
    median: Mapping[tuple[str, str], float],
    crashed: Mapping[str, Crashed],
    rounds: int,
) -> list[str]:
    """The second table."""
    base = median[BASELINE, "known"]
    return [
        f"{'µs a station, median of ' + str(rounds):<40}"
        f"{'known':>10}{'× hand':>9}{'missing':>10}{'first':>10}",
        *(
            f"{one.name:<40}{median[one.name, 'known']:>10.1f}"
            f"{median[one.name, 'known'] / base:>9.1f}"
            f"{median[one.name, 'missing']:>10.1f}{median[one.name, 'first']:>10.1f}"
            for one in timed
            if one.name not in crashed
        ),
        *(f"{name}: crashed ({error})" for name, error in crashed.items()),
    ]
