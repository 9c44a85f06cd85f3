"""Documents from our own templates; the first is strategy.md, which executives take home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.resources import asset_dir
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

if TYPE_CHECKING:
    from bsc_coach.documents.templating.environment import DocumentEnvironment

MAIN_TEMPLATE = "strategy.md.j2"


def render_markdown(strategy: Strategy, notes: Notes) -> str:
    """Return ``strategy`` with ``notes`` as a Markdown document (CommonMark with GFM tables).

    The same strategy and notes give the same text, whatever words people used in them; it ends in
    one newline. Nothing is read but the templates of the program.
    """
    return tidy(render(MAIN_TEMPLATE, build_context(strategy, notes)))


def render(template: str, context: Mapping[str, object]) -> str:
    """Return what one of our own templates makes of ``context``; nothing else is read."""
    return _environment().get_template(template).render(context)


@cache
def _environment() -> DocumentEnvironment:
    from bsc_coach.documents.templating.bytecode import TemplateCache
    from bsc_coach.documents.templating.environment import DocumentEnvironment

    return DocumentEnvironment(_load, TemplateCache())


def _load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """Find one of our own templates: beside the code in a wheel or zip, above it in a checkout."""
    source = asset_dir("templates").joinpath(*name.split("/"))
    return (source.read_text(encoding="utf-8"), name, lambda: True) if source.is_file() else None
