"""K01–K04, K12–K14, K17–K19, K31, K32: gaps in the definition of a KPI (what, of what, direction, owner)."""

from __future__ import annotations

import re

from bsc_coach.coach.formulas import better, direction_of
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.kpi_wording import (
    RATIO,
    before_clause,
    counts_things,
    deed_in,
    is_loose,
    is_plural,
    tells_the_whole,
    work_in,
)
from bsc_coach.coach.lexicon.matcher import Phrases, readable, words_of
from bsc_coach.coach.rule import Match, rule
from bsc_coach.text import one_line
from bsc_coach.words import say

_STATISTIC = re.compile(r"%|[÷/]|\b[pq]\d+\b|\b\d+(?:st|nd|rd|th|e|ste)\b|[≤≥<>]")
_PRODUCT = re.compile(r"[^\W\d_]\)?\s*[×*]\s*\(?[^\W\d_]")
"""Shares multiplied: "availability × performance × quality"."""
_WINDOW = re.compile(r"([^\W_]+)[- ]?(?:year|jaar)")
_OWNERS = re.compile(r"\s*(?:[,;/&+]|\band\b|\ben\b)\s*")
_PLURALS = ("en", "s")
_SHORT_NAME = 3
_LONG_COMPOUND = 10
"""Letters of a Dutch word that is made of two."""


@rule("K01", "warn", "kpi")
def unclear_count(sheet: KpiSheet) -> Match | None:
    """The name of a KPI does not say both what is counted and how (a statistic, a share)."""
    if not sheet.lists.spoken or not sheet.could_tell("name"):
        return None
    words = words_of(sheet.name)
    hit = Match(word=one_line(sheet.kpi.name or ""))
    if sheet.find("per_words", sheet.unit):
        return None
    if len(words) <= 1:
        return None if words and _is_whole_word(words[0], sheet) else hit
    telling = [word for word in words if word not in sheet.lists.words("small_words")]
    if all(word in sheet.lists.words("generic_measure_words") for word in telling):
        return hit
    if counts_things(sheet) or deed_in(sheet) or work_in(sheet):
        return None  # the unit says how, or what is counted is told by K31 or K15
    if len(words) > _SHORT_NAME or _has_statistic(sheet.name, sheet) or _has_statistic(sheet.formula, sheet):
        return None
    return None if sheet.is_share or sheet.find("limiting_words", sheet.name) else hit


def _has_statistic(text: str, sheet: KpiSheet) -> bool:
    return bool(_STATISTIC.search(text) or sheet.find("statistics", text))


def _is_whole_word(word: str, sheet: KpiSheet) -> bool:
    """Tell whether one word says both: verzuimpercentage, a plural that is counted, a word with its formula.

    A quality (“punctuality”) says so only with a formula that divides what can be counted.
    """
    generic = word in sheet.lists.words("generic_measure_words")
    if generic or sheet.find("whole_compounds", word):
        return not generic
    if counts_things(sheet) and is_plural(word, sheet):
        return True
    if sheet.is_share and (sheet.find("standard_rates", word) or _grows(sheet)):
        return True
    if word.endswith(tuple(sheet.lists.words("quality_endings"))):
        return sheet.is_share and bool(RATIO.search(sheet.formula))
    compounds = bool(sheet.lists.words("whole_compounds")) and len(word) >= _LONG_COMPOUND
    return bool(RATIO.search(sheet.formula)) or (compounds and _has_statistic(sheet.formula, sheet))


@rule("K02", "warn", "kpi", misses=("kpis[].formula",))
def share_of_what(sheet: KpiSheet) -> Match | None:
    """A percentage that does not say of what: neither its formula nor its name does."""
    if not sheet.is_share or not sheet.lists.spoken or _grows(sheet) or deed_in(sheet):
        return None
    formula = sheet.formula
    if _divides(formula):
        return None
    if sheet.find("count_words", formula):
        # "Count of …" is what stands above the line.
        return None if sheet.find("per_words", formula) else Match()
    if tells_the_whole(sheet):
        return None
    told = sheet.find("share_words", formula or sheet.name)
    loose = told and not formula and is_loose(sheet)
    return None if told and not loose else Match(mild=bool(loose or sheet.find("standard_rates", sheet.name)))


def _divides(formula: str) -> bool:
    return bool(RATIO.search(formula) or _PRODUCT.search(formula))


def _grows(sheet: KpiSheet) -> str:
    """Return the word by which a name tells of growth or change, which is no share of anything."""
    return "" if sheet.find("shares_of", sheet.name) else sheet.find("growth_words", before_clause(sheet))


@rule("K31", "warn", "kpi", belongs_to="initiative")
def deed_as_name(sheet: KpiSheet) -> Match | None:
    """A name that says what somebody will do, once or by plan, and counts nothing."""
    if not sheet.lists.spoken or not deed_in(sheet) or work_in(sheet):
        return None
    return Match(word=one_line(sheet.kpi.name or ""))


@rule("K32", "hint", "kpi", misses=("kpis[].formula",))
def growth_from_what(sheet: KpiSheet) -> Match | None:
    """Growth or change in per cent, and nothing says from which count to which."""
    word = _grows(sheet) if sheet.is_share and not _divides(sheet.formula) else ""
    return Match(word=word) if word else None


@rule("K03", "warn", "kpi", mended_at="kpis[].target")
def over_a_hundred(sheet: KpiSheet) -> Match | None:
    """A percentage above 100, and nothing says that it may be."""
    kpi = sheet.kpi
    values = (kpi.baseline, kpi.target, kpi.red, kpi.benchmark.value)
    high = next((value for value in values if value is not None and value > 100), None)
    if high is None or not sheet.is_share:
        return None
    text = " . ".join((sheet.definition, sheet.guard, readable(kpi.benchmark.note)))
    return None if sheet.find("over_hundred", text) else Match(word=sheet.number(high))


@rule("K04", "settle", "kpi", misses=("kpis[].direction",))
def no_direction(sheet: KpiSheet) -> Match | None:
    """Nothing says whether higher or lower is good; today and the target may tell what is meant."""
    kpi = sheet.kpi
    if kpi.direction is not None:
        return None
    meant = direction_of(kpi.baseline, kpi.target)
    if meant is None or kpi.baseline is None or kpi.target is None:
        return Match()
    named = say(f"document.choice.direction.{meant}", sheet.context.language)
    values = {"baseline": sheet.number(kpi.baseline), "target": sheet.number(kpi.target), "direction": named}
    return Match(values=values, saying="read")


@rule("K12", "warn", "kpi", misses=("kpis[].benchmark.source", "kpis[].benchmark.year"))
def benchmark_without_source(sheet: KpiSheet) -> Match | None:
    """A benchmark without its source or its year."""
    benchmark = sheet.kpi.benchmark
    if benchmark.value is None and benchmark.found != "found":
        return None
    return None if (benchmark.source or "").strip() and benchmark.year is not None else Match()


@rule("K13", "hint", "kpi", mended_at="kpis[].target")
def target_below_benchmark(sheet: KpiSheet) -> Match | None:
    """A target that falls short of what others already do, without a word of explanation."""
    kpi, benchmark = sheet.kpi, sheet.kpi.benchmark
    if (benchmark.note or "").strip():
        return None
    if benchmark.value is None or kpi.target is None or kpi.direction is None:
        return None
    if not better(benchmark.value, kpi.target, kpi.direction):
        return None
    return Match(word=sheet.number(benchmark.value))


@rule("K14", "hint", "kpi", mended_at="kpis[].benchmark.source")
def benchmark_defined_otherwise(sheet: KpiSheet) -> Match | None:
    """A benchmark in another unit of time, or counted over another number of years."""
    benchmark = sheet.kpi.benchmark
    source = readable(benchmark.source)
    if not source or (benchmark.note or "").strip():
        return None
    ours, theirs = _windows(sheet.definition, sheet), _windows(source, sheet)
    if ours and theirs and not ours & theirs:
        return Match(word=sorted(theirs)[0])
    unit = next((unit for unit in words_of(sheet.unit) if unit in sheet.lists.words("time_units")), "")
    other = next((word for word in words_of(source) if word in sheet.lists.words("time_units")), "")
    return Match(word=other) if unit and other and not _same_unit(unit, other) else None


def _windows(text: str, sheet: KpiSheet) -> frozenset[str]:
    """Return over how many years a definition counts, in digits."""
    numbers = {
        word: digits
        for entry in sheet.lists.words("number_words")
        for word, _, digits in (entry.partition(" = "),)
    }
    found = (numbers.get(number, number) for number in _WINDOW.findall(text))
    return frozenset(number for number in found if number.isdecimal() and len(number) < 3)


def _same_unit(one: str, other: str) -> bool:
    return one[:3] == other[:3]


@rule("K17", "hint", "kpi", mended_at="kpis[].formula", rests_on=("kpis[].formula",))
def index_without_parts(sheet: KpiSheet) -> Match | None:
    """An index of which nothing tells what it is made of, so that a drop says nothing."""
    word = sheet.find("index_words", sheet.name)
    if not word or sheet.find("known_indices", sheet.name) or (sheet.is_share and tells_the_whole(sheet)):
        return None
    explained = _has_statistic(sheet.formula, sheet) or sheet.find("part_words", sheet.formula)
    return None if explained else Match(word)


@rule("K18", "warn", "kpi", misses=("kpis[].owner_role",))
def no_single_owner(sheet: KpiSheet) -> Match | None:
    """No owner, or a group where one role should call the meeting; who sits at the table is one role."""
    owner = readable(sheet.kpi.owner_role)
    if not owner:
        return Match()
    present = sheet.view.strategy.participants if sheet.view is not None else ()
    if owner in {readable(one.role) for one in present}:
        return None
    return Match(word=one_line(sheet.kpi.owner_role or "")) if is_a_group(owner, sheet.lists) else None


def is_a_group(owner: str, lists: Phrases) -> bool:
    """Tell whether a normalised owner is a group or several roles, not one role."""
    if owner in lists.words("group_owners"):
        return True
    parts = [part for part in _OWNERS.split(owner) if part]
    if len(parts) > 1 and all(lists.find("role_words", part) for part in parts):
        return True
    if lists.find("role_words", owner):
        return False
    if _are_several(words_of(owner), lists):
        return True
    return bool(lists.find("group_words", owner)) or (
        len(parts) > 1 and all(part in lists.words("group_owners") for part in parts)
    )


def _are_several(words: tuple[str, ...], lists: Phrases) -> bool:
    """Tell whether an owner is many people of one role: "depot managers", "de boswachters"."""
    plurals = [word for word in words if word.endswith(_PLURALS)]
    singular = (word.removesuffix(ending) for word in plurals for ending in _PLURALS if word.endswith(ending))
    if any(lists.find("role_words", word) for word in singular):
        return True
    named = words[1:] if words[:1] and words[0] in lists.words("small_words") else words
    people = tuple(lists.words("people_endings"))
    return len(named) == 1 and named[0] in plurals and named[0].endswith(people)


@rule("K19", "hint", "kpi", misses=("kpis[].source",))
def no_source(sheet: KpiSheet) -> Match | None:
    """No source, or one that somebody fills in by hand each month."""
    if not sheet.could_tell("source"):
        return None
    source = readable(sheet.kpi.source)
    if not source:
        return Match()
    word = sheet.find("hand_made", source)
    return Match(word=word) if word else None
