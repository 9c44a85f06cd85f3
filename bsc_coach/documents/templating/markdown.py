"""Putting people's words into Markdown so that they stay words: no structure, no link, no HTML."""

from __future__ import annotations

import re

LINE_BREAK = "<br>"

# Every character that ends a line for some reader of the file, not only CommonMark's own.
_LINE_END = re.compile("\r\n|[\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029]")
_BLANKS = re.compile("[ \t]+")
_ANYWHERE = re.compile(r"[\\`*_\[\]<|~$]")
# An ampersand is a word in "R&D"; only what a reader would take for an entity is escaped.
_ENTITY = re.compile(r"&(?=#|\w+;|$)")
# A run of # opens a heading at the start and closes one after a blank; "C#" is left alone.
_HASHES = re.compile(r"(?<!\S)#+")
# What opens a list, quote, underline or table where a line begins; "-5" and "+3%" open nothing.
_LINE_START = re.compile(r"[-+](?=\s|$)|-(?=[-:])|:(?=-)|=+\s*$|>")
_NUMBERED = re.compile(r"([0-9]{1,9})([.)])(?=\s|$)")


class SafeMarkdown(str):
    """Markdown that was made here and is not escaped again."""

    __slots__ = ()


def escape(text: str) -> SafeMarkdown:
    """Return ``text`` as Markdown (CommonMark with GFM tables) that reads as the same text.

    The result is one line that fits any place: a heading, paragraph, list, table cell or quote.
    Line ends become ``<br>``, empty lines go, blanks are single. Expects text that was cleaned.
    """
    lines = (_escape_line(line) for line in _LINE_END.split(text))
    return SafeMarkdown(LINE_BREAK.join(line for line in lines if line))


def _escape_line(line: str) -> str:
    words = _BLANKS.sub(" ", line).strip()
    escaped = _ANYWHERE.sub(r"\\\g<0>", words)
    escaped = _ENTITY.sub(r"\\&", escaped)
    escaped = _HASHES.sub(lambda run: run[0].replace("#", "\\#"), escaped)
    if _LINE_START.match(escaped):
        return "\\" + escaped
    return _NUMBERED.sub(r"\1\\\2", escaped, count=1) if _NUMBERED.match(escaped) else escaped


_LOOSE_ENDS = re.compile(r"[ \t]+$", re.MULTILINE)
_BLANK_RUN = re.compile(r"\n{3,}")


def tidy(document: str) -> str:
    """Return ``document`` without trailing blanks and runs of empty lines, ending in one newline.

    Loops and conditions in templates leave them; no text of people holds a newline by then.
    """
    return _BLANK_RUN.sub("\n\n", _LOOSE_ENDS.sub("", document)).strip("\n") + "\n"
