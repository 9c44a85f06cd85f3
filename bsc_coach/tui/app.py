"""The app: wires screens, themes and the keeper's thread together, and decides nothing."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import App
from textual.filter import LineFilter

from bsc_coach.conversation.talk import Talk
from bsc_coach.session.session import Session
from bsc_coach.tui import themes
from bsc_coach.tui.filters import SafeLines
from bsc_coach.tui.keeper import Keeper
from bsc_coach.tui.screens.session import SessionScreen


class CoachApp(App[int]):
    """One session on the screen, or the sessions of a folder to choose from."""

    ENABLE_COMMAND_PALETTE = False
    TITLE = "BSC Coach"

    def __init__(
        self,
        session: Session | None = None,
        *,
        folder: Path | None = None,
        theme: str | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self.time = clock
        self.folder = folder or Path.cwd()
        self._session = session
        self._safe = SafeLines()
        self.keeper: Keeper | None = None
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
        """Open the first screen."""
        if self._session is not None:
            self.open_session(self._session)

    def open_session(self, session: Session) -> None:
        """Show a session."""
        talk = Talk(session)
        talk.resume()
        self.keeper = Keeper(talk)
        self.push_screen(SessionScreen(self.keeper, messages=tuple(session.messages)))


def run_app(session: Session | None = None, *, folder: Path | None = None, theme: str | None = None) -> int:
    """Run the app until somebody leaves it; return the exit code."""
    app = CoachApp(session, folder=folder, theme=theme)
    code = app.run()
    return code or 0
