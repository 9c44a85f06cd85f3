"""strategy.pdf: laid out by typst, offline, from data; tagged for screen readers (PDF/UA-1)."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Any

from bsc_coach import sizes
from bsc_coach.child_process import ChildLimits, run_in_child
from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.opening import version_line
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.map.paper import paper_pictures, room_on
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.html import page_context
from bsc_coach.errors import DocumentFaultError
from bsc_coach.resources import asset_dir
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.text import clean, one_line, shorten

LAYOUT = "strategy.typ"
_PAPER = {"A4": "a4", "A3": "a3", "Letter": "us-letter"}
_ACCENT = "#1d4f7c"
_LOGO = "logo.json"
"""The bytes of a logo as numbers: files of a layout are text."""
LIMITS = ChildLimits(cpu_seconds=40, wall_seconds=20, memory=4_000_000_000, output=sizes.DOCUMENT_FILE)
"""Riverbend takes half a second; a machine may be slow, and a strategy ten times as large."""
_CHILD = "bsc_coach.documents.pdf_child"


def render_pdf(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> bytes:
    """Return ``strategy`` with ``notes`` as a PDF in two parts, the same for the same answers.

    The fonts are those that typst brings, so that it looks the same on every machine. Only where they
    lack a character do the machine's own fonts help, and where these lack it too it shows as a box;
    such a document does not claim to be PDF/UA-1. Raises DocumentFaultError where none can be made in time.
    """
    return lay_out(page_context(strategy, notes), strategy, brand)


def lay_out(
    context: Table,
    strategy: Strategy,
    brand: Brand,
    layout: str = LAYOUT,
    own: Mapping[str, bytes] | None = None,
) -> bytes:
    """Return what a layout makes of a context; ``own`` are the files of one that is not among ours, by name.

    Raises DocumentFaultError where that cannot be done in time: typst runs in a child process, which can be
    ended.
    """
    files = layout_files(context, strategy, brand, layout, own)
    told = {name: b64encode(data).decode("ascii") for name, data in files.items()}
    job = json.dumps({"files": told, "machine_fonts": bool(brand.font)}).encode("ascii")
    child = run_in_child(_CHILD, job, LIMITS)
    match child.ended:
        case "made":
            return child.told
        case "fault":
            fault = shorten(clean(child.told.decode("utf-8", "replace")).text, 200)
            raise DocumentFaultError("documents.pdf.fault", fault=fault)
        case "slow":
            raise DocumentFaultError("documents.pdf.slow", seconds=LIMITS.wall_seconds)
        case "crashed":
            raise DocumentFaultError("documents.pdf.crashed")


def layout_files(
    context: Table,
    strategy: Strategy,
    brand: Brand = PLAIN,
    layout: str = LAYOUT,
    own: Mapping[str, bytes] | None = None,
) -> dict[str, bytes]:
    """Return a layout, ours or one's own, and what it reads: data, map, logo, the charts of KPIs."""
    context = _branded(context, strategy, brand)
    files = dict(own) if own is not None else _ours()
    files["main.typ"] = files.pop(layout)
    files["map.svg"] = context["picture"].encode()
    if "map_pages" not in context:  # the page for the board shows one map, and brings none
        context["map_pages"] = pages = []
        for at, (page, picture) in enumerate(paper_pictures(strategy, *room_on(brand.paper))):
            pages.append({**page, "file": f"map-{at}.svg"})
            files[f"map-{at}.svg"] = picture.encode()
    accent = context["brand"]["accent"]
    for at, kpi in enumerate(context["kpis"]):
        if kpi["chart"]:
            kpi["chart"]["file"] = f"kpi-{at}.svg"
            files[kpi["chart"]["file"]] = render(
                "html/chart.svg.j2", {"chart": kpi["chart"], "accent": accent}
            ).encode()
    if brand.logo:
        files[_LOGO] = json.dumps(list(brand.logo)).encode("ascii")
    files["strategy.json"] = json.dumps(_numbers_as_text(context)).encode("ascii")
    return files


def _ours() -> dict[str, bytes]:
    """Return the files of our own layout by name."""
    return {one.name: one.read_bytes() for one in asset_dir("templates").joinpath("pdf").iterdir()}


def _branded(context: Table, strategy: Strategy, brand: Brand) -> Table:
    """Return a context with what the layout takes from the house, and whose it is."""
    return {
        **context,
        "author": one_line(strategy.organisation.name or ""),
        "version": version_line(brand, context),
        "brand": {
            "paper": _PAPER[brand.paper],
            "accent": brand.accent or _ACCENT,
            "fonts": [brand.font] if brand.font else [],
            "region": "us" if brand.paper == "Letter" and strategy.language == "en" else None,
            "logo": _LOGO if brand.logo else None,
            "signature": brand.signature,
        },
    }


def _numbers_as_text(value: Any) -> Any:
    """Return ``value`` with its numbers as text: typst cannot read the ones that are too large for it."""
    if isinstance(value, dict):
        return {name: _numbers_as_text(inner) for name, inner in value.items()}
    if isinstance(value, (list, tuple)):
        return [_numbers_as_text(inner) for inner in value]
    return str(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else value
