"""Typing and pasting: nothing is lost, nothing is cut, and Enter never means two things."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.pilot import Pilot
from textual.widgets import Input

from bsc_coach.script.slots import parse_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.samples import read_sample
from bsc_coach.sizes import PASTE
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.input_modes import GUARD, SECONDS_FOR_ENTER
from bsc_coach.tui.screens.dialogs import ChoiceWindow
from tests.support.app import enter, frame, paste, press, running, session_screen, settled
from tests.support.clock import Watch
from tests.support.sessions import new_session, played

BLOCK = "First we listen.\nThen we decide.\n\nThen we do it."


async def test_a_pasted_block_keeps_all_its_lines(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 5, environment)
    async with running(session) as pilot:
        await paste(pilot, BLOCK.replace("\n", "\r\n"))
        assert session_screen(pilot).composer.text == BLOCK
        await press(pilot, "enter")
        assert session.plan.answer(session.actions[-1].do[0].slot) == BLOCK


async def test_ctrl_j_makes_a_new_line_and_enter_hands_in(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 5, environment)
    async with running(session) as pilot:
        await paste(pilot, "One")
        await press(pilot, "ctrl+j")
        await paste(pilot, "Two")
        await press(pilot, "enter")
        assert session.plan.answer(session.actions[-1].do[0].slot) == "One\nTwo"


async def test_control_characters_in_a_paste_are_left_out_and_told(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await paste(pilot, "River\x1b[2Jbend\x07")
        await pilot.pause()
        assert session_screen(pilot).composer.text == "River[2Jbend"
        assert "2 invisible control characters were left out" in " ".join(frame(pilot).split())


async def test_undo_gives_back_what_was_typed_to_be_replaced(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await enter(pilot, "in four years")
        assert "I read 2030; you typed “in four years”." in " ".join(frame(pilot).split())
        await press(pilot, "ctrl+t")
        assert session_screen(pilot).composer.text == "in four years"
        assert session_screen(pilot).composer.all_selected
        await enter(pilot, "2031")
        assert session.plan.answer(parse_slot("organisation.year")) == 2031


async def test_the_roles_in_the_room_are_shown_beside_a_card(
    riverbend: Path, environment: Environment
) -> None:
    session = open_session(riverbend, environment)
    async with running(session, size=(120, 40)) as pilot:
        await enter(pilot, "/edit kpis.owner_role")
        shown = " ".join(frame(pilot).split())
        assert "1 CEO (Margaret Osei)" in shown
        assert "In the room; a number takes the role:" in shown
        await enter(pilot, "3")
        assert session.actions[-1].do[0].value == "Chief Medical Officer"  # type: ignore[union-attr]


@pytest.mark.parametrize("typed", ["👩\u200d⚕️", "می\u200cشود", "क्\u200dष"])
async def test_typed_joiners_are_kept(tmp_path: Path, environment: Environment, typed: str) -> None:
    session = new_session(tmp_path / "s", environment)
    async with running(session) as pilot:
        for event in XTermParser().feed(typed):
            pilot.app.post_message(event)
        await pilot.pause()
        assert session_screen(pilot).composer.text == typed
        await press(pilot, "enter")
    assert session.plan.answer(parse_slot("organisation.name")) == typed


async def test_an_override_that_is_typed_is_left_out(tmp_path: Path, environment: Environment) -> None:
    """The control: what turns the text around it about is no joiner."""
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        for event in XTermParser().feed("a\u202eb"):
            pilot.app.post_message(event)
        await pilot.pause()
        assert session_screen(pilot).composer.text == "ab"


async def test_up_to_the_limit_a_paste_is_taken_whole(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        text = ("a line of text\n" * PASTE)[:PASTE]
        await paste(pilot, text)
        assert session_screen(pilot).composer.text == text


@pytest.mark.parametrize("way", ["1", "2", "escape"])
async def test_a_very_large_paste_is_asked_about(tmp_path: Path, environment: Environment, way: str) -> None:
    text = "words and words\n" * (PASTE // 8)
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await paste(pilot, text)
        await pilot.pause()
        assert isinstance(pilot.app.screen, ChoiceWindow)
        await press(pilot, way)
        composer = session_screen(pilot).composer
        kept = list((tmp_path / "s" / ".local").glob("pasted-*"))
        if way == "1":
            assert [path.read_text(encoding="utf-8") for path in kept] == [text]
            assert composer.text == f"(See .local/{kept[0].name})"
        else:
            assert not kept
            assert composer.text == (text if way == "2" else "")


async def test_no_single_line_field_is_used_anywhere(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        for keys in ((), ("ctrl+p",), ("escape", "f6")):
            await press(pilot, *keys) if keys else None
            assert not list(pilot.app.screen.query(Input))


async def test_digits_choose_only_while_nothing_is_typed(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 1, environment)
    async with running(session) as pilot:
        await press(pilot, "2")
        assert session.plan.answer(session.actions[-1].do[0].slot) == "public"
        await enter(pilot, "guests of 2026")
        assert session.plan.answer(session.actions[-1].do[0].slot) == "guests of 2026"


async def test_a_refused_answer_stays_where_it_was_typed(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await enter(pilot, "zebra")
        assert session_screen(pilot).composer.text == "zebra"
        assert len(session.actions) == 3


async def test_enter_too_early_does_not_settle_a_small_question(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 22, environment)
    async with running(session) as pilot:
        screen, watch = session_screen(pilot), pilot.app.clock  # type: ignore[attr-defined]
        assert isinstance(watch, Watch)
        await press(pilot, "f8")
        assert screen.now is not None
        asked = screen.now.asking
        assert asked is not None
        await press(pilot, "enter")
        assert screen.now.asking == asked, "meant for the question before"
        watch.time += GUARD + 0.1
        await press(pilot, "enter")
        assert screen.now.asking != asked


async def test_an_enter_typed_behind_a_digit_answers_nothing_more(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 1, environment)
    async with running(session) as pilot:
        screen, watch = session_screen(pilot), pilot.app.clock  # type: ignore[attr-defined]
        assert isinstance(watch, Watch)

        async def after_a_digit(*keys: str, seconds: float = 0.0) -> bool:
            """Tell whether an Enter some keys and seconds behind a digit has done anything."""
            await press(pilot, "2")
            first = screen.now
            assert first is not None
            assert str(first.slot) != "organisation.kind", "the digit has answered"
            notes = len(screen.conversation.turns)
            watch.time += seconds
            await press(pilot, *keys, "enter")
            now = screen.now
            assert now is not None
            said, moved = len(screen.conversation.turns) != notes, now.slot != first.slot
            await enter(pilot, "/jump organisation.kind")
            return said or moved

        assert not await after_a_digit()
        assert not await after_a_digit(seconds=SECONDS_FOR_ENTER)
        assert await after_a_digit(seconds=SECONDS_FOR_ENTER + 0.1), "the control: that Enter is meant"
        assert await after_a_digit("space", "backspace"), "the control: another key came in between"
        assert await after_a_digit("enter"), "the control: so is one that is pressed again"


async def test_an_enter_behind_a_digit_that_marks_hands_in(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 91, environment)
    async with running(session) as pilot:
        before = len(session.actions)
        await press(pilot, "1", "enter")
        assert len(session.actions) == before + 1


async def test_an_earlier_answer_is_selected_and_edited(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await press(pilot, "up", "h")
        assert "patients" in session_screen(pilot).conversation.turns[-2].text
        await press(pilot, "up", "d")
        assert session_screen(pilot).conversation.turns[-1].speaker == "note"
        await press(pilot, "up", "enter")
        assert session_screen(pilot).composer.text == "patients"
        session_screen(pilot).composer.fill("")
        await enter(pilot, "visitors")
        assert session_screen(pilot).now is not None
        assert "visitors" in {fact.value for fact in session.state.facts.values()}


async def test_a_command_is_completed_and_a_wrong_one_is_kept(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await paste(pilot, "/exa")
        await press(pilot, "tab")
        assert session_screen(pilot).composer.text == "/example "
        await press(pilot, "escape")
        assert session_screen(pilot).composer.text == ""
        await enter(pilot, "/nonsense")
        assert session_screen(pilot).composer.text == "/nonsense"


async def test_what_is_typed_behind_enter_belongs_to_the_next_line(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 6, environment)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, "/jump ambition")
        await enter(pilot, "/edit participants")
        for key in "Ann\nCook":
            await screen.composer.on_key(events.Key("enter" if key == "\n" else key, key))
            if key != "\n":
                screen.composer.take(key)
        await settled(pilot)
        assert session.actions[-1].do[1].value == "Ann"  # type: ignore[union-attr]
        assert screen.composer.text == "Cook"


async def test_a_cancelled_edit_gives_the_words_back(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 30, environment)
    before = len(session.actions)
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, "/edit organisation.year")
        screen.composer.fill("")
        await enter(pilot, "2035")
        assert screen.now is not None
        assert screen.now.asking is not None
        await enter(pilot, "c")
        assert screen.composer.text == "2035"
        assert len(session.actions) == before


async def test_a_slash_begins_a_command_also_where_the_answer_given_before_stands(
    tmp_path: Path, environment: Environment
) -> None:
    session = new_session(tmp_path / "s", environment)
    async with running(session) as pilot:
        composer = session_screen(pilot).composer
        await enter(pilot, "/jump segments")
        await enter(pilot, "Everyone")
        assert composer.text == "Everyone"  # the coach has a remark, and the answer can be worded anew
        await press(pilot, *"/keep we start wide".replace(" ", "_"))
        assert composer.text == "/keep_we_start_wide"
        composer.fill("/keep we start wide")
        await press(pilot, "enter")
        assert [str(kept.reason) for kept in session.plan.state.kept.values()] == ["we start wide"]


async def test_a_slash_in_an_answer_stays_one(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        await enter(pilot, "/jump segments")
        await enter(pilot, "Everyone")
        await press(pilot, "end", "!", "/")
        assert session_screen(pilot).composer.text == "Everyone!/"


async def test_an_answer_that_was_taken_does_not_come_back_after_a_small_question(
    tmp_path: Path, environment: Environment
) -> None:
    commands = read_sample("riverbend").commands
    links = next(at for at, told in enumerate(commands) if told.get("list") == "links")
    session = played(tmp_path / "s", links, environment)
    watch = Watch()
    async with running(app=CoachApp(session, clock=watch)) as pilot:
        for line in ("L1", "CM1", "who is coordinated comes back less"):
            await enter(pilot, line)
        await press(pilot, "2")
        await enter(pilot, "Fewer patients come back within a month")
        await enter(pilot, "6")
        assert "Does the room believe it?" in " ".join(frame(pilot).split())
        watch.time += GUARD + 0.1
        await press(pilot, "enter")
        assert "other link do you" in " ".join(frame(pilot).split())
        assert session_screen(pilot).composer.text == ""
        assert len(session.strategy().links) == 1


ROLES = ("Chief Executive", "Chief Nurse", "Head of Finance")


async def in_the_room(pilot: Pilot[int]) -> None:
    """Put some people in the room, and go to the owner of an objective."""
    screen = session_screen(pilot)
    assert screen.now is not None
    assert screen.now.prompt is not None
    screen.now = replace(screen.now, prompt=replace(screen.now.prompt, offers=ROLES))


@pytest.mark.parametrize(
    ("typed", "completed"),
    [
        ("head", "Head of Finance"),
        ("chief n", "Chief Nurse"),
        ("chief", "chief"),
        ("x", "x"),
        ("", ""),
    ],
)
async def test_tab_completes_an_offered_answer_that_is_the_only_one(
    tmp_path: Path, environment: Environment, typed: str, completed: str
) -> None:
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        await in_the_room(pilot)
        composer = session_screen(pilot).composer
        if typed:
            await paste(pilot, typed)
        await press(pilot, "tab")
        assert composer.text == completed
        assert composer.has_focus
        if completed != typed:
            await press(pilot, "ctrl+z")
            assert composer.text == typed


async def test_a_remark_on_a_link_is_in_view_on_a_small_screen(
    tmp_path: Path, environment: Environment
) -> None:
    commands = read_sample("riverbend").commands
    links = next(at for at, told in enumerate(commands) if told.get("list") == "links")
    session = played(tmp_path / "s", links, environment)
    async with running(session, size=(80, 24)) as pilot:
        await enter(pilot, "F3 > I2 because money buys beds")
        assert "a result makes that possible" in frame(pilot)
        await press(pilot, "down")
        assert "a result makes that possible" not in frame(pilot), "now the choice is what one looks at"
