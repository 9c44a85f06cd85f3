"""Validation problems as data: what is wrong, file and line, and a sentence with a way out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from bsc_coach.errors import BscCoachError
from bsc_coach.near_names import way_out
from bsc_coach.words import BASE_LANGUAGE, say

Severity = Literal["error", "warning"]


@dataclass(frozen=True)
class Problem:
    """One fault of a script, found before anybody is interviewed.

    A warning (a translation that is missing or drifted) is reported, and does not stop a session.
    """

    file: str
    line: int
    where: str
    """The id that the fault is about: a step, a table of the file, or a step and a text of it."""
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    severity: Severity = "error"

    def sentence(self, language: str) -> str:
        """Phrase the fault and the way out."""
        values = dict(self.values)
        if "known" in values:
            values["way"] = way_out(str(values.get("close", "")), str(values["known"]), language)
        if "wanted" in values:
            values["wanted"] = say(f"script.wanted.{values['wanted']}", language)
        return say(f"script.problem.{self.key}", language, **values)

    def located(self, language: str) -> str:
        """Phrase it with FILE:LINE before it, as editors can jump to it."""
        return f"{self.file}:{self.line}: {self.where}: {self.sentence(language)}"

    def __str__(self) -> str:
        return self.located(BASE_LANGUAGE)


class ScriptErrors(BscCoachError):  # noqa: N818 (it carries many)
    """A script has faults; carries every one of them."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        first = self.problems[0]
        super().__init__(
            "script.faults",
            file=file,
            n=len(self.problems),
            line=first.line,
            where=first.where,
            first=first.sentence(BASE_LANGUAGE),
        )

    def values_in(self, language: str) -> dict[str, object]:
        """Return the values with the first fault told in ``language``."""
        return {**self.values, "first": self.problems[0].sentence(language)}
