"""The rules on KPIs and on the map by their own examples, in both languages."""

from __future__ import annotations

import string
from itertools import product

import pytest

from bsc_coach.coach.catalogue import rule_words, rules
from bsc_coach.coach.check import check_kpi, check_map
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Finding
from bsc_coach.text import clean
from tests.coach.examples import Example, example

MINE = sorted(name for name in rules() if name[0] in "KM")
CASES = [
    pytest.param(language, name, side, number, id=f"{language}-{name}-{side}-{number}")
    for language, name, side in product(LANGUAGES, MINE, ("fires", "silent"))
    for number in range(len(getattr(rule_words(language)[name], side)))
]


def looked_at(one: Example, language: str) -> list[Finding]:
    """Return what the rules on KPIs and maps say of an example."""
    context = RuleContext(language, today=one.today)
    if one.kpi is not None:
        return list(check_kpi(one.kpi, context, one.strategy))
    assert one.strategy is not None
    found = list(check_map(one.strategy, context))
    for kpi in one.strategy.kpis:
        found += check_kpi(kpi, context, one.strategy)
    return found


def ids(found: list[Finding]) -> set[str]:
    """Return which rules made remarks."""
    return {one.rule for one in found}


@pytest.mark.parametrize(("language", "name", "side", "number"), CASES)
def test_examples(language: str, name: str, side: str, number: int) -> None:
    one = example(getattr(rule_words(language)[name], side)[number])
    assert (name in ids(looked_at(one, language))) == (side == "fires")


def test_an_example_on_the_wrong_side_is_caught() -> None:
    """The control: what each side holds would fail on the other."""
    words = rule_words("en")["K05"]
    assert "K05" in ids(looked_at(example(words.fires[0]), "en"))
    assert "K05" not in ids(looked_at(example(words.silent[0]), "en"))


@pytest.mark.parametrize("name", MINE)
def test_words_are_whole_in_both_languages(name: str) -> None:
    english, dutch = (rule_words(language)[name] for language in LANGUAGES)
    assert english.say != dutch.say
    assert english.reason != dutch.reason
    for words in (english, dutch):
        for told in (
            words.say,
            words.reason,
            words.source,
            *(one["tell"] for one in (*words.fires, *words.silent)),
        ):
            assert told
            assert clean(told).text == told
        assert len(words.say) <= 190
    places = [
        {part for _, part, _, _ in string.Formatter().parse(one.say) if part} for one in (english, dutch)
    ]
    assert places[0] == places[1]


@pytest.mark.parametrize("name", MINE)
def test_what_the_coach_says_has_no_empty_place(name: str) -> None:
    for language in LANGUAGES:
        for told in rule_words(language)[name].fires:
            for one in looked_at(example(told), language):
                if one.rule == name:
                    assert "{" not in one.say
                    assert "“”" not in one.say
                    assert one.severity == rules()[name].severity
