"""Documents from a template of a person's own, rendered where it can do no harm.

The template runs in a fresh interpreter that holds nothing but the context, has limited time, memory
and output, and reads nothing outside the template's folder.
"""

from __future__ import annotations

import json
import os
import re
from pathlib import Path, PurePosixPath

from bsc_coach import sizes
from bsc_coach.child_process import ChildOutcome, run_in_child
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.formats import DocumentInput, Files, document_format, formats_called, one_file
from bsc_coach.documents.pdf import lay_out
from bsc_coach.documents.reports.owners import NOBODY, PAGE, owner_pages
from bsc_coach.documents.templating import limits
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.html import page_context
from bsc_coach.errors import TemplateFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, shorten

_CHILD = "bsc_coach.documents.templating.child"
LAYOUT = "pdf/strategy.typ"
_PACKAGE = re.compile(r"@(?:preview|local)\b|[\"']@")
"""What fetches a package from elsewhere."""


_NO_TEXT = frozenset(
    (
        ".docx", ".docm", ".dotx", ".doc", ".pptx", ".pptm", ".potx", ".ppt", ".xlsx", ".xlsm", ".xltx",
        ".xls", ".odt", ".odp", ".ods", ".pdf", ".epub", ".pages", ".numbers", ".key", ".png", ".jpg",
        ".jpeg", ".gif", ".webp", ".zip",
    )
)  # fmt: skip
"""What no text is, whatever stands in it: a template can only write text."""


def render_templates(path: Path, material: DocumentInput) -> Files:
    """Return what a template makes, or every template at the top of a folder; all of them or a fault.

    A name that begins with an underscore is for the others to include. Templates of the pages of owners and
    the layout of the PDF stand in their own folders, ``owners`` and ``pdf``, as they do among ours.
    Raises TemplateFaultError.
    """
    if not path.is_dir():
        return _of_one(path, material)
    made: dict[PurePosixPath, bytes] = {}
    chosen = [one for one in sorted(path.glob("*.j2")) if not one.name.startswith("_")]
    for template in chosen:
        _name_of(template)  # told before any of them is rendered
    for template in chosen:
        made.update(_of_one(template, material))
    for template in (path / PAGE, path / LAYOUT):
        if template.is_file() and can_be_made(template):
            made.update(_of_one(template, material))
    if not made:
        raise _fault("none_here", path)
    return made


def can_be_made(template: Path) -> bool:
    """Tell whether what a template makes can be made here: a layout needs the library of the PDF."""
    return template.suffix != ".typ" or document_format("pdf").can_be_made


def _of_one(template: Path, material: DocumentInput) -> Files:
    """Return what one template makes: a document, the pages of all owners, or a PDF."""
    strategy, notes, brand = material.strategy, material.notes, material.brand
    if template.suffix == ".typ":
        formats_called(["pdf"])  # raises what is to be installed where it cannot be made
        made = lay_out(
            page_context(strategy, notes, brand), strategy, brand, template.name, _layout(template)
        )
        return one_file(f"{template.stem}.pdf", made)
    if template.match(f"*/{PAGE}") or template.match(f"*/{NOBODY}"):
        return _pages_of_owners(template.parent.parent, strategy, notes)
    name = _name_of(template)
    text = render_template(template, {**page_context(strategy, notes, brand), "file": name})
    return one_file(name, (tidy(text) if name.endswith(".md") else text).encode("utf-8"))


def _pages_of_owners(folder: Path, strategy: Strategy, notes: Notes) -> Files:
    """Return the pages of all owners by the templates of a folder; ours where it lacks that of nobody."""

    def rendered(name: str, context: Table) -> str:
        path = folder / name
        return tidy(render_template(path, context, folder) if path.is_file() else render(name, context))

    pages = owner_pages(strategy, notes, rendered)
    return {path: text.encode("utf-8") for path, text in pages.items()}


def _layout(main: Path) -> dict[str, bytes]:
    """Return the files of a layout by name, the asked one as the main one. Raises TemplateFaultError."""
    folder, files = main.parent, {}
    for path in sorted(folder.glob("*.typ")):
        if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
            raise _fault("outside_somewhere", path)
        try:
            data = path.read_bytes() if path.is_file() else b""
            text = data.decode("utf-8-sig")
        except (OSError, ValueError) as error:
            fault = shorten(clean(str(error)).text, limits.FAULT_LENGTH).rstrip(".")
            raise _fault("unreadable_somewhere", path, fault=fault) from error
        if len(data) > sizes.TEMPLATE_FILE:
            raise _fault("large_layout", path)
        if _PACKAGE.search(text):
            raise _fault("package", path)
        files[path.name] = text.encode("utf-8")
    if main.name not in files:
        raise _fault("missing_somewhere", main)
    return files


def _name_of(template: Path) -> str:
    """Return the name of what a template makes. Raises TemplateFaultError where that is no text."""
    name = template.name.removesuffix(".j2")
    kind = PurePosixPath(name).suffix.casefold()
    if kind in _NO_TEXT:
        raise _fault("no_text", template, ending=kind)
    return name


def render_template(template_path: Path, context: Table, folder: Path | None = None) -> str:
    """Return what the Jinja2 template at ``template_path`` makes of a context.

    It includes templates of its own folder, or of ``folder`` above it. Whatever it prints is escaped as
    Markdown. Raises TemplateFaultError, which names the line where one is known, when the template cannot be
    read, is wrong, or wants more than its share of time, memory or output.
    """
    root = os.path.abspath(folder or template_path.parent)
    name = os.path.relpath(os.path.abspath(template_path), root)
    job = {"folder": root, "template": name, "context": context}
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
