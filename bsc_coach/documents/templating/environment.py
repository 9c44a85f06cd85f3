"""The Jinja2 environment of documents: sandboxed, strict, and escaping every value for what is written.

A template is named after what it makes: the values of ``x.html.j2``, ``x.xml.j2`` and ``x.svg.j2`` are
escaped as markup, those of every other one as Markdown.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from jinja2 import BytecodeCache, FunctionLoader, StrictUndefined, pass_eval_context
from jinja2.nodes import EvalContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

from bsc_coach.documents.templating.linking import here, linked
from bsc_coach.documents.templating.markdown import SafeMarkdown, escape

_MARKUP = (".html", ".xml", ".svg")
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 cannot hold, not even escaped."""
Load = Callable[[str], tuple[str, str, Callable[[], bool]] | None]
"""Finds a template by name: its source, its file name for messages, and whether it is unchanged."""


class DocumentEnvironment(ImmutableSandboxedEnvironment):
    """Renders plain data: what a template prints becomes text, and it can change nothing.

    ``table.name`` is the entry ``name`` of the table before it is any method of a dict, so that no
    entry is hidden by its name.
    """

    def __init__(self, load: Load, bytecode: BytecodeCache | None = None) -> None:
        """``load`` finds templates by name; ``bytecode`` keeps what they are compiled to."""
        super().__init__(
            loader=FunctionLoader(load),
            bytecode_cache=bytecode,
            undefined=StrictUndefined,
            finalize=_finalize,
            autoescape=_is_markup,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,
        )
        # It makes filler text, as much as is asked for; no document wants any.
        del self.globals["lipsum"]
        self.filters.update(linked=linked, here=here)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return ``obj.attribute`` for a template, an entry of a table first."""
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        return super().getattr(obj, attribute)


def _is_markup(name: str | None) -> bool:
    return name is not None and name.removesuffix(".j2").endswith(_MARKUP)


@pass_eval_context
def _finalize(context: EvalContext, value: object) -> object:
    """Return what ``{{ value }}`` prints: nothing for None, else its text as Markdown or as markup."""
    if value is None:
        return ""
    if context.autoescape:
        return value if hasattr(value, "__html__") else _NOT_XML.sub("\ufffd", str(value))
    return value if isinstance(value, SafeMarkdown) else escape(str(value))
