"""Documents from a template of a person's own, rendered where it can do no harm.

The template runs in a fresh interpreter that holds nothing but the context, has limited time, memory
and output, and reads nothing outside the template's folder.
"""

from __future__ import annotations

import json
import os
from pathlib import Path, PurePosixPath

from bsc_coach import sizes
from bsc_coach.child_process import ChildOutcome, run_in_child
from bsc_coach.documents.formats import Files, one_file
from bsc_coach.documents.templating import limits
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.web.html import page_context
from bsc_coach.errors import TemplateFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, shorten

_CHILD = "bsc_coach.documents.templating.child"


_NO_TEXT = frozenset(
    (
        ".docx", ".docm", ".dotx", ".doc", ".pptx", ".pptm", ".potx", ".ppt", ".xlsx", ".xlsm", ".xltx",
        ".xls", ".odt", ".odp", ".ods", ".pdf", ".epub", ".pages", ".numbers", ".key", ".png", ".jpg",
        ".jpeg", ".gif", ".webp", ".zip",
    )
)  # fmt: skip
"""What no text is, whatever stands in it: a template can only write text."""


def render_templates(path: Path, strategy: Strategy, notes: Notes) -> Files:
    """Return what a template makes, or every template at the top of a folder; all of them or a fault.

    A name that begins with an underscore is for the others to include. Raises TemplateFaultError.
    """
    if not path.is_dir():
        name = _name_of(path)
        text = render_template(path, strategy, notes)
        return one_file(name, (tidy(text) if name.endswith(".md") else text).encode("utf-8"))
    made: dict[PurePosixPath, bytes] = {}
    chosen = [one for one in sorted(path.glob("*.j2")) if not one.name.startswith("_")]
    for template in chosen:
        _name_of(template)  # told before any of them is rendered
    for template in chosen:
        made.update(render_templates(template, strategy, notes))
    if not made:
        raise _fault("none_here", path)
    return made


def _name_of(template: Path) -> str:
    """Return the name of what a template makes. Raises TemplateFaultError where that is no text."""
    name = template.name.removesuffix(".j2")
    kind = PurePosixPath(name).suffix.casefold()
    if kind in _NO_TEXT:
        raise _fault("no_text", template, ending=kind)
    return name


def render_template(template_path: Path, strategy: Strategy, notes: Notes) -> str:
    """Return what the Jinja2 template at ``template_path`` makes of ``strategy`` and ``notes``.

    The template gets the context of docs/templates.md; whatever it prints is escaped as Markdown.
    Raises TemplateFaultError, which names the line where one is known, when the template cannot be
    read, is wrong, or wants more than its share of time, memory or output.
    """
    context = {**page_context(strategy, notes), "file": template_path.name.removesuffix(".j2")}
    job = {"template": os.path.abspath(template_path), "context": context}
    return _outcome(run_in_child(_CHILD, json.dumps(job).encode("ascii"), limits.LIMITS), template_path)


def _outcome(child: ChildOutcome, template_path: Path) -> str:
    match child.ended:
        case "made":
            return clean(child.told.decode("utf-8")).text
        case "fault":
            fault = json.loads(child.told)
            raise _fault(fault["kind"], template_path, **fault["values"])
        case "slow":
            raise _fault("slow_somewhere", template_path)
        case "crashed":
            raise _fault("crashed", template_path)


def _fault(kind: str, template_path: Path, **values: object) -> TemplateFaultError:
    named = {"name": shorten(clean(template_path.name).text, limits.FAULT_LENGTH), **values}
    return TemplateFaultError(
        f"documents.template.{kind}",
        **named,
        seconds=limits.LIMITS.cpu_seconds,
        megabytes=sizes.MADE_BY_TEMPLATE // 1_000_000,
    )
