"""Preview of a document format: what it is for, and its files as they will be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from textual.content import Content

from bsc_coach.tui.views.document import document_lines
from bsc_coach.tui.views.text_fit import BLANK, wrapped


@dataclass(frozen=True)
class Shown:
    """A file of a format, or with no name what is to be said instead."""

    name: str
    text: str
    as_paper: bool = False
    """Whether the text is Markdown, to be read as it looks on paper."""


def preview_lines(purpose: str, files: Sequence[Shown], width: int, language: str) -> list[Content]:
    """Return what a format is for, and the beginning of its files."""
    lines = wrapped(purpose, width, style="$muted")
    for file in files:
        lines.append(BLANK)
        if file.name:
            lines += wrapped(file.name, width, style="bold $mark")
        if file.as_paper:
            lines += document_lines(file.text, width, language)
        else:
            lines += [part for line in file.text.splitlines() for part in wrapped(line, width)]
    return lines
