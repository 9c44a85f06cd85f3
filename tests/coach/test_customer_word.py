"""The team's own word for its customers stands in every remark that speaks of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest

from bsc_coach.coach.catalogue import finding, rule_words, rules
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.context import RuleContext
from bsc_coach.coach.lexicon.word_lists import LANGUAGES
from bsc_coach.coach.rule import Match
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.strategy.model import Organisation, Promise, Strategy
from tests.support.sessions import same_environment

ANYBODY = re.compile(r"\b(customers?|clients?|klant(en)?|cliënt(en)?)\b", re.IGNORECASE)
OWN = {"en": "rowers", "nl": "roeiers"}


class _Anything(dict[str, object]):
    """Values of a match, whatever a rule's words ask for."""

    def __missing__(self, name: str) -> object:
        return name.upper()


def generic(said: Mapping[str, str]) -> list[str]:
    """Return the rules whose words name customers in general."""
    return [name for name, text in said.items() if ANYBODY.search(text)]


def with_own_word(language: str) -> dict[str, str]:
    context = RuleContext(language, customer_word=OWN[language])
    return {
        name: rule_words(language)[name].say.format_map(_Anything(customers=context.called_customers))
        for name in rules()
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_remark_speaks_of_customers_in_general_to_a_team_with_a_word_of_its_own(language: str) -> None:
    said = with_own_word(language)
    assert generic(said) == []
    assert sum(OWN[language] in text for text in said.values()) >= 15


@pytest.mark.parametrize("text", ["Ask a customer.", "Vraag het de klant.", "Per cliënt?"])
def test_a_remark_on_customers_in_general_would_be_found_out(text: str) -> None:
    """The control."""
    assert generic({"O01": text, "O02": "Ask the rowers."}) == ["O01"]


@pytest.mark.parametrize(("language", "word"), [("en", "customers"), ("nl", "klanten")])
def test_without_a_word_they_are_customers(language: str, word: str) -> None:
    assert word in finding("V14", Match(), RuleContext(language)).say


def test_a_word_is_used_as_it_was_typed() -> None:
    strategy = Strategy(
        organisation=Organisation(customer_word="Star rowers"),
        promises=(Promise(id="C1", title="We deliver quality boats to everybody"),),
    )
    told = {one.rule: one.say for one in check_strategy(strategy, today=date(2026, 1, 1))}
    assert "Can you let Star rowers say it themselves?" in told["O19"]


def test_the_talk_uses_the_word_of_the_session(tmp_path: Path) -> None:
    talk = start_talk(create_session(tmp_path / "session", bundled_source(), same_environment()))
    talk.resume()
    for line in ("Rowing club", "2", "rowers", "/edit promises"):
        submit(talk, line)
    reply = submit(talk, "We give our members quality boats")
    assert any("rowers say it themselves" in turn.text for turn in reply.turns)
    talk.session.close()
