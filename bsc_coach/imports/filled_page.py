"""Reading a page that somebody filled in: the rows of its tables, as Markdown or Word has them.

A Word file is a zip of XML: it is read in place, without what it unpacks to being believed, and nothing in it
is run or followed.
"""

from __future__ import annotations

import html
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from bsc_coach import sizes
from bsc_coach.errors import ImportFileError
from bsc_coach.imports.files import read_bytes
from bsc_coach.text import clean, one_line
from bsc_coach.zip_told import ZIP_FAULTS, told_of_entries

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_BODY = "word/document.xml"
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_RULE = re.compile(r"\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?")
_BREAK = re.compile(r"<br\s*/?>", re.I)
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*")


@dataclass(frozen=True)
class PageRow:
    """A row of a table on the page: its cells, the headings of its table, and what stands above that."""

    number: int
    """Which row of the page it is, counted from 1 over all of its tables."""
    cells: tuple[str, ...]
    heads: tuple[str, ...]
    under: str = ""
    """The heading that the table stands under."""


@dataclass(frozen=True)
class FilledPage:
    """A page as somebody filled it in."""

    title: str
    rows: tuple[PageRow, ...]
    lines: tuple[str, ...] = ()
    """What stands in no table."""


def read_page(path: Path) -> FilledPage:
    """Return what stands on a page. Raises ImportFileError for what is neither Markdown nor a Word file."""
    data = read_bytes(path)
    if data.startswith(b"PK"):
        return _of_word(data, path)
    try:
        text = clean(data.decode("utf-8-sig")).text
    except UnicodeDecodeError as error:
        raise ImportFileError("imports.owner_page.other", path=path) from error
    if len(text) > sizes.IMPORT_TEXT:
        raise ImportFileError("imports.owner_page.large", path=path)
    return _together(_of_markdown(text))


_Piece = tuple[str, tuple[str, ...]]
"""A piece of a page: "title", "heading", "line", "row" or "end" of a table, and its texts."""


def _together(pieces: Iterator[_Piece]) -> FilledPage:
    """Return a page from its pieces in their order; the first row of a table has its headings."""
    title, under = "", ""
    heads: tuple[str, ...] = ()
    rows: list[PageRow] = []
    lines: list[str] = []
    for kind, texts in pieces:
        if kind == "row" and heads:
            rows.append(PageRow(len(rows) + 1, texts, heads, under))
        elif kind == "row":
            heads = texts
        elif kind == "end":
            heads = ()
        elif kind == "line":
            lines.extend(texts)
        else:
            under = texts[0]
            title = title or under
    return FilledPage(title, tuple(rows), tuple(lines))


def _of_markdown(text: str) -> Iterator[_Piece]:
    for line in text.split("\n"):
        told = line.strip()
        if told.startswith("|"):
            if not _RULE.fullmatch(told):
                yield "row", tuple(_unescaped(cell) for cell in _cells(told))
            continue
        yield "end", ()
        if (heading := _HEADING.fullmatch(told)) is not None:
            yield "heading", (_unescaped(heading[2]),)
        elif told:
            yield "line", (_unescaped(told),)


def _cells(line: str) -> list[str]:
    """Return the cells of a row; a bar behind a backslash is a letter."""
    inner = line.removeprefix("|")
    return [one.strip() for one in re.split(r"(?<!\\)\|", inner.removesuffix("|"))]


def _unescaped(text: str) -> str:
    """Return Markdown as it reads: without marks of emphasis around it, with the signs that were escaped."""
    lines = _BREAK.sub("\n", text)
    bare = re.sub(r"^(\*\*|__)(.*)\1$", r"\2", lines)
    return html.unescape(_ESCAPED.sub(r"\1", bare)).strip()


def _of_word(data: bytes, path: Path) -> FilledPage:
    """Return what a Word file says. Raises ImportFileError for another zip, a large or a damaged one."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import ParseError, fromstring

    if told_of_entries(data) > sizes.ZIP_TOLD:
        raise ImportFileError("imports.owner_page.large", path=path)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed, packed.open(_BODY) as body:
            text = body.read(sizes.IMPORT_TEXT + 1)
    except KeyError as error:
        raise ImportFileError("imports.owner_page.other", path=path) from error
    except ZIP_FAULTS as error:
        raise ImportFileError("imports.owner_page.damaged", path=path) from error
    if len(text) > sizes.IMPORT_TEXT:
        raise ImportFileError("imports.owner_page.large", path=path)
    try:
        body = fromstring(text).find(f"{_W}body")
    except (ParseError, DefusedXmlException, ValueError, RecursionError) as error:
        raise ImportFileError("imports.owner_page.damaged", path=path) from error
    return _together(_pieces_of(body if body is not None else ()))


def _pieces_of(body: Any) -> Iterator[_Piece]:
    for part in body:
        if part.tag == f"{_W}tbl":
            for row in part.iter(f"{_W}tr"):
                yield "row", tuple(_paragraphs(cell) for cell in row.findall(f"{_W}tc"))
            yield "end", ()
        elif part.tag == f"{_W}p" and (told := _paragraph(part)):
            style = part.find(f"{_W}pPr/{_W}pStyle")
            named = "" if style is None else str(style.get(f"{_W}val") or "")
            yield ("heading" if named.startswith(("Heading", "Title", "Kop")) else "line"), (told,)


def _paragraphs(cell: Any) -> str:
    return "\n".join(filter(None, (_paragraph(one) for one in cell.iter(f"{_W}p"))))


def _paragraph(part: Any) -> str:
    """Return the text of a paragraph; what was deleted while changes were tracked is none."""
    breaks = {f"{_W}br": " ", f"{_W}tab": " "}
    told = ((one.text or "") if one.tag == f"{_W}t" else breaks.get(str(one.tag), "") for one in part.iter())
    return one_line(clean("".join(told)).text).strip()
