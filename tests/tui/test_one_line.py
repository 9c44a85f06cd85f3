"""Lines that hold a whole item, numbers for a row of cells, and a wording to start from, typed in the app."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.projection import to_strategy
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from bsc_coach.tui.session.screen import SessionScreen
from tests.support.app import by_keys, enter, frame, press, running, session_screen
from tests.support.sessions import same_environment


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    """A session in which nothing is said yet."""
    begun = create_session(tmp_path / "session", bundled_source(), same_environment())
    yield begun
    begun.close()


def told(session: Session) -> list[object]:
    """Return the answers of the last action."""
    return [event.value for event in session.actions[-1].do if isinstance(event, SlotAnswered)]


def first(session: Session, step: str) -> Slot:
    return next(slot for slot in session.plan.order if slot.step == step)


async def test_a_person_with_a_role_is_typed_in_one_line_that_the_line_itself_asks_for(
    session: Session,
) -> None:
    async with running(session) as pilot:
        screen = session_screen(pilot)
        screen.controller.go_to(parse_slot("participants"))
        await pilot.pause()
        await press(pilot)
        assert "Name, Role" in str(screen.composer.placeholder)
        await enter(pilot, "Anna Vos, Director")
        assert told(session) == ["Anna Vos", "Director"]
        assert screen.composer.text == ""


async def test_a_link_is_typed_with_its_reason_where_items_are_offered_by_number(session: Session) -> None:
    talk_lines = ("Staff see it sooner", "Plan the rounds")
    async with running(session) as pilot:
        screen = session_screen(pilot)
        for path, line in zip(("enablers", "outcomes"), talk_lines, strict=True):
            screen.controller.go_to(parse_slot(path))
            await press(pilot)
            await enter(pilot, line)
        screen.controller.go_to(parse_slot("links"))
        await press(pilot)
        for key in "L1":
            await pilot.press(key)
        await enter(pilot, " > F1 because staff see it, sure")
        assert told(session)[2:] == ["staff see it", "high"]


async def test_digits_with_spaces_between_them_answer_cell_after_cell(session: Session) -> None:
    async with running(session) as pilot:
        screen = session_screen(pilot)
        screen.controller.go_to(parse_slot("clusters[operations]/candidates"))
        await press(pilot)
        await enter(pilot, "Shorten the wait")
        screen.controller.go_to(first(session, "candidates.influence"))
        await press(pilot)
        await press(pilot, "5")
        await press(pilot, "space")
        await press(pilot, "2")
        scores = ("candidates.influence", "candidates.performance")
        assert [session.plan.answer(first(session, step)) for step in scores] == ["5", "2"]
        screen.controller.go_to(first(session, "candidates.influence"))
        await press(pilot)
        await enter(pilot, "4 3")
        if screen.now is not None and screen.now.asking is not None:
            await press(pilot, "enter")
        assert [session.plan.answer(first(session, step)) for step in scores] == ["4", "3"]


async def _at_the_wording(pilot: Pilot[int], session: Session) -> tuple[SessionScreen, Slot]:
    """Score and choose one process, and go to the question how its objective is worded."""
    screen = session_screen(pilot)
    screen.controller.go_to(parse_slot("clusters[operations]/candidates"))
    await press(pilot)
    await enter(pilot, "Shorten the wait, 5 2")
    screen.controller.go_to(first(session, "vital"))
    await press(pilot)
    await enter(pilot, "O1")
    title = first(session, "objective.title")
    screen.controller.go_to(title)
    await press(pilot)
    return screen, title


async def test_an_objective_stands_in_the_line_and_enter_keeps_it(session: Session) -> None:
    async with running(session) as pilot:
        screen, title = await _at_the_wording(pilot, session)
        assert screen.composer.text == "Shorten the wait"
        assert screen.composer.all_selected
        await press(pilot, "enter")
        assert session.plan.answer(title) == "Shorten the wait"


async def test_typing_takes_the_place_of_the_wording_in_the_line(session: Session) -> None:
    async with running(session) as pilot:
        _, title = await _at_the_wording(pilot, session)
        await enter(pilot, "Shorten the wait for a visit")
        assert session.plan.answer(title) == "Shorten the wait for a visit"


async def test_a_kpi_from_before_is_sorted_by_the_id_of_its_point(session: Session) -> None:
    session.do(AddItem(parse_slot("outcomes"), {StepId("outcomes.title"): "Live within the grant"}))
    session.do(AddItem(parse_slot("old_kpis"), {StepId("old_kpis.name"): "Cost per visit"}))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        screen.controller.go_to(parse_slot("sorting.begin"))
        await pilot.pause()
        await by_keys(pilot, "1")
        assert "what becomes of it?" in frame(pilot)
        await by_keys(pilot, "F1")
        await press(pilot, "enter")
        assert told(session)[0] == "keep"
        assert to_strategy(session.plan).old_kpis[0].keeps_for == "F1"
        assert "1 KPI was there before. Stays: 1." in frame(pilot)
