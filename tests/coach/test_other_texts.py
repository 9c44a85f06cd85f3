"""The coach on texts that are no point of the map: ambition, values, benefits, reasons, looks back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bsc_coach.coach.check import Kind, check_strategy, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import QuestionStep
from bsc_coach.script.source import bundled_source
from bsc_coach.strategy.model import Organisation, Strategy
from tests.support.quoted import quoted

OTHERS: tuple[Kind, ...] = ("ambition", "value", "reason", "closing")
SAID_OF_A_CHOICE = {
    "We calculate sharply",
    "Leaving us is a lot of hassle",
    "Wij rekenen scherp",
    "Bij ons weggaan is een heel gedoe",
}
"""Poor examples whose fault is that anybody may say so: it takes knowing the trade to tell."""


def rules_on(kind: Kind, text: str, language: str = "en", **more: str) -> list[str]:
    return [one.rule for one in check_wording(kind, text, replace(RuleContext(language), **more))]


def examples(role: str, language: str) -> list[tuple[Kind, str]]:
    """Return the examples of the bundled questions that are answered with such a text."""
    script = load_script(bundled_source())
    asked = (step for step in script.asked() if isinstance(step, QuestionStep))
    return [
        (kind, text)
        for step in asked
        for kind in OTHERS
        if step.coach == kind
        for text in quoted(script, step, role, language)
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_good_examples_of_the_questions_are_left_alone(language: str) -> None:
    good = examples("good", language)
    assert len(good) > 12
    assert [text for kind, text in good if rules_on(kind, text, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_poor_examples_of_the_questions_are_remarked_on(language: str) -> None:
    poor = [(kind, text) for kind, text in examples("poor", language) if text not in SAID_OF_A_CHOICE]
    assert len(poor) > 12
    assert [text for kind, text in poor if not rules_on(kind, text, language)] == []


@pytest.mark.parametrize(
    ("kind", "language", "weak", "good"),
    [
        ("ambition", "en", "Become the leading ferry line of the north", "In 2031 we sail every winter day"),
        ("ambition", "nl", "Een wendbare organisatie zijn", "Wie voor de middag belt, slaapt droog"),
        ("value", "en", "Courage and honesty", "We tell a client when another is cheaper"),
        ("value", "nl", "Moed, eerlijkheid", "Wie twijfelt over het weer, vaart niet uit"),
        ("reason", "en", "It is a strategic priority", "the bus stops at the door"),
        ("reason", "nl", "Dat is logisch", "de bus stopt voor de deur"),
        ("closing", "en", "Better communication", "Two flip charts instead of slides"),
        ("closing", "nl", "Alles", "Om acht uur beginnen, met de nachtploeg"),
        ("benefit", "en", "Our own laboratory", "You have the result before you are home"),
        ("benefit", "nl", "Ons eigen laboratorium", "U hebt de uitslag voordat u thuis bent"),
    ],
)
def test_each_kind_of_text_is_heard_by_its_own_rules(kind: Kind, language: str, weak: str, good: str) -> None:
    assert {name[0] for name in rules_on(kind, weak, language)} == {"T"}
    assert rules_on(kind, good, language) == []


def test_what_is_a_fault_of_one_text_is_none_of_another() -> None:
    assert rules_on("value", "Respect and openness")
    assert rules_on("reason", "Respect and openness") == []
    assert "T01" in rules_on("ambition", "Be the best orchestra of the country")
    assert "T01" not in rules_on("closing", "Be the best orchestra of the country")


def test_a_reason_in_the_words_of_what_it_explains_is_circular_only_beside_that() -> None:
    text = "Shorter waits for a first visit"
    assert rules_on("reason", text, explains="First visits with shorter waits") == ["T08"]
    assert rules_on("reason", text, explains="Patients stay longer with us") == []
    assert rules_on("reason", text) == []


def test_a_placeholder_is_told_before_anything_else_and_alone() -> None:
    for kind in OTHERS:
        assert rules_on(kind, "tbd") == ["T09"]
    assert "T09" not in rules_on("objective", "tbd")


def test_a_whole_strategy_tells_ambition_and_values_by_their_fields() -> None:
    told = Organisation(ambition="A modern and open library", values="Respect and openness")
    found = {one.rule: one.about for one in check_strategy(Strategy(organisation=told), language="en")}
    assert found["T03"] == ("organisation.ambition",)
    assert found["T06"] == ("organisation.values",)
    sound = Organisation(ambition="Whoever calls by noon sleeps dry", values="Nobody sails who is in doubt")
    found = {one.rule: one.about for one in check_strategy(Strategy(organisation=sound), language="en")}
    assert not [name for name in found if name.startswith("T")]
