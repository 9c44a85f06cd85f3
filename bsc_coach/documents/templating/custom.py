"""Documents from a template of a person's own, rendered where it can do no harm.

The template runs in a fresh interpreter that holds nothing but the context, has limited time, memory
and output, and reads nothing outside the template's folder.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile

from bsc_coach import sizes
from bsc_coach.documents.formats import Files, one_file
from bsc_coach.documents.templating import limits
from bsc_coach.documents.templating.markdown import tidy
from bsc_coach.documents.web.html import page_context
from bsc_coach.errors import TemplateFaultError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, shorten

_CHILD = "bsc_coach.documents.templating.child"
_NEEDED_VARIABLES = ("SYSTEMROOT", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONHOME")


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
    job = {"template": os.path.abspath(template_path), "context": page_context(strategy, notes)}
    with TemporaryFile() as given, TemporaryFile() as made:
        given.write(json.dumps(job).encode("ascii"))
        given.seek(0)
        try:
            child = subprocess.run(
                # -P: the working folder may hold a module with the name of one of ours.
                [sys.executable, "-P", "-X", "utf8", "-m", _CHILD],
                stdin=given,
                stdout=made,
                stderr=subprocess.DEVNULL,
                env=_environment(),
                timeout=limits.WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise _fault("slow_somewhere", template_path) from error
        except OSError as error:
            raise _fault("crashed", template_path) from error
        made.seek(0)
        told = made.read(sizes.MADE_BY_TEMPLATE)
    return _outcome(child.returncode, told, template_path)


def _environment() -> dict[str, str]:
    """Return the few variables that an interpreter needs: what a shell holds is none of its business."""
    kept = {name: os.environ[name] for name in _NEEDED_VARIABLES if name in os.environ}
    paths = [path or os.getcwd() for path in sys.path]
    return {**kept, "PYTHONPATH": os.pathsep.join(paths), "PYTHONHASHSEED": "0"}


def _outcome(exit_code: int, told: bytes, template_path: Path) -> str:
    if exit_code == 0:
        return told.decode("utf-8")
    if exit_code == limits.EXIT_FAULT:
        fault = json.loads(told)
        raise _fault(fault["kind"], template_path, **fault["values"])
    killed_for_time = {-int(getattr(signal, name, 0)) for name in ("SIGKILL", "SIGXCPU")}
    raise _fault("slow_somewhere" if exit_code in killed_for_time else "crashed", template_path)


def _fault(kind: str, template_path: Path, **values: object) -> TemplateFaultError:
    named = {"name": shorten(clean(template_path.name).text, limits.FAULT_LENGTH), **values}
    return TemplateFaultError(
        f"documents.template.{kind}",
        **named,
        seconds=limits.CPU_SECONDS,
        megabytes=sizes.MADE_BY_TEMPLATE // 1_000_000,
    )
