"""What was typed is safe: it outlives leaving the question, a command, a dialog, undo, Escape and a crash."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from textual.pilot import Pilot

from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.input_modes import GUARD
from bsc_coach.tui.screens.menu import MenuScreen
from bsc_coach.tui.session.controller import SessionController
from tests.support.app import (
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
from tests.tui.test_saving import SlowDisk, on


async def test_a_refused_line_comes_back_selected_after_leaving_the_question(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "zebra")
        await press(pilot, "ctrl+n")
        assert box(pilot) == ""
        await press(pilot, "ctrl+o")
        assert box(pilot) == "zebra"
        await by_keys(pilot, "2031")
        assert box(pilot) == "2031"


@pytest.mark.parametrize("command", ["/why", "/nonsense"])
async def test_a_refused_line_outlives_a_command_typed_over_it(
    tmp_path: Path, environment: Environment, command: str
) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        await enter(pilot, "zebra")
        await by_keys(pilot, command)
        assert box(pilot) == command
        await press(pilot, "enter")
        if command == "/nonsense":
            await press(pilot, "escape")
        assert box(pilot) == "zebra"
        await by_keys(pilot, "2031")
        assert box(pilot) == "2031"


async def test_half_typed_text_outlives_a_command_before_it_was_kept(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        await by_keys(pilot, "We")
        session_screen(pilot).composer.select_all()
        await by_keys(pilot, "/why")
        await press(pilot, "enter")
        assert box(pilot) == "We"


def crashed(folder: Path) -> None:
    """Make what is written from here on the last thing that gets to the disk."""
    kept = (folder / ".local" / "drafts.jsonl").read_bytes()
    (folder / ".local" / "kept").write_bytes(kept)


async def reopened(folder: Path) -> tuple[str, list[str]]:
    """Open a session as a crash left it; return the line and what is said."""
    (folder / ".local" / "drafts.jsonl").write_bytes((folder / ".local" / "kept").read_bytes())
    (folder / ".local" / "cursor.json").unlink(missing_ok=True)
    async with running(open_session(folder, same_environment())) as pilot:
        return box(pilot), [turn.text for turn in session_screen(pilot).conversation.turns]


@pytest.mark.parametrize(
    ("count", "lines", "line"),
    [(3, ("zebra",), "zebra"), (30, ("/edit organisation.year", "2035"), "2035")],
    ids=["refused", "set aside"],
)
async def test_a_line_that_was_not_taken_is_there_after_a_crash(
    tmp_path: Path, count: int, lines: tuple[str, ...], line: str
) -> None:
    folder = tmp_path / "s"
    async with running(played(folder, count, same_environment())) as pilot:
        for one in lines:
            await enter(pilot, one)
        crashed(folder)
    assert (await reopened(folder))[0] == line


@pytest.mark.parametrize("line", ["zebra", "dont know"])
async def test_what_is_typed_after_a_crash_takes_the_place_of_a_line_that_was_not_taken(
    tmp_path: Path, line: str
) -> None:
    """As it would have without the crash; a half-typed answer is typed on (test_replacing)."""
    folder = tmp_path / "s"
    async with running(played(folder, 3, same_environment())) as pilot:
        await enter(pilot, line)
        crashed(folder)
    assert (await reopened(folder))[0] == line
    async with running(open_session(folder, same_environment())) as pilot:
        await press(pilot, *"2031")
        assert box(pilot) == "2031"


async def test_what_was_typed_to_a_small_question_is_told_after_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "s"
    async with running(played(folder, 22, same_environment())) as pilot:
        await press(pilot, "f8")
        await paste(pilot, "Nobody has the numbers of last year yet")
        await settled(pilot)
        crashed(folder)
        await press(pilot, "enter")
        assert b"Nobody has" in (folder / ".local" / "kept").read_bytes()
    line, said = await reopened(folder)
    assert line == ""
    assert any("Nobody has the numbers of last year yet" in text for text in said)


async def test_what_was_answered_to_a_small_question_is_not_told_again(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    async with running(played(folder, 22, same_environment())) as pilot:
        await press(pilot, "f8")
        await enter(pilot, "Nobody has the numbers of last year yet")
        await enter(pilot, "Ann")
        await enter(pilot, "2027-02")
        crashed(folder)
    said = (await reopened(folder))[1]
    assert not [text for text in said if "half typed" in text]


async def test_what_is_typed_while_an_answer_is_written_is_a_draft_too(tmp_path: Path) -> None:
    disk = SlowDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        disk.free.clear()
        await paste(pilot, "2030")
        await pilot.press("enter")
        await paste(pilot, "People grow old at home.")
        disk.free.set()
        await settled(pilot)
        assert session.drafts.get("organisation.ambition") == "People grow old at home."


async def test_what_is_decided_in_a_dialog_while_an_answer_is_written_is_done(tmp_path: Path) -> None:
    disk = SlowDisk()
    session = played(tmp_path / "s", 5, on(disk))
    session.write_strategy()
    session.close()
    path = tmp_path / "s" / "strategy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("patients", "residents"), encoding="utf-8")
    session = open_session(tmp_path / "s", on(disk))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        disk.free.clear()
        screen.submit("We listen before we act.")
        await pilot.press("1")
        disk.free.set()
        await settled(pilot)
        said = {fact.value for fact in session.state.facts.values()}
        assert {"We listen before we act.", "residents"} <= said


async def test_a_part_picked_from_the_agenda_while_an_answer_is_written_is_gone_to(tmp_path: Path) -> None:
    disk = SlowDisk()
    session = played(tmp_path / "s", 5, on(disk))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        await press(pilot, "f5", "down")
        disk.free.clear()
        screen.submit("We listen before we act.")
        await pilot.press("enter")
        disk.free.set()
        await settled(pilot)
        assert "We listen before we act." in {fact.value for fact in session.state.facts.values()}
        assert screen.now is not None
        assert screen.now.headline.section == "Segments"


async def test_redo_shows_the_answer_that_it_restored(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 4, environment)
    async with running(session) as pilot:
        await enter(pilot, "People grow old at home.")
        await press(pilot, "ctrl+t")
        assert box(pilot) == "People grow old at home."
        await press(pilot, "alt+t")
        screen = session_screen(pilot)
        assert screen.now is not None
        assert screen.now.prompt is not None
        assert box(pilot) == screen.now.prompt.answer == "People grow old at home."
        await press(pilot, "enter")
        assert screen.now.prompt.answer != "People grow old at home.", "Enter goes on"
        assert "People grow old at home." in {fact.value for fact in session.state.facts.values()}


async def test_redo_leaves_alone_what_is_being_typed(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 4, environment)) as pilot:
        await enter(pilot, "People grow old at home.")
        await press(pilot, "ctrl+t")
        await by_keys(pilot, "Nobody")
        await press(pilot, "alt+t")
        assert box(pilot) == "Nobody"


async def test_a_small_question_shows_the_answer_that_waits_for_it(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 30, environment)) as pilot:
        await enter(pilot, "/edit organisation.year")
        assert "› 2035" not in frame(pilot)
        await enter(pilot, "2035")
        assert "› 2035" in frame(pilot)
        await enter(pilot, "y")
        assert "› 2035" not in frame(pilot)


async def test_a_digit_after_leaving_a_choice_as_it_was_chooses(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 30, environment)
    async with running(session) as pilot:
        screen, watch = session_screen(pilot), pilot.app.clock  # type: ignore[attr-defined]
        assert isinstance(watch, Watch)
        await enter(pilot, "/edit proposition.type")
        for _ in range(2):
            await press(pilot, "1")
            assert screen.now is not None
            assert screen.now.asking is not None
            watch.time += GUARD + 0.1
            await enter(pilot, "c")
            assert screen.now.asking is None
            assert box(pilot) == ""


@pytest.mark.parametrize("typed", ["2031", "half an answer"])
async def test_escape_clears_what_is_typed_and_opens_the_menu_from_an_empty_line(
    tmp_path: Path, environment: Environment, typed: str
) -> None:
    session = played(tmp_path / "s", 3, environment)
    async with running(session) as pilot:
        await by_keys(pilot, typed)
        await press(pilot, "escape")
        assert box(pilot) == ""
        assert "Ctrl+Z brings it back" in frame(pilot)
        await press(pilot, "ctrl+z")
        assert box(pilot)
        await press(pilot, "ctrl+u", "escape")
        assert isinstance(pilot.app.screen, MenuScreen)
        await press(pilot, "escape", *"2031", "enter")
        assert last_value(session) == 2031


async def test_digits_choose_again_once_escape_has_cleared_a_refused_line(
    tmp_path: Path, environment: Environment
) -> None:
    session = played(tmp_path / "s", 1, environment)
    async with running(session) as pilot:
        await enter(pilot, "zebra")
        await press(pilot, "escape", "2")
        assert last_value(session) == "public"


async def test_escape_leaves_the_list_it_is_in(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 8, environment)) as pilot:
        screen = session_screen(pilot)
        await enter(pilot, "/jump participants")
        await press(pilot, "up")
        assert screen.line.mode is not None
        assert screen.line.mode.chosen is not None
        await press(pilot, "escape")
        assert screen.line.mode.chosen is None
        assert pilot.app.screen is screen


async def test_a_key_of_the_session_acts_from_the_menu_too(tmp_path: Path, environment: Environment) -> None:
    async with running(played(tmp_path / "s", 3, environment)) as pilot:
        screen = session_screen(pilot)
        await press(pilot, "escape")
        assert isinstance(pilot.app.screen, MenuScreen)
        await press(pilot, "f4")
        assert pilot.app.screen is screen
        assert screen.panel.showing == "findings"


async def test_without_keeping_drafts_a_crash_does_lose_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SessionController, "put_draft", lambda self: None)
    folder = tmp_path / "s"
    async with running(played(folder, 3, same_environment())) as pilot:
        await enter(pilot, "zebra")
        drafts = folder / ".local" / "drafts.jsonl"
        kept = drafts.read_bytes() if drafts.exists() else b""
    assert b"zebra" not in kept, "if this fails, the tests above prove nothing"


# What stands in the composer, and the screen has not heard of yet


def half_typed_in_this_moment(pilot: Pilot[None]) -> None:
    """Have text stand in the composer; the message of it waits in the line."""
    session_screen(pilot).composer.insert("Nobody goes ho")


async def test_what_was_typed_in_the_last_moment_before_a_signal_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    app = CoachApp(played(folder, 5, same_environment()))
    async with app.run_test() as pilot:
        await settled(pilot)
        half_typed_in_this_moment(pilot)
        app.asked_to_end(143)
    app.end_session()
    with closing(open_session(folder, same_environment())) as again:
        assert again.drafts.get("organisation.values") == "Nobody goes ho"


async def test_what_was_typed_in_the_last_moment_before_leaving_is_kept(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    async with running(played(folder, 5, same_environment())) as pilot:
        half_typed_in_this_moment(pilot)
        await pilot.app.run_action("quit")
    with closing(open_session(folder, same_environment())) as again:
        assert again.drafts.get("organisation.values") == "Nobody goes ho"


async def test_what_was_typed_in_the_last_moment_before_a_key_that_goes_on_is_kept(
    tmp_path: Path, environment: Environment
) -> None:
    async with running(played(tmp_path / "s", 5, environment)) as pilot:
        half_typed_in_this_moment(pilot)
        await press(pilot, "ctrl+n")
        assert box(pilot) == ""
        await press(pilot, "ctrl+o")
        assert box(pilot) == "Nobody goes ho"
