"""Whole strategies: the coach is silent on two good ones and finds what is planted in two flawed ones."""

from __future__ import annotations

import tomllib
from collections import Counter
from copy import deepcopy
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from bsc_coach.strategy.model import CLUSTERS, Candidate, Objective, Strategy
from bsc_coach.strategy.toml import read_toml, write_toml

FOLDER = Path(__file__).parent / "worked"
TODAY = date(2026, 11, 18)
# fmt: off
WAITING = {
    "clean_nl K23 I1.1", "clean_nl O07 L1", "en11", "en34", "en54", "en97", "en105", "en115", "en136",
    "en143", "en144", "en147", "en149", "nl07", "nl54", "nl97", "nl103", "nl105", "nl111", "nl115", "nl130",
}
# fmt: on
"""Ids of faults that the rules do not hear yet, and of remarks that they should not make, as they stand."""
HINTS = {
    "clean_en": set[str](),
    "clean_nl": {"M45 I1.1"},
}
"""Hints on the clean ones that a facilitator would give as well: rule and place."""
MOST_HINTS = 3
_WORDING = "OV"
"""First letters of the rules on a wording."""


@cache
def _written(name: str) -> dict[str, Any]:
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


def _changed(name: str, at: str, change: dict[str, object]) -> Strategy:
    """Return a strategy with the item ``at`` changed: a short id, an attribute, or a table of its own."""
    data = deepcopy(_written(name))
    data = {key: data[key] for key in data if key in Strategy.model_fields}
    lists = [part for part in (*data.values(), data["proposition"]["attributes"]) if isinstance(part, list)]
    items = [data[at]] if at in data else [one for some in lists for one in some if one["id"] == at]
    assert items, at
    for one in items:
        # A candidate and its objective share an id, and neither has all fields of the other.
        model = Candidate if one in data["candidates"] else Objective if one in data["objectives"] else None
        known = {key: change[key] for key in change if model is None or key in model.model_fields}
        one.update(known)
    return Strategy.model_validate(data)


@cache
def _findings(name: str) -> tuple[Finding, ...]:
    return check_strategy(read_toml((FOLDER / f"{name}.toml").read_bytes()), today=TODAY)


def _told(findings: tuple[Finding, ...], place: str) -> set[str]:
    """Return which rules speak of a place; of the whole map where none is given."""
    return {one.rule for one in findings if not place or place in one.about}


def _listed(kind: str, file: str, part: str) -> list[tuple[str, dict[str, Any]]]:
    """Return what a file beside the strategies lists, in both languages, each with the strategy's name."""
    names = [f"{kind}_{language}" for language in LANGUAGES]
    return [(name, one) for name in names for one in _written(f"{name}.{file}")[part]]


def _ids(some: list[tuple[str, dict[str, Any]]]) -> list[str]:
    return [one["id"] for _, one in some]


PLANTED = _listed("flawed", "faults", "planted")
SILENT = _listed("flawed", "faults", "silent")
MENDED = [(name, one) for name, one in PLANTED if "mend" in one]
SPOILT = _listed("clean", "changes", "spoilt")
SPARED = _listed("clean", "changes", "spared")
NAMES = [f"{kind}_{language}" for kind in ("clean", "flawed") for language in LANGUAGES]


@pytest.mark.parametrize("name", NAMES)
def test_it_is_a_file_as_the_program_writes_it(name: str) -> None:
    data = (FOLDER / f"{name}.toml").read_bytes()
    assert write_toml(read_toml(data)) == data.decode()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clean_one_is_whole(language: str) -> None:
    strategy = read_toml((FOLDER / f"clean_{language}.toml").read_bytes())
    assert 12 <= len(strategy.objectives) <= 16
    assert 16 <= len(strategy.kpis) <= 24
    assert {one.cluster for one in strategy.candidates if one.selected} == set(CLUSTERS)
    assert {one.choice for one in strategy.segments} >= {"primary", "target", "not_served"}
    for one in strategy.kpis:
        sheet = (one.formula, one.unit, one.direction, one.frequency, one.source, one.owner_role, one.guard)
        assert all((*sheet, one.benchmark.found)), one.id
        assert None not in (one.baseline, one.target, one.red, one.target_date), one.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_said_of_a_clean_one(language: str) -> None:
    name = f"clean_{language}"
    told = {f"{one.rule} {one.about[0] if one.about else ''}".strip(): one for one in _findings(name)}
    unfair = {f"{name} {key}" for key in told if key not in HINTS[name] or told[key].severity != "hint"}
    assert unfair == {one for one in WAITING if one.startswith(f"{name} ")}
    assert len(told) - len(unfair) <= MOST_HINTS


@pytest.mark.parametrize("name", [name for name in NAMES if name.startswith("flawed")])
def test_the_faults_are_of_all_families(name: str) -> None:
    planted = [one for where, one in PLANTED if where == name]
    families = Counter(one["rules"][0][0] for one in planted)
    assert min(families[family] for family in "OVKM") >= 8
    for one in planted:
        assert set(one["rules"]) & set(rules()) or one["id"] in WAITING


def test_nothing_waits_that_is_not_there() -> None:
    ids = _ids([*PLANTED, *SILENT, *SPOILT, *SPARED])
    assert len(ids) == len(set(ids))
    assert {one for one in WAITING if not one.startswith("clean_")} <= set(ids)


@pytest.mark.parametrize(("name", "fault"), PLANTED, ids=_ids(PLANTED))
def test_a_planted_fault_is_heard(name: str, fault: dict[str, Any]) -> None:
    heard = bool(_told(_findings(name), fault.get("place", "")) & set(fault["rules"]))
    assert heard is (fault["id"] not in WAITING)


@pytest.mark.parametrize(("name", "fault"), MENDED, ids=_ids(MENDED))
def test_a_mended_fault_is_no_longer_heard(name: str, fault: dict[str, Any]) -> None:
    mended = _changed(name, fault.get("at") or fault["place"], fault["mend"])
    told = _told(check_strategy(mended, today=TODAY), fault.get("place", ""))
    assert not told & set(fault["rules"])


@pytest.mark.parametrize(("name", "no_fault"), SILENT, ids=_ids(SILENT))
def test_what_only_looks_like_a_fault_is_left_alone(name: str, no_fault: dict[str, Any]) -> None:
    told = _told(_findings(name), no_fault["place"])
    anything = "*" in no_fault["rules"]
    wrong = {rule for rule in told if rule in no_fault["rules"] or (anything and rule[0] in _WORDING)}
    assert bool(wrong) is (no_fault["id"] in WAITING), wrong


@pytest.mark.parametrize(("name", "fault"), SPOILT, ids=_ids(SPOILT))
def test_what_spoils_a_clean_one_is_heard(name: str, fault: dict[str, Any]) -> None:
    place, some = fault.get("place", fault["at"]), set(fault["rules"])
    assert not _told(_findings(name), place) & some
    heard = _told(check_strategy(_changed(name, fault["at"], fault["change"]), today=TODAY), place) & some
    assert bool(heard) is (fault["id"] not in WAITING)


@pytest.mark.parametrize(("name", "wording"), SPARED, ids=_ids(SPARED))
def test_another_good_wording_is_left_alone(name: str, wording: dict[str, Any]) -> None:
    findings = check_strategy(_changed(name, wording["at"], wording["change"]), today=TODAY)
    wrong = [one for one in findings if wording["at"] in one.about and one.severity != "hint"]
    assert bool(wrong) is (wording["id"] in WAITING), wrong
