"""What is known about each rule: its words, its examples, and nothing in its decorator that leads nowhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import get_args, get_type_hints

import pytest

from bsc_coach.coach.catalogue import rule_words, rules, rules_heard_at
from bsc_coach.coach.kpi_sheet import KpiSheet
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import EVERY, LOOK_BACK, RANK, Match, Rule, Text, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.coach.wording import SegmentSheet, Wording
from bsc_coach.script.loader import load_script
from bsc_coach.script.source import bundled_source

ALL = tuple(rules().values())


def named_by(some: Iterable[Rule]) -> set[str]:
    """Return the ids of the rules that some rules silence."""
    return {name for one in some for name in one.silences} - {EVERY}


def fields_of(some: Iterable[Rule]) -> set[str]:
    """Return the fields of the strategy at which some rules are heard."""
    return {one.heard_at for one in some} - {"", LOOK_BACK}


def asked_fields() -> set[str]:
    """Return the fields of the strategy that the interview asks for."""
    script = load_script(bundled_source())
    return {step.field for step in script.asked() if step.field}


def test_every_rule_has_its_words_and_all_words_have_a_rule() -> None:
    for language in LANGUAGES:
        assert list(rules()) == sorted(rule_words(language))
    for letter in "KMOTV":
        named = [name for name in rules() if name[0] == letter]
        assert named == [f"{letter}{number:02d}" for number in range(1, len(named) + 1)]
    assert {one.severity for one in ALL} == set(RANK)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_rule_has_examples_on_both_sides(language: str) -> None:
    for name, words in rule_words(language).items():
        assert words.fires, name
        assert words.silent, name


def test_a_rule_silences_only_rules_that_there_are() -> None:
    assert named_by(ALL)
    assert named_by(ALL) <= set(rules())
    assert all(one.id not in one.silences for one in ALL)


def test_a_rule_is_heard_at_a_field_that_is_asked_for() -> None:
    assert fields_of(ALL)
    assert fields_of(ALL) <= asked_fields()
    for field in fields_of(ALL):
        assert {one.heard_at for one in rules_heard_at(field)} == {field}


def test_only_a_rule_on_the_whole_waits_for_a_field() -> None:
    assert all(one.on_the_whole for one in ALL if one.heard_at not in ("", LOOK_BACK))
    assert all(one.heard_at for one in ALL if one.one_item)


def test_a_rule_that_names_what_there_is_not_would_be_seen() -> None:
    """The control of the tests above."""

    @rule("Z01", "hint", "map", silences=("Z99",), heard_at="links[].nowhere")
    def astray(view: object) -> Match | None:
        return None

    assert not named_by([astray]) <= set(rules())
    assert not fields_of([astray]) <= asked_fields()


SUBJECTS = {
    Wording: {*get_args(Text), "name"},
    SegmentSheet: {"segment"},
    KpiSheet: {"kpi"},
    StrategyView: {"choice", "map"},
}
"""Which families of rules are given what."""


@pytest.mark.parametrize("name", rules())
def test_a_rule_takes_what_its_families_are_given(name: str) -> None:
    one = rules()[name]
    told = get_type_hints(one.look)
    told.pop("return")
    (subject,) = told.values()
    given = [SUBJECTS[part] for part in get_args(subject) or (subject,)]
    assert set(one.families) <= set().union(*given)
    assert all(set(one.families) & families for families in given)
