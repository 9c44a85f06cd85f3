"""One meaning, one verdict: objectives are judged alike in whatever shape they are written."""

from __future__ import annotations

from typing import Any

import pytest

from bsc_coach.coach.check import check_strategy, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.word_lists import wordlists
from bsc_coach.coach.misspelt import respelt
from bsc_coach.coach.plain_form import plain_form
from bsc_coach.coach.sentence import sentence_of
from bsc_coach.strategy.model import Strategy


def plain(text: str, language: str, name: str = "") -> str:
    """Return a text in its plain form."""
    named = sentence_of(name.casefold(), language).words
    return " ".join(plain_form(sentence_of(text.casefold(), language), named).words)


def told(text: str, language: str = "en", **more: Any) -> list[tuple[str, str]]:
    """Return which rules remark on a wording, and how seriously."""
    return [
        (one.rule, one.severity) for one in check_wording("objective", text, RuleContext(language, **more))
    ]


@pytest.mark.parametrize(
    ("language", "shapes"),
    [
        (
            "en",
            (
                "Lend objects to schools",
                "To lend objects to schools",
                "The museum will lend objects to schools",
            ),
        ),
        (
            "en",
            ("Clear the drains by hand", "Our crews clear the drains by hand", "We clear the drains by hand"),
        ),
        ("en", ("Reduce waste in the kitchen", "Reduction of waste in the kitchen")),
        ("nl", ("Wachttijd verkorten", "Verkorting van wachttijd", "Het verkorten van wachttijd")),
        ("nl", ("De poli in de avond openen", "Wij openen de poli in de avond")),
        (
            "nl",
            ("Het vlootplan uitwerken", "Uitwerking van het vlootplan", "Het uitwerken van het vlootplan"),
        ),
    ],
)
def test_shapes_of_one_meaning_have_one_plain_form(language: str, shapes: tuple[str, ...]) -> None:
    assert {plain(one, language) for one in shapes} == {plain(shapes[0], language)}
    assert plain(shapes[0], language) == shapes[0].casefold()


@pytest.mark.parametrize("text", ["The intake of new drivers", "Our care homes", "Complaints handling"])
def test_a_topic_is_no_sentence(text: str) -> None:
    assert plain(text, "en") == text.casefold()
    assert ("O01", "warn") in told(text)


@pytest.mark.parametrize(
    "shapes",
    [
        ("Wachttijd bij de sluis verkorten", "Verkorting van de wachttijd bij de sluis"),
        (
            "Dienstverlening verbeteren",
            "Verbetering van de dienstverlening",
            "Het verbeteren van dienstverlening",
        ),
        ("Zelfroosteren invoeren", "Invoering van zelfroosteren", "Het invoeren van zelfroosteren"),
        ("Intake versnellen en verzuim verlagen", "Het versnellen van intake en het verlagen van verzuim"),
    ],
)
def test_shapes_of_one_meaning_get_one_verdict_in_dutch(shapes: tuple[str, ...]) -> None:
    verdicts = [told(one, "nl") for one in shapes]
    assert verdicts == [verdicts[0]] * len(shapes)


def test_the_verdicts_on_shapes_are_not_all_silence() -> None:
    assert told("Verbetering van de dienstverlening", "nl") == [("O10", "warn")]
    assert told("Invoering van zelfroosteren", "nl") == [("O03", "warn")]


@pytest.mark.parametrize(
    ("text", "language", "name"),
    [
        ("AZ Linde opent de poli ook in de avond", "nl", "AZ Linde"),
        ("Ravelin opens its labs to pupils", "en", "Ravelin"),
    ],
)
def test_the_organisations_own_name_is_a_subject_and_no_riddle(text: str, language: str, name: str) -> None:
    assert told(text, language, organisation=name) == []


def test_another_name_is_asked_after() -> None:
    assert "O20" in dict(told("AZX opent de poli ook in de avond", "nl", organisation="AZ Linde"))


def test_a_whole_strategy_knows_what_its_organisation_is_called() -> None:
    def rules_on(name: str) -> set[str]:
        title = "Ravelin opens its labs to pupils"
        strategy = Strategy.model_validate(
            {
                "organisation": {"name": name},
                "candidates": [{"id": "CM1", "cluster": "customer", "title": title, "selected": True}],
                "objectives": [{"id": "CM1", "title": title}],
            }
        )
        return {one.rule for one in check_strategy(strategy, language="en") if one.rule[0] == "O"}

    assert rules_on("Ravelin") == set()
    assert "O01" in rules_on("Someone else")


@pytest.mark.parametrize(
    ("written", "meant", "language"),
    [
        ("optimse", "optimise", "en"),
        ("procesess", "processes", "en"),
        ("effectivteit", "effectiviteit", "nl"),
        ("samenwerknig", "samenwerking", "nl"),
    ],
)
def test_a_slip_is_read_as_the_word_that_was_meant(written: str, meant: str, language: str) -> None:
    assert respelt(written, language) == meant


@pytest.mark.parametrize(
    ("word", "language"),
    [("markering", "nl"), ("relation", "en"), ("serviced", "en"), ("caulking", "en"), ("sluis", "nl")],
)
def test_another_word_is_no_slip(word: str, language: str) -> None:
    assert respelt(word, language) == word


@pytest.mark.parametrize("language", ["en", "nl"])
def test_no_word_that_is_listed_is_a_slip(language: str) -> None:
    listed = {word for name in ("result_verbs", "generic_nouns") for word in wordlists(language).words(name)}
    assert {word for word in listed if respelt(word, language) != word} == set()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Enhance community safety", "community safety"),
        ("Streamline customer interactions", "customer interactions"),
        ("Streamline handovers at the lock", "Streamline"),
    ],
)
def test_what_is_vague_is_named_not_the_verb_before_it(text: str, word: str) -> None:
    found = check_wording("objective", text, RuleContext("en"))
    assert [one.word for one in found if one.rule == "O02"] == [word]


def test_a_long_objective_is_told_the_limit_and_only_clearly_over_it() -> None:
    text = "Bring spare parts to the small harbours on the northern islands before the last ferry goes"
    assert len(text.split()) == 16
    assert "O09" not in dict(told(text))
    found = check_wording("objective", f"{text} home", RuleContext("en"))
    assert ["14" in one.say and "17" in one.say for one in found if one.rule == "O09"] == [True]
