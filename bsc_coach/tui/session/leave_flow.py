"""Closing a session from the app: files are written, the place is remembered, nothing is lost in silence."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.unsaved import WAYS, left_unsaved, save_elsewhere, unsaved_lines, way_said
from bsc_coach.tui.session.controller import TypedDraft, write_files
from bsc_coach.tui.session.host import SessionHost
from bsc_coach.words import say


async def leave(host: SessionHost) -> None:
    """Leave when everything is on the disk; else ask where it should go."""
    host.controller.flush_draft()

    unsaved = await host.worker.do(lambda talk: left_unsaved(talk.session))
    if unsaved:
        _ask(host, unsaved)
    else:
        await _left(host, "")


def finish(talk: Talk, *, hold_files: bool = False) -> str:
    """Write what is to be written at the end, and give the session back; return what is on no disk."""
    if not hold_files:
        write_files(talk.session)
    talk.remember()
    talk.session.close()
    return "\n".join(unsaved_lines(talk.session))


def give_back(host: SessionHost, typed: TypedDraft | None) -> None:
    """Give the session back from another thread than the screen's, which may have stopped for good.

    What is being typed comes first: it needs nobody else.
    """
    host.controller.keep_last(typed)
    host.worker.end(lambda talk: finish(talk, hold_files=host.controller.hold_files))


def _ask(host: SessionHost, unsaved: int) -> None:
    from bsc_coach.tui.screens.dialogs import ChoiceWindow, Way

    language = host.language
    ways = [Way(way, way_said(way, language)) for way in WAYS]

    def chosen(way: str | None) -> None:
        if way == "again":
            host.run(leave(host))
        elif way == "elsewhere":
            _ask_folder(host)
        elif way == "print":
            host.run(_print(host))

    host.push(ChoiceWindow(say("talk.leaving.question", language, n=unsaved), ways), chosen)


def _ask_folder(host: SessionHost, *, fault: str = "") -> None:
    from bsc_coach.tui.screens.dialogs import LineWindow

    def typed(path: str | None) -> None:
        if path and path.strip():
            host.run(_move(host, path))

    window = LineWindow(say("talk.leaving.folder", host.language), text=str(Path.home()), explanation=fault)
    host.push(window, typed)


async def _move(host: SessionHost, folder: str) -> None:
    fault = await host.worker.do(lambda talk: save_elsewhere(talk.session, folder))
    if fault is None:
        await _left(host, "")
    else:
        _ask_folder(host, fault=fault)


async def _print(host: SessionHost) -> None:
    """Leave, and have what is not saved printed once the screen is gone; also offer it to the clipboard."""
    text = await host.worker.do(lambda talk: "\n".join(unsaved_lines(talk.session)))
    host.app.copy_to_clipboard(text)
    await _left(host, text)


async def _left(host: SessionHost, words: str) -> None:
    """Leave with these words; phones are told first that it is over."""
    if host.controller.room is not None:
        from bsc_coach.tui.session.room_flow import close_room

        await close_room(host)
    host.left(words)
