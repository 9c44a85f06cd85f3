"""Actions as requests: whatever was said, the same requests say it again in a session that lacks it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.interview.as_requests import Told, requests_of
from bsc_coach.interview.facts.answers import SlotAnswered, SlotParked
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.facts.session import Redo, Undo
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from tests.cli.test_apply import asked_lines
from tests.support.sessions import new_session, played, same_environment

MORE = (
    {"do": "undo"}, {"do": "undo"}, {"do": "redo"}, {"do": "redo"},
    {"do": "accept", "step": "organisation.name", "value": "Acme Homes", "same": True},
    {"do": "decline", "step": "organisation.values", "reason": "they are on the wall"},
    {"do": "reopen", "step": "organisation.values"},
    {"do": "in_full", "part": "kpis"},
    {"do": "add", "list": "participants", "answers": {"participants.name": "Zoë"}},
    {"do": "undo"},
    {"do": "add", "list": "participants", "answers": {"participants.name": "Yan"}},
)  # fmt: skip
"""What is asked behind the examples of the guide: undo over several actions, an item whose id was used up."""


def said_again(requests: Sequence[Told], session: Session) -> None:
    for request in requests:
        told = answer_line(session, json.dumps(request))
        assert told["accepted"], (request, told)


def said_in(folder: Path) -> Session:
    """Return a session in which every request of the guide was carried out, and some more."""
    session = new_session(folder, same_environment())
    for line in (*asked_lines(), *map(json.dumps, MORE)):
        answer_line(session, line)
    return session


def requests_for(session: Session, actions: Sequence[Action]) -> list[Told]:
    return [one for _, requests in requests_of(session.plan, actions) for one in requests]


@pytest.mark.parametrize("saved", [0, 5, 20, 40])
def test_what_is_said_again_gives_the_same_strategy(saved: int, tmp_path: Path) -> None:
    whole = said_in(tmp_path / "whole")
    kinds = {type(event).__name__ for action in whole.actions for event in action.do}
    assert len(kinds) >= 19, kinds
    # A session that has the first of them, with the items that they made.
    behind = new_session(tmp_path / "behind", same_environment(ids="j"))
    for action in whole.actions[:saved]:
        behind.record(action.do)
    said_again(requests_for(whole, whole.actions[saved:]), behind)
    assert behind.strategy() == whole.strategy()
    assert behind.plan.state.muted == whole.plan.state.muted
    assert behind.plan.state.agenda.cut == whole.plan.state.agenda.cut


def test_the_recorded_session_is_said_again(tmp_path: Path) -> None:
    n = 60
    whole, new = played(tmp_path / "a", n, same_environment()), new_session(tmp_path / "b")
    said_again(requests_for(whole, whole.actions), new)
    assert new.strategy() == whole.strategy()


NAME, VALUES = Slot(StepId("organisation.name")), Slot(StepId("organisation.values"))


def test_of_several_answers_at_once_each_says_whether_it_means_the_same(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.record([SlotAnswered(NAME, "Acme"), SlotAnswered(VALUES, "Nobody is left out")])
    session.record([SlotAnswered(NAME, "Acme Homes", same=True), SlotAnswered(VALUES, "We wait for nobody")])
    first, *then = requests_for(session, session.actions)
    assert first["do"] == "fill"
    assert [(one["do"], one["value"], one.get("same")) for one in then] == [
        ("accept", "Acme Homes", True),
        ("accept", "We wait for nobody", None),
    ]


def test_undo_takes_back_all_requests_that_an_action_became(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.record([SlotParked(NAME, "ask the board"), SlotParked(VALUES, "ask the tenants")])
    session.do(Undo())
    session.do(Redo())
    session.do(Undo())
    again = new_session(tmp_path / "again")
    said_again(requests_for(session, session.actions), again)
    for slot in (NAME, VALUES):
        assert again.plan.statuses[slot].answer_state == "open"


@pytest.mark.slow
@pytest.mark.parametrize("name", ["riverbend", "riverbend_half_day"])
def test_whole_samples_are_said_again(name: str, tmp_path: Path) -> None:
    from bsc_coach.conversation.recording import play_sample

    whole = play_sample(read_sample(name), tmp_path / "a", same_environment())
    new = new_session(tmp_path / "b")
    said_again(requests_for(whole, whole.actions), new)
    assert new.strategy() == whole.strategy()


def test_the_control_loses_an_answer(tmp_path: Path) -> None:
    whole = said_in(tmp_path / "whole")
    new = new_session(tmp_path / "new")
    requests = requests_for(whole, whole.actions)
    said_again([one for one in requests if one.get("value") != "Acme Homes"], new)
    assert new.strategy() != whole.strategy()
