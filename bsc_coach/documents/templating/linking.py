"""Links to ids: in whatever people wrote, an id that stands in the documents leads to where it stands.

A context tells the file of each id (``homes``), and the document that is made its own (``file``; None for
pages that hold all of them, as those in markup do). Two filters of every template of documents: ``linked``
for a text or several, ``here`` for a row, where links to its id lead.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from markupsafe import escape as escape_markup

from bsc_coach.documents.templating.markdown import SafeMarkdown, escape

_ID = re.compile(r"(?<![\w/.@#-])[A-Z]{1,4}[0-9]{1,5}(?:\.[0-9]{1,4})?(?![\w-]|\.[0-9])")
"""An id as people write it; not within a word, an address or a number of a version."""


@pass_context
def linked(context: Context, value: str | Iterable[str] | float | None) -> Any:
    """Return a text, or several one after the other, with a link at each id that stands somewhere."""
    if value is None or isinstance(value, (int, float)):
        return value
    text = value if isinstance(value, str) else "; ".join(value)
    if context.eval_ctx.autoescape:
        return Markup(_ID.sub(_linking(context, '<a href="{0}">{1}</a>'), str(escape_markup(text))))
    return SafeMarkdown(_ID.sub(_linking(context, "[{1}]({0})"), escape(text)))


def _linking(context: Context, form: str) -> Callable[[re.Match[str]], str]:
    homes: Mapping[str, str] = context.get("homes", {})
    file = None if context.eval_ctx.autoescape else context.get("file")

    def link(found: re.Match[str]) -> str:
        home = homes.get(found[0])
        if home is None:
            return found[0]
        return form.format(f"#{found[0]}" if file in (None, home) else f"{home}#{found[0]}", found[0])

    return link


@pass_context
def here(context: Context, row: Mapping[str, Any]) -> Any:
    """Return the anchor of a row in Markdown, its attribute in markup; nothing where another holds its id.

    In a file that is not the home of the row, there is none either.
    """
    anchor = row.get("anchor")
    if not anchor:
        return ""
    if context.eval_ctx.autoescape:
        return Markup(' id="{}"').format(anchor)
    if context.get("file") not in (None, context.get("homes", {}).get(anchor)):
        return ""
    return SafeMarkdown(f'<a id="{anchor}"></a>')
