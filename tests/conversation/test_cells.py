"""Several numbers typed at a cell of a table, and a wording that a question starts from."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bsc_coach.cli.apply import answer_line
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from tests.support.cli import bsc_coach
from tests.support.sessions import same_environment

CANDIDATES = parse_slot("clusters[operations]/candidates")


@pytest.fixture
def scored(tmp_path: Path) -> Talk:
    """Somebody at the scores of three candidates, with three people in the room."""
    talk = start_talk(create_session(tmp_path / "session", bundled_source(), same_environment()))
    add(talk, parse_slot("participants"), "Anna Vos, Director", "Ben Smit, Planner", "Cem Ak, Nurse")
    add(talk, CANDIDATES, "Shorten the wait", "Plan the rounds", "Buy the parts")
    talk.position.jump(cell(talk, "candidates.influence"))
    return talk


def add(talk: Talk, slot: Slot, *lines: str) -> None:
    for line in lines:
        talk.position.jump(slot)
        submit(talk, line)
        talk.asking = None


def cell(talk: Talk, step: str) -> Slot:
    """Return the first cell of a column."""
    return next(slot for slot in talk.plan.order if slot.step == step)


def column(talk: Talk, step: str) -> list[object]:
    """Return the answers of a column."""
    return [talk.plan.answer(slot) for slot in talk.plan.order if slot.step == step]


def scores(talk: Talk) -> list[object]:
    """Return influence and performance of each candidate, row by row."""
    both = zip(column(talk, "candidates.influence"), column(talk, "candidates.performance"), strict=True)
    return [score for row in both for score in row]


@pytest.mark.parametrize("typed", ["5 2", "5/2", " 5,2", "5 , 2 ", "5;2"])
def test_two_numbers_are_the_row_of_a_process(scored: Talk, typed: str) -> None:
    before = len(scored.session.actions)
    submit(scored, typed)
    assert len(scored.session.actions) == before + 1
    assert scores(scored) == ["5", "2", None, None, None, None]
    assert scored.at is not None
    assert scored.at.step not in ("candidates.influence", "candidates.performance") or (
        scored.plan.statuses[scored.at].answer_state == "open"
    )


def test_a_row_goes_on_through_the_table_in_the_order_of_asking(scored: Talk) -> None:
    submit(scored, "5 2 4 3 1 1")
    assert scores(scored) == ["5", "2", "4", "3", "1", "1"]


def test_what_was_answered_is_passed_by(scored: Talk) -> None:
    second = [slot for slot in scored.plan.order if slot.step == "candidates.influence"][1]
    scored.position.jump(second)
    submit(scored, "3")
    scored.position.jump(cell(scored, "candidates.influence"))
    submit(scored, "5 2 4")
    assert scores(scored) == ["5", "2", "3", "4", None, None]


def test_from_an_answered_cell_the_row_is_given_anew(scored: Talk) -> None:
    submit(scored, "5 2 4 3")
    scored.position.jump(cell(scored, "candidates.influence"))
    submit(scored, "1 1")
    if scored.asking is not None:  # it touches what rests on it
        submit(scored, "")
    assert scores(scored) == ["1", "1", "4", "3", None, None]


@pytest.mark.parametrize(
    ("typed", "named"),
    [("5 7", "O1 Shorten the wait · Performance"), ("5 2 9", "O2 Plan the rounds · Influence")],
)
def test_a_number_that_is_no_choice_is_refused_by_its_cell(scored: Talk, typed: str, named: str) -> None:
    before = scored.session.actions
    reply = submit(scored, typed)
    assert reply.keep_text
    assert named in reply.turns[-1].text
    assert scored.session.actions == before


def test_too_many_are_refused_by_the_last_cell(scored: Talk) -> None:
    before = scored.session.actions
    reply = submit(scored, "5 2 4 3 1 1 5")
    assert reply.keep_text
    assert "O3 Buy the parts · Performance" in reply.turns[-1].text
    assert scored.session.actions == before


def test_all_the_fingers_at_once_and_back(scored: Talk) -> None:
    first = cell(scored, "participants.vote")
    scored.position.jump(first)
    submit(scored, "4 4 5")
    assert column(scored, "participants.vote") == ["4", "4", "5"]
    submit(scored, "/undo")
    assert column(scored, "participants.vote") == [None, None, None]
    assert scored.at == first
    assert scored.session.drafts.get(str(first)) == "4 4 5"
    submit(scored, "/redo")
    assert column(scored, "participants.vote") == ["4", "4", "5"]


def test_outside_a_table_several_numbers_are_no_answer_to_one_choice(scored: Talk) -> None:
    """The control: nothing spreads over questions that only follow each other."""
    scored.position.jump(parse_slot("organisation.kind"))
    before = scored.session.actions
    assert submit(scored, "1 2").keep_text
    assert scored.session.actions == before


def test_apply_takes_a_row_too_and_names_the_cell_that_it_cannot_take(scored: Talk) -> None:
    request = {"do": "accept", "step": "candidates.influence", "of": "O1", "value": "5 2 4"}
    assert answer_line(scored.session, json.dumps(request))["accepted"] is True
    assert scores(scored) == ["5", "2", "4", None, None, None]
    told = answer_line(scored.session, json.dumps({**request, "of": "O3", "value": "5 8"}))
    assert told["accepted"] is False
    assert "O3 Buy the parts · Performance" in str(told["refused"])
    assert scores(scored) == ["5", "2", "4", None, None, None]


# A wording to start from


@pytest.fixture
def chosen(scored: Talk) -> Talk:
    """Somebody at the wording of the first candidate that was chosen."""
    scored.position.jump(cell(scored, "vital"))
    submit(scored, "O1 O2")
    scored.asking = None
    scored.position.jump(cell(scored, "objective.title"))
    return scored


def test_enter_takes_the_wording_that_it_was_chosen_by(chosen: Talk) -> None:
    slot, prompt = chosen.at, chosen.prompt()
    assert slot is not None
    assert prompt is not None
    assert (prompt.start, prompt.answer) == ("Shorten the wait", "")
    submit(chosen, "")
    (event,) = chosen.session.actions[-1].do
    assert isinstance(event, SlotAnswered)
    assert (event.slot, event.value, event.typed) == (slot, "Shorten the wait", "")
    assert event.basis  # it rests on the wording it started from, as any answer here
    chosen.position.jump(slot)
    again = chosen.prompt()
    assert again is not None
    assert (again.start, again.answer) == ("", "Shorten the wait")


def test_what_is_typed_takes_its_place(chosen: Talk) -> None:
    slot = chosen.at
    assert slot is not None
    submit(chosen, "Shorten the wait for a first visit")
    assert chosen.plan.answer(slot) == "Shorten the wait for a first visit"


def test_the_coach_looks_at_a_wording_taken_with_enter(chosen: Talk) -> None:
    title = next(slot for slot in chosen.plan.order if slot.step == "candidates.title")
    chosen.position.jump(title)
    submit(chosen, "Improve customer satisfaction")
    for _ in range(2):
        if chosen.asking is not None:
            submit(chosen, "")
    slot = Slot(StepId("objective.title"), title.frame)
    chosen.position.jump(slot)
    submit(chosen, "")
    assert chosen.plan.answer(slot) == "Improve customer satisfaction"
    assert chosen.remarks_on(slot)
    assert chosen.at == slot


def test_line_mode_says_what_enter_takes(chosen: Talk) -> None:
    folder, slot = chosen.session.folder, chosen.at
    chosen.remember()
    chosen.session.close()
    ran = bsc_coach("open", folder, "--plain", typed="/edit objective.title\n\n")
    assert ran.code == 0, ran.err
    assert "[Enter: Shorten the wait]" in ran.out
    assert f'"slot":"{slot}"' in (folder / "journal.jsonl").read_text("utf-8").splitlines()[-1]
