"""The Textual app: wires screens, themes and the worker threads together, and decides nothing."""

from __future__ import annotations

import asyncio
import errno
import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, ClassVar

from textual.app import App
from textual.binding import Binding, BindingType
from textual.driver import Driver
from textual.filter import LineFilter
from textual.screen import Screen
from textual.worker import WorkerFailed

from bsc_coach.conversation.commands.clock import ask_for_time
from bsc_coach.conversation.commands.plenary import offer_plenary
from bsc_coach.conversation.submit import start_homework, start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.errors import EXIT_FAULT
from bsc_coach.script.source import ScriptSource
from bsc_coach.session import gc_tuning
from bsc_coach.session.environment import Environment
from bsc_coach.session.last_handler import last_handler
from bsc_coach.session.session import Session
from bsc_coach.text import clean
from bsc_coach.tui import themes
from bsc_coach.tui.actions import BY_NAME
from bsc_coach.tui.bounded_input import bounded
from bsc_coach.tui.pastes import use_paste_parser
from bsc_coach.tui.safe_output import SafeLines
from bsc_coach.tui.session.leave_flow import finish, give_back, leave
from bsc_coach.tui.session.screen import SessionScreen
from bsc_coach.tui.view_model import opening_of
from bsc_coach.tui.watchdog import Watchdog
from bsc_coach.tui.words import ui
from bsc_coach.tui.worker import SessionWorker
from bsc_coach.words import spoken

SHORTEST_TURN = 0.0005
"""Seconds after which a thread lets another one run; Python's own 5 ms would be felt in each key."""


class CoachApp(App[int]):
    """Textual app of one session, or the sessions of a folder to choose from."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(BY_NAME["wall"].keys, "wall", id="wall", show=False, priority=True)
    ]
    TITLE = "BSC Coach"

    def __init__(
        self,
        session: Session | None = None,
        *,
        new: bool = False,
        script: ScriptSource | None = None,
        homework: str | None = None,
        folder: Path | None = None,
        theme: str | None = None,
        environment: Environment | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        # What is shown, and what it is shown with.
        self.clock = clock
        self.folder = folder or Path.cwd()
        self.environment = environment or Environment()
        # What it says when it ends.
        self.last_words = ""
        """Printed once the screen is gone: what could not be saved, or that a fault has ended it."""
        self.fault: BaseException | None = None
        """The first fault of the program that was met; it ends the app."""
        self._fault_is_told = False
        self.goodbye = ""
        """Printed where there are no last words: that everything is saved, and how to come back."""
        # The session that is open.
        self.worker: SessionWorker | None = None
        self._session = session
        self._new = new
        """Whether ``session`` was made just now, and nobody said yet how long there is."""
        self._script = script
        self._homework = homework
        self._safe = SafeLines()
        self._screen_of_session: SessionScreen | None = None
        self._session_folder = ""
        self._to_be_given_back: SessionScreen | None = None
        """The screen of the session that was opened last, for whoever ends the app from outside."""
        self._loop_of_screen: asyncio.AbstractEventLoop | None = None
        self.writer_has_failed = False
        """Whether the thread that paints has ended by a fault: nothing reaches the terminal any more."""
        self._language = spoken()
        for known in themes.THEMES:
            self.register_theme(known)
        self.theme = theme if theme in themes.NAMES else themes.DEFAULT
        self.animation_level = "none"

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Give the style sheets our colours under any theme."""
        return themes.THEMES[0].variables

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Let no line reach the terminal with a character that it may act on."""
        return [*super().get_line_filters(), self._safe]

    def on_mount(self) -> None:
        """Open the list of sessions if none was asked for, and be ready to be ended from outside."""
        self._loop_of_screen = asyncio.get_running_loop()
        asyncio.get_running_loop().set_exception_handler(self._fault_in_loop)
        self.call_after_refresh(gc_tuning.go_on)
        if self._session is None:
            self.push_screen(self.first_page())

    def first_page(self) -> Screen[Any]:
        """Return what is shown where no session was asked for: the list of those in a folder."""
        from bsc_coach.tui.screens.home import HomePage

        return HomePage(self.folder, self.environment, self.open_session)

    def get_driver_class(self) -> type[Driver]:
        """Return the driver of this platform, reading pastes as pastes, and no more than is taken up."""
        driver = super().get_driver_class()
        use_paste_parser(driver)
        return bounded(driver)

    def get_default_screen(self) -> Screen[Any]:
        """Begin with the session that was asked for, and with no empty screen before it."""
        if self._session is None:
            return super().get_default_screen()
        screen = self._screen_for(self._session, new=self._new)
        self._load_screen_css(screen)
        return screen

    def open_session(self, session: Session, new: bool = False) -> None:
        """Show a session; a new one begins with a welcome and the question how long there is.

        Whatever was answered where it was made.
        """
        self.push_screen(self._screen_for(session, new=new))

    def _screen_for(self, session: Session, *, new: bool = False) -> SessionScreen:
        messages = list(session.messages)
        if self._homework is None:
            talk = start_talk(session)
            talk.resume()
        else:
            talk = start_homework(session, self._homework)
            messages += _homework_messages(talk)
        if new:
            ask_for_time(talk)
        else:
            offer_plenary(talk)
        opening = opening_of(talk, new=new)
        self._session_folder = clean(str(session.folder.resolve())).text
        self._language = session.plan.language
        last_handler.watch(session)
        self.worker = SessionWorker(talk, self.fault_in_thread)
        self._screen_of_session = SessionScreen(
            self.worker,
            self.session_left,
            opening,
            messages=messages,
            clock=self.clock,
            script=self._script,
        )
        self._to_be_given_back = self._screen_of_session
        return self._screen_of_session

    def action_wall(self) -> None:
        """Show the wall for the room in place of whatever is on the screen, or take it away again."""
        if self._screen_of_session is not None:
            self._screen_of_session.walls.toggle()

    async def action_quit(self) -> None:
        """Leave by the one way that loses nothing, wherever one is."""
        if self._screen_of_session is not None:
            await leave(self._screen_of_session)
        else:
            self.exit(0)

    def _handle_exception(self, error: Exception) -> None:
        """End after a fault of the program, with words that a room may read.

        Textual would print the values of variables, and with them what a team said.
        """
        self._return_code = EXIT_FAULT
        if self._exception is None:
            self.fault = error.error if isinstance(error, WorkerFailed) else error
            self._exception = error
            self._exception_event.set()
        self._close_messages_no_wait()

    def thread_failed(self, failed: threading.ExceptHookArgs) -> None:
        """End after a thread has ended by a fault."""
        if failed.thread is not None and failed.thread is getattr(self._driver, "_writer_thread", None):
            self.writer_has_failed = True
        self.fault_in_thread(failed.exc_value or failed.exc_type())

    def fault_in_thread(self, error: BaseException) -> None:
        """End after a fault in another thread, where nobody waits for what it was to do."""
        if isinstance(error, OSError) and error.errno == errno.EIO:
            return  # the terminal is gone: the watchdog sees that, and ends the app in its way
        loop = self._loop
        if loop is not None and isinstance(error, Exception):
            with suppress(RuntimeError):  # the loop has ended: so has the app
                loop.call_soon_threadsafe(self._handle_exception, error)

    def _fault_in_loop(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """End after a fault that no part of the app met: asyncio would print it with its message."""
        if isinstance(error := context.get("exception"), Exception):
            self._handle_exception(error)

    def _tell_of_fault(self, error: BaseException) -> None:
        """Keep the words for a fault, once nothing more can be saved."""
        told = [self.last_words, last_handler.tell(error)]
        if self._session_folder:
            told.append(ui("fault.in_session", self._language, folder=self._session_folder))
        else:
            told.append(ui("fault.at_home", self._language))
        self.last_words = "\n".join(words for words in told if words)

    def session_left(self, words: str) -> None:
        """Go back to the list of sessions, or end where there was none.

        The session is given back first: to end may have to wait for a terminal that nobody reads.
        """
        self.last_words = words
        screen = self._screen_of_session
        self.end_session()
        if words:
            self.exit(1)
        elif self._session is None:
            last_handler.watch(None)
            self._session_folder, self._language = "", spoken()
            while screen in self.screen_stack:  # with whatever page lies over it
                self.pop_screen()
        else:
            self.goodbye = _goodbye(self._session, self._homework)
            self.exit(0)

    def end_session(self) -> None:
        """Write what is to be written and give the session back; harmless when there is none."""
        screen, worker = self._screen_of_session, self.worker
        self._screen_of_session = self.worker = None
        if screen is not None and worker is not None:
            if screen.controller.room is not None:
                screen.controller.room.abort()  # however the session ends, no phone goes on
            screen.controller.flush_draft()
            hold = screen.controller.hold_files
            try:
                worker.end(lambda talk: self._tell_unsaved(finish(talk, hold_files=hold)))
            except Exception as error:
                self._handle_exception(error)
        if self.fault is not None and not self._fault_is_told:
            self._fault_is_told = True
            self._tell_of_fault(self.fault)

    def _tell_unsaved(self, unsaved: str) -> None:
        """Have printed what is on no disk, unless it is already: whoever ended the app could not ask."""
        if unsaved not in self.last_words:
            self.last_words = "\n".join(filter(None, (self.last_words, unsaved)))

    def on_unmount(self) -> None:
        """However the app ends, end the session first."""
        self.end_session()

    # Ended from outside: called by the watchdog, in a thread of its own

    def asked_to_end(self, code: int) -> None:
        """Have the app leave with this exit code, if it still can. Returns at once."""
        if self._loop_of_screen is not None:
            with suppress(RuntimeError):  # it has ended already
                self._loop_of_screen.call_soon_threadsafe(self._ended_from_outside, code)

    def give_back(self) -> None:
        """Put what is half typed on the disk and give the session back, past a screen that has stopped."""
        if (screen := self._to_be_given_back) is not None:
            give_back(screen, screen.line.draft())

    def answer_on_its_way(self) -> bool:
        """Tell whether an answer was handed in and nobody knows yet that it is on the disk."""
        screen = self._to_be_given_back
        return screen is not None and screen.controller.answer_on_its_way

    def _ended_from_outside(self, code: int) -> None:
        if self._screen_of_session is not None:
            self._screen_of_session.controller.flush_draft()
        self.exit(code)


def _homework_messages(talk: Talk) -> list[str]:
    """Return what is said before the first question of somebody's homework."""
    from bsc_coach.conversation.ending import homework_begins

    return [] if talk.homework is None else [homework_begins(talk, talk.homework)]


def _goodbye(session: Session, homework: str | None) -> str:
    """Return that everything is saved, where something could be, and how to come back."""
    from bsc_coach.conversation.ending import how_to_come_back

    language = session.plan.language
    saved = [] if session.read_only else [ui("leaving.saved", language)]
    return "\n".join([*saved, how_to_come_back(session, language, homework)])


def run_app(
    session: Session | None = None,
    *,
    new: bool = False,
    script: ScriptSource | None = None,
    homework: str | None = None,
    folder: Path | None = None,
    theme: str | None = None,
) -> int:
    """Run the app until somebody leaves it; return the exit code.

    A ``new`` session is asked how long there is. ``script`` is another version of the questions that
    somebody asked to go on with; ``homework`` a role whose questions alone are asked.
    """
    # A key waits for the interpreter lock at each of its steps while the coach looks in its own thread.
    sys.setswitchinterval(SHORTEST_TURN)
    app = CoachApp(session, new=new, script=script, homework=homework, folder=folder, theme=theme)
    return run_watched(app)


def run_watched(app: CoachApp) -> int:
    """Run an app until somebody leaves it or it is ended from outside; print its last words."""
    watchdog = Watchdog(app)
    watchdog.start()
    threading.excepthook = app.thread_failed
    try:
        code = app.run()
    finally:
        app.end_session()
        watchdog.stop()
        threading.excepthook = threading.__excepthook__
    if told := app.last_words or app.goodbye:
        _print(clean(told).text)
    return code or app.return_code or 0


def _print(words: str) -> None:
    """Print what the app says when it ends, where there is still a terminal that takes it."""
    try:
        sys.stdout.write(words + "\n")
        sys.stdout.flush()
    except OSError:
        sys.stdout = open(os.devnull, "w")  # noqa: SIM115  closing it would fail again
