"""strategy.pdf: laid out by typst, offline, from data; tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import json
from typing import Any

import typst

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.html import page_context
from bsc_coach.resources import asset_dir
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes

LAYOUT = "pdf/strategy.typ"


def render_pdf(strategy: Strategy, notes: Notes) -> bytes:
    """Return ``strategy`` with ``notes`` as a PDF, the same for the same strategy and notes.

    The fonts are those that typst brings, so that it looks the same on every machine. Only where they
    lack a character do the machine's own fonts help, and where these lack it too it shows as a box;
    such a document does not claim to be PDF/UA-1.
    """
    files = _files(page_context(strategy, notes))
    for own_fonts_only, standards in ((True, ["ua-1"]), (False, ["ua-1"])):
        try:
            return _compiled(files, own_fonts_only=own_fonts_only, standards=standards)
        except typst.TypstError:
            continue
    return _compiled(files, own_fonts_only=False, standards=[])


def _compiled(files: dict[str, bytes], *, own_fonts_only: bool, standards: list[str]) -> bytes:
    # Its stubs do not know that it takes the files themselves; so nothing is read from the disk.
    return typst.compile(  # type: ignore[call-overload,no-any-return]
        files, format="pdf", ignore_system_fonts=own_fonts_only, pdf_standards=standards
    )


def _files(context: Table) -> dict[str, bytes]:
    """Return what the layout reads, by name: the data, the map, and a chart for each KPI that has one."""
    layout = asset_dir("templates").joinpath(*LAYOUT.split("/")).read_bytes()
    files = {"main.typ": layout, "map.svg": context["picture"].encode()}
    for at, kpi in enumerate(context["kpis"]):
        if kpi["chart"]:
            kpi["chart"]["file"] = f"kpi-{at}.svg"
            files[kpi["chart"]["file"]] = render("html/chart.svg.j2", {"chart": kpi["chart"]}).encode()
    files["strategy.json"] = json.dumps(_numbers_as_text(context)).encode("ascii")
    return files


def _numbers_as_text(value: Any) -> Any:
    """Return ``value`` with its numbers as text: typst cannot read the ones that are too large for it."""
    if isinstance(value, dict):
        return {name: _numbers_as_text(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_numbers_as_text(inner) for inner in value]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
