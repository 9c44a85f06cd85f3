"""M47 and M48: ballots far apart about which nothing was said; silent wherever nobody voted."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bsc_coach.coach.alarms import alarms_of
from bsc_coach.coach.check import check_strategy
from bsc_coach.coach.rule import Finding
from bsc_coach.strategy.model import Candidate, Cluster, Decision, Strategy
from tests.support.strategies import RIVERBEND
from tests.support.voting import VOTED

FAR = (1, 1, 5, 5)
RULES = ("M47", "M48")


def found(strategy: Strategy, *rules: str) -> list[Finding]:
    return [one for one in check_strategy(strategy) if one.rule in (rules or RULES)]


def chosen(*votes: tuple[int, ...], **also: object) -> Iterator[Candidate]:
    for number, ballots in enumerate(votes, start=1):
        yield Candidate(
            id=f"O{number}", cluster="operations", title=f"Shorten wait {number}", selected=True,
            influence_votes=ballots, **also,
        )  # fmt: skip


def test_the_two_with_the_most_dissent_are_named_the_most_first() -> None:
    votes = ((2, 2, 5, 5), FAR, (1, 2, 4, 5), (4, 4, 5, 5))
    about = [one.about[0] for one in found(Strategy(candidates=tuple(chosen(*votes))), "M47")]
    assert about == ["O2", "O3"]


def test_what_was_not_chosen_and_what_was_spoken_about_is_left_alone() -> None:
    (one,) = chosen(FAR)
    assert found(Strategy(candidates=(one,)), "M47")
    assert not found(Strategy(candidates=(one.model_copy(update={"selected": False}),)), "M47")
    for update in ({"reason": "Sales lost three over it"}, {"evidence": "31 days on average"}):
        assert not found(Strategy(candidates=(one.model_copy(update=update),)), "M47")
    heard = Cluster(id="operations", said="O1 is in the hands of the insurer")
    assert not found(Strategy(candidates=(one,), clusters=(heard,)), "M47")
    of_another = Cluster(id="operations", said="O10 is in the hands of the insurer")
    assert found(Strategy(candidates=(one,), clusters=(of_another,)), "M47")
    decided = Decision(id="D1", title="We go on", dissent="two of us would drop shorten wait 1")
    assert not found(Strategy(candidates=(one,), decisions=(decided,)), "M47")


@pytest.mark.parametrize("language", ["en", "nl"])
def test_numbers_are_said_as_the_language_writes_them(language: str) -> None:
    (one,) = found(Strategy(language=language, candidates=tuple(chosen((1, 1, 2, 4, 5, 5)))), "M47")
    assert ("0.87" if language == "en" else "0,87") in one.say


def test_a_session_without_ballots_hears_nothing_of_it_and_has_the_same_alarms() -> None:
    assert found(RIVERBEND) == []
    unspoken = tuple(one.model_copy(update={"reason": None, "evidence": None}) for one in VOTED.candidates)
    silent = VOTED.model_copy(update={"candidates": unspoken, "decisions": ()})
    assert found(silent, "M47"), "the control"
    agreed = tuple(one.model_copy(update={"influence_votes": (4, 4, 5, 5)}) for one in RIVERBEND.candidates)
    told = RIVERBEND.model_copy(update={"candidates": agreed})
    assert alarms_of(check_strategy(told), told) == alarms_of(check_strategy(RIVERBEND), RIVERBEND)
