"""Help page: the keys, the commands that can be typed, and the words of the method."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widget import Widget

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.tui.actions import ACTIONS, GROUPS, shown
from bsc_coach.tui.screens.document import TextView
from bsc_coach.tui.screens.page import Page
from bsc_coach.tui.views.agenda import legend
from bsc_coach.tui.views.text_fit import BLANK, fitted, plain, wrapped
from bsc_coach.tui.words import ui

GLOSSARY = (
    "strategy_map", "perspective", "internal", "proposition", "differentiator", "segment", "promise",
    "cluster", "candidate", "vital_few", "objective", "enabler", "link", "kpi", "lead_lag", "initiative",
    "assumption",
)  # fmt: skip
_COLUMN = 22


class HelpSheet(TextView):
    """Lines of the help page."""

    language = "en"

    def lines(self, width: int) -> Sequence[Content]:
        """Return keys, typing, commands and glossary."""
        width = min(width, 110)
        return [
            *self._said("typing", width),
            *self._keys(width),
            *self._heading("help.signs"),
            *legend(self.language),
            *self._said("map", width),
            *self._commands(width),
            *self._glossary(width),
        ]

    def _said(self, name: str, width: int) -> list[Content]:
        return self._heading(f"help.{name}") + wrapped(ui(f"help.{name}_said", self.language), width)

    def _keys(self, width: int) -> list[Content]:
        lines: list[Content] = []
        for group in GROUPS:
            lines += self._heading(f"group.{group}")
            for action in ACTIONS:
                if action.group == group:
                    keys = "  ".join(shown(key.strip()) for key in action.keys.split(","))
                    lines += self._pair(keys, action.meaning(self.language), width)
        return lines

    def _commands(self, width: int) -> list[Content]:
        lines = self._heading("help.commands")
        for command in COMMANDS:
            lines += self._pair(f"/{command.name}", command.meaning(self.language), width)
        return lines

    def _glossary(self, width: int) -> list[Content]:
        lines = self._heading("help.glossary")
        for term in GLOSSARY:
            name = ui(f"glossary.{term}.name", self.language)
            lines += self._pair(name, ui(f"glossary.{term}.text", self.language), width)
        return lines

    def _heading(self, key: str) -> list[Content]:
        return [BLANK, plain(ui(key, self.language), "bold $coach")]

    def _pair(self, left: str, right: str, width: int) -> list[Content]:
        return wrapped(right, width, first=plain(f"  {fitted(left, _COLUMN)}", "bold $mark"))


class HelpPage(Page[None]):
    """Help page."""

    def __init__(self, language: str) -> None:
        super().__init__(ui("help.title", language), language)

    def body(self) -> Widget:
        """Return the help."""
        sheet = HelpSheet(id="help")
        sheet.language = self.language
        return sheet
