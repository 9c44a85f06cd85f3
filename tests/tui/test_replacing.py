"""What stands in the line and is not being typed is selected as a whole: nothing is glued to it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from textual import events
from textual.pilot import Pilot

from bsc_coach.conversation.prompt import Option
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.input_modes import ChoiceMode
from bsc_coach.tui.screens.dialogs import LineWindow
from bsc_coach.tui.session.controller import SessionController
from bsc_coach.tui.themes import NAMES
from tests.support.app import (
    USUAL,
    box,
    by_keys,
    enter,
    frame,
    last_value,
    paste,
    press,
    running,
    session_screen,
    settled,
)
from tests.support.clock import Watch
from tests.support.sessions import played, same_environment
from tests.tui.test_themes import LEAST_CONTRAST, contrast

SoFar = Callable[[int], Session]


@dataclass(frozen=True)
class Refused:
    """A line that a question does not take, which ``count`` recorded commands and ``lines`` lead to."""

    count: int
    line: str
    better: str
    lines: tuple[str, ...] = ()


REFUSED = {
    "text": Refused(127, "/nonsense", "Shorten the wait"),
    "long_text": Refused(128, "/nonsense", "First we listen."),
    "number": Refused(3, "zebra", "2031"),
    "date": Refused(272, "zebra", "2027-02-15"),
    "choice": Refused(1, "zebra", "2"),
    "several": Refused(91, "zebra", "1"),
    "pick": Refused(177, "Z9", "L1"),
    "table": Refused(57, "zebra", "3"),
    "list": Refused(6, "/nonsense", "Ann"),
    "confirm": Refused(257, "/nonsense", "/why"),
    "small question": Refused(202, "zebra", "2027-02", ("/park", "No numbers yet", "Ann")),
}
"""Each kind of question with a line that is refused there and stays in the line."""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    """Give the folder of the recorded session after so many commands, played once. Look, do not touch."""

    @cache
    def folder_of(count: int) -> Path:
        folder = tmp_path_factory.mktemp("recorded") / "s"
        played(folder, count, same_environment()).close()
        return folder

    return folder_of


@pytest.fixture
def so_far(recorded: Callable[[int], Path], tmp_path: Path) -> SoFar:
    """Give the recorded session after so many commands: a copy that a test may change."""

    def opened(count: int) -> Session:
        return open_session(shutil.copytree(recorded(count), tmp_path / "s"), same_environment(ids="n"))

    return opened


async def come_to(pilot: Pilot[int], case: Refused) -> None:
    """Go to the question of a case."""
    for line in case.lines:
        await enter(pilot, line)


async def in_a_burst(pilot: Pilot[int], text: str) -> None:
    """Send the keys of a text at once, as a terminal does that marks no paste."""
    burst(pilot, [({" ": "space", "/": "slash"}.get(character, character), character) for character in text])
    await settled(pilot)


def burst(pilot: Pilot[int], keys: Sequence[tuple[str, str | None]]) -> None:
    """Send keys without waiting for what becomes of them."""
    for key, character in keys:
        pilot.app.post_message(events.Key(key, character))


USUAL_KINDS = ("number", "choice", "list", "small question")
EVERY_KIND = [pytest.param(kind, marks=() if kind in USUAL_KINDS else pytest.mark.slow) for kind in REFUSED]
"""Every kind of question; those that are less usual take their time among the slow tests."""
BY_DIGIT = ("choice", "several", "table")
"""Kinds of question at which a digit is no text, but chooses."""
WAYS = {"keys": by_keys, "burst": in_a_burst, "paste": paste}


@pytest.mark.parametrize("kind", EVERY_KIND)
async def test_what_is_typed_or_pasted_replaces_a_refused_line(so_far: SoFar, kind: str) -> None:
    case = REFUSED[kind]
    ways = [paste] if kind in BY_DIGIT else WAYS.values()
    async with running(so_far(case.count)) as pilot:
        await come_to(pilot, case)
        for way in ways:
            await enter(pilot, case.line)
            assert box(pilot) == case.line
            await way(pilot, case.better)
            assert box(pilot) == case.better
            await press(pilot, "ctrl+u")
        await enter(pilot, case.line)
        await press(pilot, "end")
        await paste(pilot, case.better)
        assert box(pilot) == case.line + case.better, "the control: nothing is replaced behind the cursor"


@pytest.mark.parametrize("kind", BY_DIGIT)
async def test_a_digit_chooses_in_the_place_of_a_refused_line(so_far: SoFar, kind: str) -> None:
    case = REFUSED[kind]
    session = so_far(case.count)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, case.line)
        await press(pilot, "end", case.better)
        assert box(pilot) == case.line + case.better, "the control: behind the cursor it is text"
        await press(pilot, "ctrl+u")
        await enter(pilot, case.line)
        before = len(session.actions)
        await press(pilot, case.better)
        assert box(pilot) == ""
        if kind == "several":
            assert screen.line.mode is not None
            assert screen.line.mode.marked == {int(case.better) - 1}
            await press(pilot, "enter")
        assert len(session.actions) == before + 1
        await press(pilot, "T", "a", "m")
        assert box(pilot) == "Tam"


async def test_with_more_options_than_digits_a_digit_is_text_there(so_far: SoFar) -> None:
    async with running(so_far(1)) as pilot:
        screen = session_screen(pilot)
        assert screen.line.mode is not None
        prompt = screen.line.mode.prompt
        many = tuple(Option(n, f"o{n}", f"Option {n}") for n in range(1, 11))
        await enter(pilot, "zebra")
        screen.line.mode = ChoiceMode(replace(prompt, options=many))
        await press(pilot, "1", "0")
        assert box(pilot) == "10"


@pytest.mark.parametrize("kind", EVERY_KIND)
async def test_an_arrow_edits_a_refused_line(so_far: SoFar, kind: str) -> None:
    case = REFUSED[kind]
    async with running(so_far(case.count)) as pilot:
        await come_to(pilot, case)
        for key in ("left", "home", "up"):
            await enter(pilot, case.line)
            await press(pilot, key, "x")
            assert box(pilot) == "x" + case.line
            await press(pilot, "ctrl+u")
        for key in ("right", "end", "down"):
            await enter(pilot, case.line)
            await press(pilot, key, "x")
            assert box(pilot) == case.line + "x"
            await press(pilot, "ctrl+u")


@pytest.mark.parametrize("kind", EVERY_KIND)
async def test_one_key_clears_a_refused_line_and_another_gives_it_back(so_far: SoFar, kind: str) -> None:
    case = REFUSED[kind]
    async with running(so_far(case.count)) as pilot:
        await come_to(pilot, case)
        await enter(pilot, case.line)
        for key in ("backspace", "delete", "ctrl+u", "ctrl+w"):
            await press(pilot, key)
            assert box(pilot) == ""
            await press(pilot, "ctrl+z")
            assert box(pilot) == case.line
        await by_keys(pilot, case.better)
        await press(pilot, *["ctrl+z"] * len(case.better))
        assert box(pilot) == case.line
        await press(pilot, "end", "backspace")
        assert box(pilot) == case.line[:-1], "the control: behind the cursor one character goes"


@pytest.mark.parametrize("way", WAYS)
async def test_a_rewording_after_a_remark_is_saved_alone(so_far: SoFar, way: str) -> None:
    session = so_far(127)
    async with running(session) as pilot:
        await enter(pilot, "Improve customer satisfaction")
        assert box(pilot) == "Improve customer satisfaction"
        await WAYS[way](pilot, "Shorten the wait for a first visit")
        await press(pilot, "enter")
        assert last_value(session) == "Shorten the wait for a first visit"


@pytest.mark.parametrize("way", WAYS)
async def test_a_number_after_a_remark_is_saved_alone(so_far: SoFar, way: str) -> None:
    session = so_far(202)
    async with running(session) as pilot:
        for line in ("", "", "Operating margin", "%", "", "1", "104"):  # no link enables or holds back only
            await enter(pilot, line)
        assert box(pilot) == "104"
        await WAYS[way](pilot, "98")
        await press(pilot, "enter")
        assert last_value(session) == 98


async def test_enter_on_what_stands_there_changes_nothing(so_far: SoFar) -> None:
    session = so_far(127)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, "Improve customer satisfaction")
        assert screen.now is not None
        before, slot = len(session.actions), screen.now.slot
        await press(pilot, "enter")
        assert len(session.actions) == before
        assert screen.now.slot != slot, "the talk goes on"


@pytest.mark.parametrize(
    ("count", "lines", "answer"),
    [
        (
            127,
            ("Spot high-risk patients before discharge", "/back"),
            "Spot high-risk patients before discharge",
        ),
        (5, ("First we listen.", "/back"), "First we listen."),
        (3, ("2031", "/back"), "2031"),
        (272, ("2027-02-15", "/back"), "2027-02-15"),
        (30, ("/edit organisation.year",), "2030"),
        (30, ("/edit organisation.year", "2035", "y", "/jump organisation.ambition"), None),
    ],
)
async def test_an_answer_given_before_is_replaced(
    so_far: SoFar, count: int, lines: Sequence[str], answer: str | None
) -> None:
    session = so_far(count)
    async with running(session) as pilot:
        for line in lines:
            await enter(pilot, line)
        if answer is None:
            slot = Slot(StepId("organisation.ambition"))
            assert session.plan.statuses[slot].stale
            answer = str(session.plan.answer(slot))
        assert box(pilot) == answer
        await press(pilot, "N", "e", "w")
        assert box(pilot) == "New"


async def test_in_a_table_arrows_walk_past_an_answer_but_not_past_a_refused_line(so_far: SoFar) -> None:
    async with running(so_far(57)) as pilot:
        screen = session_screen(pilot)

        def here() -> Slot | None:
            return None if screen.now is None else screen.now.slot

        first = here()
        await enter(pilot, "zebra")
        await press(pilot, "down")
        assert (here(), box(pilot)) == (first, "zebra")
        await press(pilot, "down")
        assert here() != first


# Half typed is not finished


async def test_a_half_typed_answer_that_comes_back_is_not_selected(so_far: SoFar) -> None:
    async with running(so_far(5)) as pilot:
        await paste(pilot, "Nobody goes ho")
        await press(pilot, "ctrl+n")
        assert box(pilot) == ""
        await press(pilot, "ctrl+o")
        assert box(pilot) == "Nobody goes ho"
        await press(pilot, "m", "e")
        assert box(pilot) == "Nobody goes home"


async def test_a_half_typed_answer_is_typed_on_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = played(tmp_path / "s", 5, same_environment())
    session.drafts.put("organisation.values", "Nobody goes ho")
    session.drafts.close()
    monkeypatch.setattr(SessionController, "put_draft", lambda self: None)
    async with running(open_session(tmp_path / "s", same_environment())) as pilot:
        await press(pilot, "m", "e")
        assert box(pilot) == "Nobody goes home"


# What was typed while something else came in between


async def test_a_cancelled_edit_is_replaced(so_far: SoFar) -> None:
    session = so_far(30)
    async with running(session) as pilot:
        await enter(pilot, "/edit organisation.year")
        await enter(pilot, "2035")
        await enter(pilot, "c")
        assert box(pilot) == "2035"
        await press(pilot, *"2036")
        assert box(pilot) == "2036"


async def test_what_was_typed_before_a_refusal_came_takes_the_place_of_the_line(so_far: SoFar) -> None:
    async with running(so_far(3)) as pilot:
        await by_keys(pilot, "zebra")
        burst(pilot, [("enter", "\r"), ("2", "2"), ("0", "0")])
        await settled(pilot)
        assert box(pilot) == "20"
        assert "Ctrl+Z brings that line back" in session_screen(pilot).conversation.turns[-1].text
        await press(pilot, "3", "1")
        assert box(pilot) == "2031"
        await press(pilot, *["ctrl+z"] * 2)
        assert box(pilot) == "zebra"


async def test_a_line_on_its_way_is_no_answer_to_a_remark(so_far: SoFar) -> None:
    session = so_far(127)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        screen.submit("Improve customer satisfaction")
        screen.submit("The description of it")
        await settled(pilot)
        assert last_value(session) == "Improve customer satisfaction"
        assert box(pilot) == "The description of it"
        await press(pilot, "N", "o")
        assert box(pilot) == "No"


async def test_a_line_on_its_way_is_still_taken_where_it_is_meant(so_far: SoFar) -> None:
    session = so_far(127)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        screen.submit("Spot high-risk patients before discharge")
        screen.submit("The description of it")
        await settled(pilot)
        assert last_value(session) == "The description of it"
        assert box(pilot) == ""


async def test_lines_on_their_way_take_the_place_of_a_refused_one(so_far: SoFar) -> None:
    async with running(so_far(3)) as pilot:
        screen = session_screen(pilot)
        screen.submit("zebra")
        screen.submit("2031")
        await settled(pilot)
        assert box(pilot) == "2031"
        await press(pilot, "ctrl+z")
        assert box(pilot) == "zebra"


@pytest.mark.parametrize("clears", ["backspace", "delete"])
async def test_keys_act_in_the_order_they_were_typed(so_far: SoFar, clears: str) -> None:
    async with running(so_far(3)) as pilot:
        await enter(pilot, "zebra")
        burst(pilot, [(clears, None), ("9", "9"), ("8", "8"), ("left", None), ("7", "7")])
        await settled(pilot)
        assert box(pilot) == "978"


# Smaller things


async def test_a_new_line_is_added_and_nothing_pasted_changes_nothing(so_far: SoFar) -> None:
    async with running(so_far(5)) as pilot:
        await enter(pilot, "/nonsense")
        await paste(pilot, "\x07")
        assert box(pilot) == "/nonsense"
        await press(pilot, "ctrl+j", "x")
        assert box(pilot) == "/nonsense\nx"


async def test_ctrl_u_clears_all_that_is_being_typed(so_far: SoFar) -> None:
    async with running(so_far(5)) as pilot:
        await paste(pilot, "We listen.\n" + "a line that is long enough to be wrapped " * 5)
        await press(pilot, "ctrl+u")
        assert box(pilot) == ""
        await press(pilot, "ctrl+z")
        assert box(pilot).startswith("We listen.\n")


async def test_a_window_with_a_likely_line_lets_it_be_replaced(so_far: SoFar) -> None:
    async with running(so_far(3)) as pilot:
        given: list[str | None] = []
        pilot.app.push_screen(LineWindow("Where?", text="/home/somebody"), given.append)
        await settled(pilot)
        await press(pilot, "s", "enter")
        assert given == ["s"]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Type to replace   ←→ edit   Del clear"), ("nl", "Typ om te vervangen   ←→ wijzig   Del wis")],
)
async def test_the_hints_say_so_as_long_as_it_is_so(so_far: SoFar, language: str, said: str) -> None:
    async with running(so_far(3), size=USUAL) as pilot:
        await enter(pilot, f"/language {language}")
        assert said not in frame(pilot)
        await enter(pilot, "/nonsense")
        assert said in frame(pilot)
        await press(pilot, "end")
        assert said not in frame(pilot)


@pytest.mark.parametrize("colourless", [False, True])
@pytest.mark.parametrize("theme", NAMES)
async def test_what_is_selected_can_be_seen(
    so_far: SoFar, monkeypatch: pytest.MonkeyPatch, theme: str, *, colourless: bool
) -> None:
    if colourless:
        monkeypatch.setenv("NO_COLOR", "1")
    session = so_far(3)
    async with running(app=CoachApp(session, theme=theme, clock=Watch())) as pilot:
        await enter(pilot, "zebra")
        ink, ground = colours(pilot, "zebra")
        assert contrast(ink, ground) >= LEAST_CONTRAST
        await press(pilot, "end")
        assert contrast(ground, colours(pilot, "zebra")[1]) >= LEAST_CONTRAST, "against a line not selected"


def colours(pilot: Pilot[int], text: str) -> tuple[str, str]:
    """Return the colours, ink and ground, in which ``text`` stands in the line."""
    place = session_screen(pilot).composer.region
    line = pilot.app.screen._compositor.render_strips()[place.y].crop(place.x, place.x + len(text))
    assert line.text == text
    styles = {segment.style for segment in line}
    assert len(styles) == 1
    style = styles.pop()
    assert style is not None
    assert style.color is not None
    assert style.bgcolor is not None
    return style.color.get_truecolor().hex, style.bgcolor.get_truecolor().hex
