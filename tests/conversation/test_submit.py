"""What an answer costs, and where one goes when a command comes in between."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bsc_coach.coach.ear.heard import Ear
from bsc_coach.coach.rule import Finding
from bsc_coach.conversation import talk as talk_module
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.decide import Stamp, Verdict, decide
from bsc_coach.interview.facts.family import Command
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import Slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session import session as session_module
from bsc_coach.session.opening import create_session
from tests.support.people import Person, begins
from tests.support.sessions import same_environment

NO_GOOD = "Improve customer satisfaction"
GOOD = "Shorten the wait for a first visit"


@pytest.fixture
def lister(tmp_path: Path) -> Person:
    """Somebody who is listing candidates in the interview that comes with the program."""
    person = Person(start_talk(create_session(tmp_path / "session", bundled_source(), same_environment())))
    person.types("/jump operations")
    return person


def test_an_answer_is_decided_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    decided: list[str] = []

    def counted(plan: Plan, command: Command, stamp: Stamp) -> Verdict:
        decided.append(type(command).__name__)
        return decide(plan, command, stamp)

    monkeypatch.setattr(session_module, "decide", counted)
    person = begins(tmp_path)
    person.types("Korenaar")
    person.tries("3")
    person.types("1", "2030", "/park not known yet", "Ann", "2028-01")
    assert decided == [*("Accept",) * 4, *("Park",) * 3]


def test_the_coach_looks_at_an_answer_once(lister: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    looked: Counter[str] = Counter()

    def counted(
        plan: Plan, slot: Slot, *, at_home: bool, in_talk: bool, ear: Ear | None
    ) -> tuple[Finding, ...]:
        looked[f"{slot} after {len(plan.state.actions)}"] += 1
        return remarks(plan, slot, at_home=at_home, in_talk=in_talk, ear=ear)

    monkeypatch.setattr(talk_module, "remarks", counted)
    lister.types(NO_GOOD)
    assert lister.prompt.remarks  # asked anew, with the remark beside it
    lister.types(GOOD, "/why", "/keep O01")
    assert max(looked.values()) == 1
    assert any("candidates.title" in key for key in looked)


@pytest.mark.parametrize(
    "between", [(), ("/language nl", "/language en"), ("/mute O09 because we say so",), ("/why",)]
)
def test_a_command_in_between_does_not_change_where_one_goes_next(
    lister: Person, between: tuple[str, ...]
) -> None:
    here = lister.at
    lister.types(NO_GOOD)
    assert lister.at != here  # one is asked to word it anew
    lister.types(*between)
    lister.types(GOOD)
    assert lister.at == here
