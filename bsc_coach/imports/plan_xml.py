"""XML as elements that know their line, read within limits; entities and other files are refused."""

from __future__ import annotations

import xml.sax
from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bsc_coach.errors import ImportFileError, MissingExtraError
from bsc_coach.text import clean, one_line

_DEEPEST = 60
_MOST_ELEMENTS = 200_000


@dataclass
class Element:
    """An element of a plan, its namespace left out."""

    name: str
    line: int
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)

    def all(self, name: str) -> Iterator[Element]:
        """Yield the children of that name."""
        return (child for child in self.children if child.name == name)

    def said(self, *path: str) -> str:
        """Return the text of the first element on a way down, on one line; nothing where there is none."""
        return one_line(self.raw(*path))

    def raw(self, *path: str) -> str:
        """Return the text of the first element on a way down, with its lines."""
        found: Element | None = self
        for name in path:
            found = next(found.all(name), None) if found is not None else None
        return "" if found is None else clean(found.text).text.strip()


def read_xml(data: bytes, path: Path) -> Element:
    """Return the root of a file. Raises ImportFileError for broken or hostile XML, and MissingExtraError."""
    if find_spec("defusedxml") is None:
        raise MissingExtraError("imports.needs_extra", path=path)
    from defusedxml.common import DefusedXmlException
    from defusedxml.sax import parseString

    builder = _Builder()
    try:
        parseString(data, builder, forbid_dtd=False)
    except DefusedXmlException as error:
        raise ImportFileError("imports.file.entities", path=path) from error
    except xml.sax.SAXParseException as error:
        line = error.getLineNumber() or 0
        raise ImportFileError("imports.file.broken_xml", path=path, line=line) from error
    except (xml.sax.SAXException, ValueError, LookupError) as error:
        raise ImportFileError("imports.file.broken_xml", path=path, line=builder.line) from error
    return builder.root


class _Builder(xml.sax.ContentHandler):
    """Makes elements that know their line."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Element("", 0)
        self._open: list[Element] = []
        self._n = 0
        self._locator: Any = None

    @property
    def line(self) -> int:
        return int(self._locator.getLineNumber() or 0) if self._locator is not None else 0

    def setDocumentLocator(self, locator: Any) -> None:  # noqa: N802
        self._locator = locator

    def startElement(self, name: str, attrs: Any) -> None:  # noqa: N802
        self._n += 1
        if len(self._open) >= _DEEPEST or self._n > _MOST_ELEMENTS:
            raise xml.sax.SAXException("too much")
        attributes = {key.rpartition(":")[2]: attrs.getValue(key) for key in attrs.getNames()}
        element = Element(name.rpartition(":")[2], self.line, attributes=attributes)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self.root = element
        self._open.append(element)

    def endElement(self, name: str) -> None:  # noqa: N802
        self._open.pop()

    def characters(self, content: str) -> None:
        if self._open:
            self._open[-1].text += content
