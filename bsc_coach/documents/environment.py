"""The Jinja2 environment of documents: sandboxed, strict, and escaping every value into Markdown."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import FunctionLoader, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bsc_coach.documents.markdown import SafeMarkdown, escape

Load = Callable[[str], tuple[str, str, Callable[[], bool]] | None]
"""Finds a template by name: its source, its file name for messages, and whether it is unchanged."""


class DocumentEnvironment(ImmutableSandboxedEnvironment):
    """Renders plain data: what a template prints becomes Markdown text, and it can change nothing.

    ``table.name`` is the entry ``name`` of the table before it is any method of a dict, so that no
    entry is hidden by its name.
    """

    def __init__(self, load: Load) -> None:
        super().__init__(
            loader=FunctionLoader(load),
            undefined=StrictUndefined,
            finalize=_finalize,
            autoescape=False,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
        )
        # It makes filler text, as much as is asked for; no document wants any.
        del self.globals["lipsum"]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute`` for a template, an entry of a table first."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _finalize(value: object) -> str:
    """Return what ``{{ value }}`` prints: nothing for None, else its text as Markdown."""
    if value is None:
        return ""
    return value if isinstance(value, SafeMarkdown) else escape(str(value))
