"""The corpus of labelled wordings and KPIs, and how well the coach judges them.

tests/coach/corpus holds two halves of other sectors and other authors. The training half may be looked at
while rules change, and the second ear learns from it; the counting half is counted and never looked at.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, cast

from bsc_coach.cli.kpi_lines import read_kpi_line
from bsc_coach.coach.check import Kind, check_kpi, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.rule import Finding
from bsc_coach.strategy.points import Perspective

FOLDER = Path(__file__).parents[1] / "coach" / "corpus"
TODAY = date(2026, 11, 30)
"""The day on which the KPIs of the corpus were written."""
Half = Literal["training", "counting", "closing"]
HALVES: tuple[Half, ...] = ("training", "counting")
"""The two halves; "closing" is a small set in other sectors that was judged once, before anybody looked."""
Judge = Callable[["Case"], tuple[Finding, ...]]

_VAGUE = frozenset({"O02", "O06", "O07", "O10", "O29"})
_KINDS: dict[str, frozenset[str]] = {
    "topic": frozenset({"O01", "O11", "O21", "O26"}),
    "one_word": frozenset({"O01", "O02", "O10", "O21"}),
    "project": frozenset({"O03", "O12", "O28"}),
    "study": frozenset({"O03"}),
    "number": frozenset({"O05"}),
    "measure": frozenset({"O01", "O11", "O27"}),
    "compound": frozenset({"O04"}),
    "vague": _VAGUE,
    "state": frozenset({"O10", "O15", "O25"}),
    "value": frozenset({"O02", "O15", "O25"}),
    "ambition": frozenset({"O02", "O14"}),
    "money": frozenset({"O17"}),
    "customer_outcome": frozenset({"O18"}),
    "negative": frozenset({"O24"}),
    "question": frozenset({"O23"}),
    "placeholder": frozenset({"O22"}),
    "long": frozenset({"O09"}),
    "misspelt": _VAGUE | {"O01", "O17", "O18"},
    "everyone": frozenset({"V01"}),
    "too_few_traits": frozenset({"V02"}),
    "contradiction": frozenset({"V07", "V08", "V09"}),
    "sales_talk": frozenset({"O02", "V10"}),
    "we_centred": frozenset({"V13"}),
    "table_stakes": frozenset({"V11", "V12"}),
    "lock_in": frozenset({"V19"}),
    "not_observable": frozenset({"O02", "V14"}),
    "supplier_voice": frozenset({"O19"}),
    "activity": frozenset({"K15"}),
    "count": frozenset({"K16"}),
    "no_denominator": frozenset({"K02"}),
    "over_100": frozenset({"K03"}),
    "past_date": frozenset({"K08"}),
    "perfect_target": frozenset({"K10"}),
    "too_rare": frozenset({"K20"}),
    "vanity": frozenset({"K30"}),
    "group_owner": frozenset({"K18"}),
    "wrong_direction": frozenset({"K05"}),
    "action": frozenset({"K01", "K31"}),
}
"""Which rules speak of a kind of weakness; at least one of them has to."""
_AT_PLACE = {
    ("kpi", "one_word"): frozenset({"K01"}),
    ("promise", "value"): _KINDS["value"] | _KINDS["not_observable"],
    ("customer", "vague"): _KINDS["vague"] | _KINDS["not_observable"],
}
"""The same where a kind means something else, or more, at a place."""
_FIELDS = ("name", "unit", "formula", "direction", "baseline", "target", "target_date", "frequency", "owner")


@dataclass(frozen=True)
class Case:
    """One labelled wording or KPI; ``kind`` names the weakness and is empty for a good one."""

    language: str
    place: str
    """A perspective of the map, "segment", "proposition", "promise", or "kpi"."""
    style: str
    kind: str
    text: str
    """A KPI: a line of JSON, as ``check --wording kpi`` reads it."""
    sector: str = ""
    weakness: str = ""
    """The id of a weakness that is told in several wordings."""

    @property
    def rules(self) -> frozenset[str]:
        """The rules of which at least one speaks of the weakness."""
        return _AT_PLACE.get((self.place, self.kind)) or _KINDS[self.kind]


def rows(half: Half, language: str, name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of one file of the corpus."""
    with (FOLDER / half / f"{language}_{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def cases(half: Half, language: str) -> Iterator[Case]:
    """Yield the wordings and KPIs of one half in one language, without the reworded weaknesses."""
    for row in rows(half, language, "wordings"):
        yield Case(language, row["place"], row["style"], row["kind"], row["text"], row["sector"])
    for row in rows(half, language, "kpis"):
        line = json.dumps({field: row[field] for field in _FIELDS if row[field]}, ensure_ascii=False)
        yield Case(language, "kpi", row["style"], row["kind"], line, row["sector"])


def reworded(half: Half, language: str) -> Iterator[Case]:
    """Yield weaknesses in four wordings each: one weakness, one verdict."""
    for row in rows(half, language, "weaknesses"):
        for told in ("one", "two", "three", "four"):
            yield Case(language, row["place"], "plain", row["kind"], row[told], weakness=row["id"])


def by_rules(case: Case) -> tuple[Finding, ...]:
    """Judge a case by the rules alone."""
    return judged(case, RuleContext(case.language, today=TODAY))


def judged(case: Case, context: RuleContext) -> tuple[Finding, ...]:
    """Judge a case in a context, whose row of the map is told by the case."""
    if case.place == "kpi":
        read = read_kpi_line(case.text, case.language)
        return check_kpi(read.kpi, context, asked=read.asked)
    if case.place in ("segment", "proposition", "promise"):
        return check_wording(cast(Kind, case.place), case.text, context)
    return check_wording("objective", case.text, replace(context, row=cast(Perspective, case.place)))


@dataclass
class Tally:
    """Counts over some cases."""

    good: int = 0
    warned: int = 0
    hinted: int = 0
    weak: int = 0
    right: int = 0
    any: int = 0

    def add(self, case: Case, findings: tuple[Finding, ...]) -> None:
        """Count one more case."""
        if case.kind:
            self.weak += 1
            self.any += bool(findings)
            self.right += any(one.rule in case.rules for one in findings)
        else:
            worse = any(one.severity != "hint" for one in findings)
            self.good += 1
            self.warned += worse
            self.hinted += bool(findings) and not worse

    @property
    def left_alone(self) -> float:
        """The share of good ones without a warning or worse."""
        return 1 - self.warned / self.good if self.good else 1.0

    @property
    def hints(self) -> float:
        """The share of good ones with nothing worse than a hint."""
        return self.hinted / self.good if self.good else 0.0

    @property
    def recall(self) -> float:
        """The share of weak ones with a remark of the right kind."""
        return self.right / self.weak if self.weak else 1.0

    @property
    def heard(self) -> float:
        """The share of weak ones with any remark."""
        return self.any / self.weak if self.weak else 1.0


def tally(some: Iterator[Case], judge: Judge = by_rules) -> Tally:
    """Judge cases and count what came of them."""
    counted = Tally()
    for case in some:
        counted.add(case, judge(case))
    return counted
