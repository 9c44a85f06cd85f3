"""The home screen: the sessions of a folder, those opened lately, a new one, and samples."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from textual import events, on
from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.beginning import answer_name
from bsc_coach.conversation.recording import play_sample
from bsc_coach.errors import BscCoachError
from bsc_coach.script.loader import bundled_source, load_script
from bsc_coach.session.environment import Environment
from bsc_coach.session.listing import recent_folders, remember_folder, session_info, sessions_in
from bsc_coach.session.names import safe_name, typed_path
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.samples import Sample, read_sample, sample_names
from bsc_coach.session.session import Session
from bsc_coach.session.summary import SessionInfo
from bsc_coach.tui import themes
from bsc_coach.tui.screens.dialogs import ChoiceWindow, LineWindow, Way
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.text_fit import BLANK, cut, plain, spread, wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui
from bsc_coach.words import say, say_error, spoken


@dataclass(frozen=True)
class HomeChoice:
    """What can be picked: a session by its folder, a new one, or a sample by its name."""

    kind: Literal["session", "new", "sample"]
    folder: Path = Path()
    name: str = ""


class HomePage(Page[None]):
    """Opens sessions; the app shows them."""

    def __init__(
        self, folder: Path, environment: Environment, opened: Callable[[Session, bool], None]
    ) -> None:
        """``opened`` shows a session, and is told whether that was made just now."""
        language = spoken()
        super().__init__(ui("home.title", language), language)
        self.folder = folder
        self.environment = environment
        self._opened = opened

    def body(self) -> Widget:
        """Return the list; the sessions come in once they have been looked at."""
        return Rows(self._entries((), ()), id="sessions")

    def hints(self) -> list[Hint]:
        """Return the keys of the list."""
        return [
            ("Enter", self.ui("home.open")),
            ("↑↓", self.ui("hint.arrows")),
            ("F12", self.ui("home.theme")),
            ("^Q", self.ui("action.quit")),
        ]

    def on_screen_resume(self) -> None:
        """Look at the sessions again, since one may just have been left."""
        self.run_worker(self._look(), exclusive=True, group="look")

    def action_leave(self) -> None:
        """Leave the program."""
        self.app.exit(0)

    def on_key(self, event: events.Key) -> None:
        """Change the colours."""
        if event.key in ("f12", "alt+c"):
            self.app.theme = themes.after(self.app.theme)

    async def _look(self) -> None:
        def infos() -> tuple[list[SessionInfo], list[SessionInfo]]:
            here = sessions_in(self.folder)
            known = {path.resolve() for path in here}
            lately = [path for path in recent_folders() if path.resolve() not in known]
            return [session_info(p, self.environment) for p in here], [
                session_info(p, self.environment) for p in lately
            ]

        here, lately = await asyncio.to_thread(infos)
        self.query_one("#sessions", Rows).fill(self._entries(here, lately))

    def _entries(self, here: Sequence[SessionInfo], lately: Sequence[SessionInfo]) -> list[ListEntry]:
        entries = [
            ListEntry(_faint(self.ui("home.about"))),
            ListEntry(_heading(self.ui("home.here", folder=self.folder))),
        ]
        entries += [
            ListEntry(_session(info, self.language), HomeChoice("session", info.folder)) for info in here
        ]
        if not here:
            entries.append(ListEntry(_faint(self.ui("home.nothing_here"))))
        entries.append(ListEntry(_heading(self.ui("home.begin"))))
        entries.append(ListEntry(_offer(self.ui("home.new"), self.ui("home.new_help")), HomeChoice("new")))
        for sample in sorted(map(read_sample, sample_names()), key=self._how_near):
            offer = _offer(self._named(sample), self.ui(f"home.sample_help.{sample.preset}"))
            entries.append(ListEntry(offer, HomeChoice("sample", name=sample.name)))
        if lately:
            entries.append(ListEntry(_heading(self.ui("home.lately"))))
            entries += [
                ListEntry(_session(info, self.language, whole=True), HomeChoice("session", info.folder))
                for info in lately
            ]
        return entries

    def _how_near(self, sample: Sample) -> tuple[bool, bool]:
        """Sort samples: those in the language spoken here first, and of each the one of half a day."""
        return sample.language != self.language, sample.preset == "everything"

    def _named(self, sample: Sample) -> str:
        length = self.ui(f"home.sample_length.{sample.preset}")
        return self.ui("home.sample", name=sample.title, length=length)

    # Opening

    @on(Rows.EntryPicked)
    def _picked(self, message: Rows.EntryPicked) -> None:
        pick = message.rows.picked
        if not isinstance(pick, HomeChoice):
            return
        if pick.kind == "session":
            self.run_worker(self._open(lambda: open_session(pick.folder, self.environment)))
        elif pick.kind == "new":
            self.run_worker(self._new())
        else:
            self.run_worker(self._sample(pick.name))

    async def _open(self, opening: Callable[[], Session], *, new: bool = False) -> None:
        try:
            session = await asyncio.to_thread(opening)
        except BscCoachError as error:
            self._fault(self._said(error))
        except OSError as error:
            self._fault(error.strerror or self.ui("home.no_session"))
        else:
            remember_folder(session.folder)
            self._opened(session, new)

    async def _new(self) -> None:
        name = await self.app.push_screen_wait(
            LineWindow(self.ui("home.ask_name"), explanation=self.ui("home.ask_name_help"))
        )
        if name is None:
            return
        folder = await self._ask_folder(self.folder / safe_name(name))
        language = await self._ask_language() if folder is not None else None
        if folder is not None and language:
            await self._open(lambda: self._created(folder, name, language), new=True)

    def _created(self, folder: Path, name: str, language: str) -> Session:
        """Create a session; the name asked for here is its first answer, and is not asked for again."""
        session = create_session(folder, bundled_source(), self.environment, language=language)
        if answer_name(session, name):
            session.messages.append(ui("home.name_taken", language))
        return session

    async def _sample(self, name: str) -> None:
        sample = read_sample(name)
        likely = sample.title
        if sample.preset != "everything":
            likely += f" {self.ui(f'home.sample_length.{sample.preset}')}"
        folder = await self._ask_folder(self.folder / safe_name(likely))
        if folder is not None:
            await self._open(lambda: play_sample(sample, folder, self.environment))

    async def _ask_folder(self, likely: Path) -> Path | None:
        path = await self.app.push_screen_wait(LineWindow(self.ui("home.ask_folder"), text=str(likely)))
        return typed_path(path) if path and path.strip() else None

    async def _ask_language(self) -> str | None:
        languages = load_script(bundled_source()).header.languages
        if len(languages) == 1:
            return languages[0]
        ways = [Way(language, say("tui.language", language)) for language in languages]
        window = ChoiceWindow(self.ui("home.ask_language"), ways, at=self.language)
        return await self.app.push_screen_wait(window)

    def _said(self, error: BscCoachError) -> str:
        try:
            return say_error(error, self.language)
        except KeyError:
            return self.ui("home.no_session")

    def ui(self, key: str, **values: object) -> str:
        """Return words in the language of the environment: no session tells one yet."""
        return ui(key, self.language, **values)

    def _fault(self, sentence: str) -> None:
        self.app.notify(sentence, severity="error", markup=False)


def _heading(text: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return [BLANK, plain(cut(text, width), "bold $coach")]

    return draw


def _faint(text: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return wrapped(text, width, style="$muted", first=Content("  "))

    return draw


def _offer(text: str, explanation: str) -> Draw:
    def draw(width: int) -> list[Content]:
        return [
            plain(f"  {cut(text, width - 2)}", "bold"),
            *wrapped(explanation, width, style="$muted", first=Content("    ")),
        ]

    return draw


def _session(info: SessionInfo, language: str, *, whole: bool = False) -> Draw:
    def draw(width: int) -> list[Content]:
        far = info.progress
        if far is None:
            state = ui("home.unreadable", language)
        else:
            state = ui("home.progress", language, settled=far.settled, n=far.certain)
            state += f"   {ui('home.last', language, date=info.last)}" if info.last else ""
        if info.copies:
            state = f"{ui('home.copies', language, n=info.copies)}   {state}"
        folder = str(info.folder) if whole else info.folder.name
        name = Content.assemble(
            "  ",
            plain(info.organisation or ui("home.unnamed", language), "bold"),
            "  ",
            plain(folder, "$muted"),
        )
        return [spread(name, plain(state, "$muted"), width)]

    return draw
