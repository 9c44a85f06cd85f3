"""The interface of the session screen to its flows, commands and keys: none of them imports the screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from textual.app import App
from textual.screen import Screen

from bsc_coach.script.slots import Slot
from bsc_coach.tui.session.columns import ScreenColumns
from bsc_coach.tui.session.controller import ControllerHost, SessionController
from bsc_coach.tui.view_model import Snapshot
from bsc_coach.tui.widgets.agenda import AgendaView
from bsc_coach.tui.widgets.bars import HeadingLine
from bsc_coach.tui.widgets.composer import Composer
from bsc_coach.tui.widgets.conversation import Conversation
from bsc_coach.tui.widgets.panel import Panel
from bsc_coach.tui.worker import SessionWorker

Result = TypeVar("Result")


class Walls(Protocol):
    """What goes on beside the talk, as commands see it."""

    def toggle(self) -> None:
        """Show the wall for the room in place of the console, or the console again."""

    def fetch_console(self) -> None:
        """Have the console made anew if it can be seen."""


class SessionHost(ControllerHost, Protocol):
    """The session screen as flows, commands and keys see it.

    ``screen`` imports all of them; they import this, and this imports only what stands below them.
    """

    worker: SessionWorker
    controller: SessionController
    now: Snapshot | None
    """Where the talk stands; None before the first picture."""
    heading: HeadingLine
    composer: Composer
    conversation: Conversation
    panel: Panel
    agenda: AgendaView
    columns: ScreenColumns

    @property
    def walls(self) -> Walls:
        """The wall for the room, and the driver's console."""

    left: Callable[[str], None]
    """Called when the session is left, with the words that are to be printed then."""

    @property
    def language(self) -> str:
        """The language of the talk."""

    @property
    def app(self) -> App[object]:
        """The app, for its theme and the clipboard."""

    def push(self, page: Screen[Result], closed: Callable[[Result | None], None] | None = None) -> None:
        """Show a page or a dialog over the session; ``closed`` gets its result."""

    def say(self, key: str, **values: object) -> None:
        """Put a note of the program into the conversation."""

    def tell(self, sentence: str) -> None:
        """Put a sentence into the conversation as a note of the program."""

    def submit(self, line: str) -> None:
        """Hand in a line."""

    def work_on(self, slot: Slot | None, *, page: str = "") -> None:
        """Go to a slot that was picked on another screen, and come back after it, to ``page`` if named."""

    def show_question(self) -> None:
        """Draw the open question, with what is highlighted and marked."""

    def show_hints(self) -> None:
        """Show the keys that act now."""

    def close_sides(self) -> bool:
        """Give the screen back to the conversation; tell whether something was in front of it."""

    def fetch_document(self) -> None:
        """Have the document made if it can be seen."""

    def redraw_all(self) -> None:
        """Draw everything anew, because the colours have changed."""

    def has_class(self, *names: str) -> bool:
        """Tell whether the screen has these style classes ("narrow", "short", "panel-over", …)."""
