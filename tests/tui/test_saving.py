"""Saved means on the disk: what is shown while the disk is slow, full, or never answers again."""

from __future__ import annotations

import errno
import os
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.log import action_body
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.screens.dialogs import ChoiceWindow, LineWindow
from bsc_coach.tui.session.controller import SessionController, write_files
from tests.support.app import enter, frame, paste, press, running, session_screen, settled
from tests.support.clock import Clock
from tests.support.journals import append_action
from tests.support.sessions import new_session, played, same_environment
from tests.support.waiting import until


class FullDisk(Disk):
    """A disk on which nothing can be written any more, as long as ``full`` is set."""

    full = False

    def below(self, folder: Path) -> FullDisk:
        self.root = folder
        return self

    def fsync(self, fd: int) -> None:
        if self.full:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        super().fsync(fd)


class SlowDisk(Disk):
    """A disk that takes as long as a test wants."""

    def __init__(self) -> None:
        super().__init__()
        self.free = threading.Event()
        self.free.set()

    def fsync(self, fd: int) -> None:
        self.free.wait(30)
        super().fsync(fd)


def on(disk: Disk) -> Environment:
    same = same_environment()
    return Environment(clock=same.clock, ids=same.ids, by=same.by, writer=same.writer, disk=disk)


async def test_a_full_disk_is_told_and_nothing_is_lost(tmp_path: Path) -> None:
    disk = FullDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        disk.full = True
        await enter(pilot, "2030")
        shown = " ".join(frame(pilot).split())
        assert "NOT SAVED: 1 answer" in shown
        assert "the disk is full, 1 answer is in memory only" in shown
        assert session.journal.unsaved == 1
        disk.full = False
        session_screen(pilot).controller._retry()
        await settled(pilot)
        assert "NOT SAVED" not in " ".join(frame(pilot).split("│ Coach")[0].split())
        assert session.journal.unsaved == 0
    assert len(open_session(tmp_path / "s", same_environment(), read_only=True).actions) == 4


async def test_trouble_is_tried_again_by_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.tui.session.controller.RETRY_SECONDS", 0.2)
    disk = FullDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        disk.full = True
        await enter(pilot, "2030")
        disk.full = False
        await until(lambda: not session.journal.unsaved)
        assert session.journal.unsaved == 0


@pytest.mark.parametrize("way", ["again", "elsewhere", "print", "stay"])
async def test_leaving_with_unsaved_answers_offers_ways_out(tmp_path: Path, way: str) -> None:
    disk = FullDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        app = pilot.app
        disk.full = True
        await enter(pilot, "2030")
        await press(pilot, "ctrl+q")
        assert isinstance(app.screen, ChoiceWindow)
        assert "1 answer is NOT SAVED" in frame(pilot)
        if way in ("again", "elsewhere"):
            disk.full = False
        await press(pilot, {"again": "1", "elsewhere": "2", "print": "3", "stay": "4"}[way])
        if way == "elsewhere":
            assert isinstance(app.screen, LineWindow)
            line = app.screen.query_one("#line")
            line.fill(str(tmp_path / "usb"))  # type: ignore[attr-defined]
            await press(pilot, "enter")
            await settled(pilot)
            assert (tmp_path / "usb" / "journal.jsonl").is_file()
        assert app._exit is (way != "stay")
        assert app.last_words == ("2030" if way == "print" else "") or "2030" in app.last_words  # type: ignore[attr-defined]
        assert bool(app.last_words) is (way == "print")  # type: ignore[attr-defined]


def test_what_is_said_of_files_that_cannot_be_written_depends_on_the_answers(tmp_path: Path) -> None:
    disk = FullDisk()
    session = played(tmp_path / "s", 3, on(disk))
    (tmp_path / "s" / "strategy.md").mkdir()
    told = write_files(session).fault or ""
    assert f"{tmp_path / 's' / 'strategy.md'} is a folder" in told
    assert "Every answer is on the disk" in told
    disk.full = True
    session.do(Accept(Slot(StepId("organisation.year")), 2030))
    told = write_files(session).fault or ""
    assert "NOT SAVED: the disk is full, 1 answer is in memory only" in told
    assert "on the disk" not in told


async def test_elsewhere_goes_on_in_another_folder(tmp_path: Path) -> None:
    disk = FullDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        disk.full = True
        await enter(pilot, "2030")
        disk.full = False
        await enter(pilot, f"/elsewhere {tmp_path / 'usb'}")
        assert "Everything is saved in" in " ".join(frame(pilot).split())
        await enter(pilot, "People grow old at home.")
        await press(pilot, "ctrl+q")
    assert len(open_session(tmp_path / "usb", same_environment(), read_only=True).actions) == 5


async def test_while_the_disk_is_slow_typing_goes_on_and_saving_is_shown(tmp_path: Path) -> None:
    disk = SlowDisk()
    session = played(tmp_path / "s", 3, on(disk))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        disk.free.clear()
        try:
            await paste(pilot, "2030")
            await pilot.press("enter")
            await until(lambda: "saving…" in frame(pilot))
            shown = frame(pilot)
            assert "› 2030" in shown
            assert "Team   2030" not in shown, "not shown as said before it is on the disk"
            await paste(pilot, "People grow old at home.")
            assert "People grow old at home." in frame(pilot)
        finally:
            disk.free.set()
        await settled(pilot)
        assert "Team   2030" in frame(pilot)
        assert "saving…" not in frame(pilot)
        assert screen.composer.text == "People grow old at home."


async def test_lines_typed_meanwhile_are_handed_in_where_text_is_asked_else_given_back(
    tmp_path: Path,
) -> None:
    disk = SlowDisk()
    session = played(tmp_path / "s", 2, on(disk))
    async with running(session) as pilot:
        screen = session_screen(pilot)
        disk.free.clear()
        screen.submit("patients")
        screen.submit("2030 or so")  # next comes a number: this is no answer to be given blindly
        screen.submit("and a third")
        disk.free.set()
        for _ in range(3):
            await settled(pilot)
        assert screen.composer.text == "2030 or so\nand a third"
        assert len(session.actions) == 3


async def test_a_draft_is_there_after_a_crash(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bsc_coach.tui.session.controller.DRAFT_SECONDS", 0.01)
    session = played(tmp_path / "s", 5, same_environment())
    async with running(session) as pilot:
        await paste(pilot, "Nobody goes ho")
        kept = tmp_path / "s" / ".local" / "drafts.jsonl"
        await until(lambda: kept.exists() and kept.read_bytes().endswith(b"\n"))
        copy = kept.read_bytes()
        assert b"Nobody goes ho" in copy
        session.drafts.close()
    monkeypatch.setattr(SessionController, "put_draft", lambda self: None)
    again = open_session(tmp_path / "s", same_environment())
    async with running(again) as pilot:
        assert session_screen(pilot).composer.text == "Nobody goes ho"


async def test_twenty_characters_do_not_wait_for_the_clock(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 5, environment)
    async with running(session) as pilot:
        await paste(pilot, "Nobody goes home without a name to call.")
        await settled(pilot)
        assert session.drafts.get("organisation.values") == "Nobody goes home without a name to call."
        await press(pilot, "enter")
        assert session.drafts.slots() == ()


async def test_leaving_writes_the_files_and_the_place(tmp_path: Path, environment: Environment) -> None:
    session = played(tmp_path / "s", 4, environment)
    async with running(session) as pilot:
        await press(pilot, "ctrl+o")
        await press(pilot, "ctrl+q")
    assert (tmp_path / "s" / "strategy.toml").is_file()
    assert (tmp_path / "s" / "strategy.md").is_file()
    again = open_session(tmp_path / "s", same_environment())
    assert not again.messages
    again.close()


@pytest.mark.parametrize("way", ["1", "2", "3"])
async def test_an_edited_strategy_file_is_shown_and_decided_about(
    tmp_path: Path, environment: Environment, way: str
) -> None:
    session = played(tmp_path / "s", 5, environment)
    session.write_strategy()
    session.close()
    path = tmp_path / "s" / "strategy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("patients", "residents"), encoding="utf-8")
    session = open_session(tmp_path / "s", same_environment())
    async with running(session) as pilot:
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChoiceWindow)
        assert "residents" in frame(pilot)
        await press(pilot, way)
        said = {fact.value for fact in session.state.facts.values()}
        assert ("residents" in said) is (way == "1")
    kept = list((tmp_path / "s").rglob("*strategy*toml*"))
    assert ("residents" in path.read_text(encoding="utf-8")) is (way in ("1", "3"))
    assert any("residents" in one.read_text(encoding="utf-8") for one in kept)


@pytest.mark.parametrize("way", ["1", "2", "3"])
async def test_a_faulty_strategy_file_stays_and_its_good_edits_can_be_taken(
    tmp_path: Path, environment: Environment, way: str
) -> None:
    session = played(tmp_path / "s", 5, environment)
    session.write_strategy()
    session.close()
    path = tmp_path / "s" / "strategy.toml"
    edited = path.read_text(encoding="utf-8").replace("patients", "residents")
    edited = edited.replace("horizon_year = 2030", "horizon_yaer = 2030")
    path.write_text(edited, encoding="utf-8")
    line = edited.split("\n").index("horizon_yaer = 2030") + 1
    session = open_session(tmp_path / "s", same_environment())
    async with running(session) as pilot:
        await settled(pilot)
        assert isinstance(pilot.app.screen, ChoiceWindow)
        told = " ".join(frame(pilot).split())
        assert f"line {line}, organisation.horizon_yaer" in told
        assert "horizon_year" in told
        assert "residents" in told
        await press(pilot, way)
        said = {fact.value for fact in session.state.facts.values()}
        assert ("residents" in said) is (way == "1")
        assert 2030 in said  # the line with the fault changes nothing
        if way == "1":
            await press(pilot, "ctrl+s", "enter")
            assert "strategy.toml stays as it is" in " ".join(frame(pilot).split())
    assert (path.read_text(encoding="utf-8") == edited) is (way in ("1", "3"))


async def test_a_session_for_reading_only_is_a_viewer(tmp_path: Path, environment: Environment) -> None:
    played(tmp_path / "s", 5, environment).close()
    before = (tmp_path / "s" / "journal.jsonl").read_bytes()
    session = open_session(tmp_path / "s", same_environment(), read_only=True)
    async with running(session) as pilot:
        assert "reading only" in frame(pilot)
        await enter(pilot, "Something new")
        assert session_screen(pilot).composer.text == "Something new"
        await press(pilot, "f6")
        assert "patients" in frame(pilot)
    assert (tmp_path / "s" / "journal.jsonl").read_bytes() == before


async def test_a_session_of_a_later_version_is_a_viewer_and_says_so(
    tmp_path: Path, environment: Environment
) -> None:
    played(tmp_path / "s", 5, environment).close()
    append_action(tmp_path / "s", {"t": "sung", "song": "la"}, needs="0.7")
    before = (tmp_path / "s" / "journal.jsonl").read_bytes()
    async with running(open_session(tmp_path / "s", same_environment())) as pilot:
        assert "reading only" in frame(pilot)
        assert "0.7 or later" in frame(pilot)
        await enter(pilot, "Something new")
        assert session_screen(pilot).composer.text == "Something new"
        await press(pilot, "f6")
        assert "patients" in frame(pilot)
    assert (tmp_path / "s" / "journal.jsonl").read_bytes() == before


async def test_what_is_typed_in_the_app_is_what_the_talk_would_have_written(tmp_path: Path) -> None:
    """Each line a minute after the one before: the app may look at the clock oftener than the talk."""
    lines = ["Acme", "1", "guests", "2030", "A table for everyone who comes by", "", "Ann", "Cook", "1"]
    minute = timedelta(minutes=1)
    clock = Clock(seconds=0)
    typed = new_session(tmp_path / "app", replace(same_environment(), clock=clock))
    async with running(typed) as pilot:
        for line in lines:
            clock.now += minute
            await enter(pilot, line)
    clock = Clock(seconds=0)
    talked = new_session(tmp_path / "talk", replace(same_environment(), clock=clock))
    talk = start_talk(talked)
    talk.resume()
    for line in lines:
        talk.prompt()  # as both front ends do: a question is shown before it is answered
        clock.now += minute
        submit(talk, line)
    assert [(one.at, action_body(one)) for one in typed.actions] == [
        (one.at, action_body(one)) for one in talked.actions
    ]
    talked.close()
