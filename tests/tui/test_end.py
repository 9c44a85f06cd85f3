"""The end of a session on the screen: it opens by itself, fits, and every line of it is a key away."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from bsc_coach.interview.facts.answers import Accept, Confirm, Park, Reopen
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp, run_app
from bsc_coach.tui.screens.end import EndPage
from tests.support.app import USUAL, WIDE, enter, frame, press, running, same_frame, session_screen, settled
from tests.support.clock import Watch

READBACK, CLOSING = parse_slot("readback.confirm"), parse_slot("closing.confirm")


def slots(own: Session, step: str) -> list[Slot]:
    return [slot for slot, status in own.plan.statuses.items() if slot.step == step and status.active]


@pytest.fixture
def own(riverbend: Path, environment: Environment, monkeypatch: pytest.MonkeyPatch) -> Session:
    """A session that only has to be confirmed, with alarms, slips and homework in it."""
    monkeypatch.chdir(riverbend.parent)  # so that its folder has the same name in every picture
    session = open_session(Path(riverbend.name), environment)
    session.do(AddItem(parse_slot("outcomes"), {StepId("outcomes.title"): "Win the county contract back"}))
    for slot in slots(session, "kpis.direction")[:3]:
        session.do(Reopen(slot))
    for slot, owner in zip(slots(session, "kpis.source"), ("CFO", "CFO", "CIO"), strict=False):
        session.do(Park(slot, "Homework", owner, ""))
    session.do(Accept(slots(session, "candidates.reason")[0], "Fewer nights here bcause of it", same=True))
    session.do(Confirm(READBACK))
    session.do(Reopen(CLOSING))
    return session


async def confirms(pilot: Pilot[int]) -> None:
    """Confirm at the last look back, after a moment of thought."""
    session_screen(pilot).controller.go_to(CLOSING)
    await settled(pilot)
    await think(pilot)
    await press(pilot, "enter")


async def think(pilot: Pilot[int]) -> None:
    """Let a moment pass, so that a key is meant for what is on the screen."""
    assert isinstance(pilot.app, CoachApp)
    assert isinstance(pilot.app.clock, Watch)
    pilot.app.clock.time += 1


def on_the_end(pilot: Pilot[int]) -> bool:
    return isinstance(pilot.app.screen, EndPage)


async def test_it_opens_after_the_last_confirmation_and_fits(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        await confirms(pilot)
        assert on_the_end(pilot)
        same_frame(pilot, "end-80x24")
        shown = frame(pilot)
        for line in own.notes().alarms:
            assert (line.about or "").split()[0] in shown
        assert "bsc-coach open" in shown
        assert "Leave. Everything is saved." in shown
        await pilot.resize_terminal(*WIDE)
        await press(pilot, "down")
        same_frame(pilot, "end-120x40")
    assert (own.folder / "strategy.md").is_file()


async def test_the_most_there_can_be_fits_as_well(own: Session) -> None:
    """Five long alarms, slips, much left open, homework of many: all of it stands on a small screen."""
    long_title = "Win the contract for outpatient care back from the city hospital by being the nearer one"
    own.do(AddItem(parse_slot("outcomes"), {StepId("outcomes.title"): long_title}))
    target = slots(own, "kpis.target")[-1]
    down = own.plan.answer(Slot(StepId("kpis.direction"), target.frame)) == "down"
    own.do(Accept(Slot(StepId("kpis.baseline"), target.frame), 50))
    own.do(Accept(target, 90 if down else 10))
    for number, slot in enumerate(slots(own, "kpis.decision")):
        own.do(Park(slot, "Homework", f"Head of the Department of Planning {number}", ""))
    own.do(Park(slots(own, "kpis.gaming")[0], "nobody knows", "", ""))
    assert len(own.notes().alarms) == 5
    async with running(own, size=USUAL) as pilot:
        await enter(pilot, "/end")
        same_frame(pilot, "end-full-80x24")
        assert "Leave. Everything is saved." in frame(pilot)


async def test_a_digit_leads_to_the_answer_and_back(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        await confirms(pilot)
        await press(pilot, "1")
        screen = session_screen(pilot)
        assert pilot.app.screen is screen
        now = screen.now
        assert now is not None
        assert now.slot is not None
        assert now.slot.step == "kpis.direction"
        await press(pilot, "1")
        assert on_the_end(pilot)
        assert "changed since it was confirmed" in frame(pilot)
        await press(pilot, "c")
        assert on_the_end(pilot)
        assert "everything is confirmed" in frame(pilot)


async def test_the_wordings_are_tidied_by_keys(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        await confirms(pilot)
        await press(pilot, "t")
        screen = session_screen(pilot)
        assert pilot.app.screen is screen
        assert "Better: “Fewer nights here because of it”" in " ".join(frame(pilot).replace("▌", " ").split())
        same_frame(pilot, "tidy-80x24")
        await think(pilot)
        await press(pilot, "1")
        assert own.plan.answer(slots(own, "candidates.reason")[0]) == "Fewer nights here because of it"
        assert on_the_end(pilot)
        assert "Tidy the wordings" not in frame(pilot)


async def test_a_walk_that_changes_nothing_leaves_the_composer_empty(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        session_screen(pilot).controller.go_to(CLOSING)
        await settled(pilot)
        await enter(pilot, "/tidy")
        await think(pilot)
        await press(pilot, "enter")
        screen = session_screen(pilot)
        assert screen.now is not None
        assert (screen.now.slot, screen.now.asking) == (CLOSING, None)
        assert screen.composer.text == ""


async def test_escape_shows_the_session_and_enter_the_end_again(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        await confirms(pilot)
        await press(pilot, "escape")
        assert not on_the_end(pilot)
        await press(pilot, "enter")
        assert on_the_end(pilot)
        await press(pilot, "escape")
        await enter(pilot, "/end")
        assert on_the_end(pilot)


async def test_a_finished_session_does_not_begin_with_its_end(
    riverbend: Path, environment: Environment
) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        assert not on_the_end(pilot)


async def test_q_leaves(own: Session) -> None:
    async with running(own, size=USUAL) as pilot:
        await confirms(pilot)
        await press(pilot, "q")
        assert pilot.app.return_code == 0


@pytest.mark.parametrize(("language", "saved"), [("en", "Everything is saved."), ("nl", "Alles is bewaard.")])
async def test_who_leaves_reads_on_the_terminal_how_to_come_back(
    own: Session,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    language: str,
    saved: str,
) -> None:
    async def leaves(app: CoachApp) -> None:
        async with running(app=app) as pilot:
            await enter(pilot, f"/language {language}")
            await press(pilot, "ctrl+q")

    app = CoachApp(own, clock=Watch())
    await leaves(app)
    monkeypatch.setattr("bsc_coach.tui.app.CoachApp", lambda *_, **__: app)
    monkeypatch.setattr(app, "run", lambda: 0)
    capsys.readouterr()
    assert run_app(own) == 0
    told = capsys.readouterr().out
    assert saved in told
    assert f"bsc-coach open {own.folder}" in told


async def test_two_keys_in_quick_succession_close_the_page_once(own: Session) -> None:
    async with running(own) as pilot:
        await confirms(pilot)
        assert on_the_end(pilot)
        page = pilot.app.screen
        assert isinstance(page, EndPage)

        def two_keys() -> None:
            for key in ("1", "e"):
                page.on_key(events.Key(key, key))

        pilot.app.call_later(two_keys)
        await settled(pilot)
        assert not on_the_end(pilot)
        assert pilot.app.is_running
