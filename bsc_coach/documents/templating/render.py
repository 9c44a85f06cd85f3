"""Documents from our own templates."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bsc_coach.resources import asset_dir

if TYPE_CHECKING:
    from bsc_coach.documents.templating.environment import DocumentEnvironment


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
