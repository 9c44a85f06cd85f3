"""Leaving a session: the files are written, the place is remembered, and nothing is lost in silence."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.transcript import turns_of
from bsc_coach.errors import FolderError
from bsc_coach.session.session import Session
from bsc_coach.tui.screens.dialogs import ChoiceWindow, LineWindow, Way
from bsc_coach.tui.session.controller import write_files
from bsc_coach.tui.words import ui
from bsc_coach.words import say_error

if TYPE_CHECKING:
    from bsc_coach.tui.session.screen import SessionScreen


async def leave(screen: SessionScreen) -> None:
    """Leave when everything is on the disk; else ask where it should go."""
    screen.errands.flush_draft()

    def job(talk: Talk) -> int:
        talk.session.journal.retry()
        return talk.session.journal.unsaved

    unsaved = await screen.keeper.do(job)
    if unsaved:
        _ask(screen, unsaved)
    else:
        screen.left("")


def finish(talk: Talk, *, hold_files: bool = False) -> None:
    """Write what is to be written at the end, and give the session back."""
    if not hold_files:
        write_files(talk.session)
    talk.remember()
    talk.session.close()


def _ask(screen: SessionScreen, unsaved: int) -> None:
    language = screen.language
    ways = [Way(name, ui(f"leaving.{name}", language)) for name in ("again", "elsewhere", "print", "stay")]

    def chosen(way: str | None) -> None:
        if way == "again":
            screen.run(leave(screen))
        elif way == "elsewhere":
            _ask_folder(screen)
        elif way == "print":
            screen.run(_print(screen))

    screen.app.push_screen(ChoiceWindow(ui("leaving.question", language, n=unsaved), ways), chosen)


def _ask_folder(screen: SessionScreen, *, fault: str = "") -> None:
    def typed(path: str | None) -> None:
        if path and path.strip():
            screen.run(_move(screen, Path(path.strip()).expanduser()))

    window = LineWindow(ui("leaving.folder", screen.language), text=str(Path.home()), explanation=fault)
    screen.app.push_screen(window, typed)


async def _move(screen: SessionScreen, folder: Path) -> None:
    def job(talk: Talk) -> str | None:
        try:
            if talk.session.move_to(folder):
                return None
        except FolderError as error:
            return say_error(error, talk.language)
        except OSError as error:
            return error.strerror or error.__class__.__name__
        return ui("leaving.not_there", talk.language)

    fault = await screen.keeper.do(job)
    if fault is None:
        screen.left("")
    else:
        _ask_folder(screen, fault=fault)


async def _print(screen: SessionScreen) -> None:
    """Leave, and have what is not saved printed once the screen is gone; also offer it to the clipboard."""
    text = await screen.keeper.do(lambda talk: unsaved_text(talk.session))
    screen.app.copy_to_clipboard(text)
    screen.left(text)


def unsaved_text(session: Session) -> str:
    """Return what was said but is not on the disk, in words."""
    lines = []
    for action in session.actions[len(session.actions) - session.journal.unsaved :]:
        lines += [turn.text for turn in turns_of(session.plan, action)]
    return "\n".join(lines)
