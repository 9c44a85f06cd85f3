"""Export page: the formats with what they are for, a preview, and where they go."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from bsc_coach.documents.formats import document_format, known_formats
from bsc_coach.tui.file_manager import open_folder, opener
from bsc_coach.tui.screens.document import TextView
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.preview import Shown, preview_lines
from bsc_coach.tui.views.text_fit import plain, wrapped
from bsc_coach.tui.widgets.bars import Hint, HintLine
from bsc_coach.tui.widgets.rows import Draw, ListEntry, Rows
from bsc_coach.tui.words import ui
from bsc_coach.words import say

MARKED_FIRST = frozenset({"md", "toml"})
"""What is written anyway; everything else is asked for."""
Preview = Callable[[str], Awaitable[Sequence[Shown]]]
"""Returns how the files of a format look, or a sentence on why they cannot be shown."""


class PreviewSheet(TextView):
    """What a format is for, and how its files begin."""

    def __init__(self, language: str) -> None:
        super().__init__(id="preview")
        self.language = language
        self.purpose = ""
        self.files: Sequence[Shown] = ()

    def lines(self, width: int) -> Sequence[Content]:
        """Return the files as far as they are shown."""
        return preview_lines(self.purpose, self.files, width, self.language)


class ListAndPreview(Horizontal):
    """The list of formats, and beside it the preview."""

    def __init__(self, rows: Rows, preview: PreviewSheet) -> None:
        super().__init__()
        self.rows, self.preview = rows, preview

    def compose(self) -> ComposeResult:
        """Put both in place."""
        yield self.rows
        yield self.preview


class ExportPage(Page[tuple[str, ...]]):
    """Export page; its result is the names of the formats to write."""

    BINDINGS: ClassVar[list[BindingType]] = [("ctrl+s", "write", "")]

    def __init__(self, folder: Path, preview: Preview, language: str) -> None:
        super().__init__(ui("export.title", language, folder=str(folder)), language)
        self.folder = folder
        self.can_be_made = frozenset(name for name in known_formats() if document_format(name).can_be_made)
        """Formats whose library is installed, if they need any."""
        self.marked = MARKED_FIRST & self.can_be_made
        self._look = preview
        self.rows = Rows(id="formats")
        self.preview = PreviewSheet(language)

    def body(self) -> Widget:
        """Return the formats, and the preview of the one where one is."""
        return ListAndPreview(self.rows, self.preview)

    def hints(self) -> list[Hint]:
        """Return the keys of the page."""
        return [
            ("Space", ui("export.mark", self.language)),
            ("A", ui("export.all", self.language)),
            ("Enter", ui("export.write", self.language, n=len(self.marked))),
            *([("O", ui("export.open", self.language))] if opener() else []),
            *super().hints(),
        ]

    def on_mount(self) -> None:
        """List the formats and show the first."""
        self._list()
        self.rows.focus()
        self._show()

    def on_key(self, event: events.Key) -> None:
        """Mark a format, or all that can be made; open the folder."""
        key = event.key.lower()
        if key == "space":
            self.marked ^= {str(self.rows.picked)} & self.can_be_made
        elif key == "o":
            open_folder(self.folder)
        elif key == "a":
            self.marked = frozenset() if self.marked == self.can_be_made else self.can_be_made
        else:
            return
        event.stop()
        self._list()

    @on(Rows.EntryPicked)
    def _picked(self) -> None:
        self.action_write()

    @on(Rows.EntryFocused)
    def _moved(self) -> None:
        self._show()

    def action_write(self) -> None:
        """Write what is marked, if anything is."""
        if self.marked:
            self.dismiss(tuple(name for name in known_formats() if name in self.marked))

    def _list(self) -> None:
        self.rows.fill([ListEntry(self._line(name), name) for name in known_formats()])
        self.query_one("#hints", HintLine).show(self.hints())

    def _line(self, name: str) -> Draw:
        def draw(width: int) -> list[Content]:
            title = self._told(name).partition(": ")[0]
            if name not in self.can_be_made:
                missing = ui("export.missing", self.language, title=title)
                return wrapped(missing, width, style="$muted", first=plain(" [–] ", "$muted"))
            return wrapped(
                title, width, first=plain(f" [{'x' if name in self.marked else ' '}] ", "bold $mark")
            )

        return draw

    def _told(self, name: str) -> str:
        """Return what a format is called and, behind a colon, what it is for."""
        return say(f"documents.kind.{name}", self.language)

    def _show(self) -> None:
        async def show(name: str) -> None:
            files = await self._look(name)
            self.preview.purpose, self.preview.files = self._told(name), files
            self.preview.redraw()
            self.preview.scroll_home(animate=False)

        self.run_worker(show(str(self.rows.picked)), exclusive=True)
