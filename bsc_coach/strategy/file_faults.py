"""Faults of a strategy.toml as data: line, item, field, what is wrong, and a sentence with a way out."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from bsc_coach.errors import StrategyFileError
from bsc_coach.near_names import close_to, tidy, way_out
from bsc_coach.words import say


@dataclass(frozen=True)
class FileFault:
    """One fault of a strategy.toml, or a remark: what can be taken as it stands, and should be known."""

    line: int
    where: str
    """The id of the item, the name of the table, or both a table and a number for an item without an id."""
    name: str
    """Name of the field inside it; empty for the item itself."""
    key: str
    values: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """The item and its field in one, as people look for it in the file."""
        return f"{self.where}.{self.name}" if self.name else self.where

    def sentence(self, language: str) -> str:
        """Phrase what is wrong, and the way out."""
        values = dict(self.values)
        if "words" in values:  # all that may stand here is told anyway
            values["way"] = way_out(str(values["close"]), "", language) if values["close"] else ""
        elif "known" in values:
            values["way"] = way_out(str(values.get("close", "")), str(values["known"]), language)
        if "wanted" in values:
            values["wanted"] = say(f"strategy.wanted.{values['wanted']}", language)
        if "syntax" in values:
            values["syntax"] = say(f"strategy.syntax.{values['syntax']}", language)
        return say(f"strategy.fault.{self.key}", language, **values).rstrip()

    def told(self, language: str) -> str:
        """Phrase it with its line and place, for a list of all faults of one file."""
        return say(
            "strategy.fault_at", language, line=self.line, place=self.place, what=self.sentence(language)
        )

    def located(self, file: str, language: str) -> str:
        """Phrase it with FILE:LINE before it, as editors can jump to it."""
        return f"{file}:{self.line}: {self.place}: {self.sentence(language)}"


def fault(
    key: str,
    line: int,
    where: str,
    field: str = "",
    /,
    known: Collection[str] | None = None,
    **values: object,
) -> FileFault:
    """Make a fault; ``known`` are the names that ``values["name"]`` might have been meant for."""
    told = {name: tidy(value) for name, value in values.items()}
    if known is not None:
        told |= close_to(str(values.get("name", "")), known)
    return FileFault(line, str(tidy(where)), str(tidy(field)), key, told)


class StrategyFaultsError(StrategyFileError):
    """A strategy.toml has faults; carries every one of them."""

    def __init__(self, faults: Collection[FileFault], file: str = "strategy.toml") -> None:
        self.faults = tuple(faults)
        self.file = file
        super().__init__("strategy.faults", n=len(self.faults))
