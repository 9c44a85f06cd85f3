"""Page of the room: its QR code in black on white, the address, the codes, and who is here."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget

from bsc_coach.room.address import qr_half_blocks
from bsc_coach.tui.screens.document import TextView
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.text_fit import BLANK, plain, wrapped
from bsc_coach.tui.widgets.bars import Hint
from bsc_coach.words import say

QR_STYLE = "#000000 on #ffffff"
"""Whatever the theme: a camera wants black on white."""
GAP = 3
LEAST_BESIDE = 30
"""Cells that words need beside the code; else they stand below it."""


class RoomSheet(TextView):
    """The QR code with what is told beside or below it."""

    def __init__(self, told: Callable[[], Sequence[tuple[str, str]]], url: str) -> None:
        """``told`` returns the paragraphs with their styles, as they are now."""
        super().__init__(id="room")
        self._told = told
        self._code = [plain(line, QR_STYLE) for line in qr_half_blocks(url)]

    def lines(self, width: int) -> Sequence[Content]:
        """Return the code and the words."""
        code_width = self._code[0].cell_length
        beside = width - code_width - GAP - 2
        room = beside if beside >= LEAST_BESIDE else width - 2
        words = [
            line
            for text, style in self._told()
            for line in (*wrapped(text, min(room, 80), style=style), BLANK)
        ]
        if beside < LEAST_BESIDE:
            return [BLANK, *self._code, BLANK, *words]
        rows = max(len(self._code), len(words))
        blank = Content(" " * code_width)
        code = [*self._code, *[blank] * (rows - len(self._code))]
        words += [BLANK] * (rows - len(words))
        beside_it = (
            Content.assemble("  ", one, " " * GAP, other) for one, other in zip(code, words, strict=True)
        )
        return [BLANK, *beside_it]


class RoomPage(Page[None]):
    """Shows how phones join, until Escape; the code of the scribe at a key, for everybody may be looking."""

    BINDINGS: ClassVar[list[BindingType]] = [("s", "show_scribe", "")]

    def __init__(self, url: str, scribe: str, seats_said: Callable[[], str], language: str) -> None:
        super().__init__(say("room.console.title", language), language)
        self._url, self._scribe, self._seats_said = url, scribe, seats_said
        self._sheet: RoomSheet | None = None
        self._shows_scribe = False

    def body(self) -> Widget:
        """Return the code and what is told of the room."""
        self._sheet = RoomSheet(self._paragraphs, self._url)
        return self._sheet

    def redraw(self) -> None:
        """Show who is here now."""
        if self._sheet is not None:
            self._sheet.redraw()

    def hints(self) -> list[Hint]:
        """Return the keys of the page."""
        return [("s", say("room.console.scribe_key", self.language)), *super().hints()]

    def action_show_scribe(self) -> None:
        """Show the code of the scribe, or hide it again."""
        self._shows_scribe = not self._shows_scribe
        self.redraw()

    def _paragraphs(self) -> list[tuple[str, str]]:
        place, _, code = self._url.partition("/#")

        def told(key: str, **values: object) -> str:
            return say(f"room.console.{key}", self.language, **values)

        scribe = [(f"{told('scribe')}: {self._scribe}", "")] if self._shows_scribe else []
        return [
            (told("scan"), ""),
            (place, "bold $mark"),
            (f"{told('code')}: {code}", "bold $mark"),
            (self._seats_said(), "bold"),
            (told("wall", place=place), ""),
            *scribe,
            (told("plain"), "$muted"),
        ]
