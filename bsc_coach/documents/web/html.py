"""Render strategy.html; the context with pictures that strategy.pdf uses too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.context.opening import version_line
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.documents.map.svg import render_svg
from bsc_coach.documents.templating.render import render
from bsc_coach.documents.web.balance import balance
from bsc_coach.documents.web.house import house
from bsc_coach.documents.web.kpi_chart import draw_kpi, numbers_of
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.words import say, texts

TEMPLATE = "strategy.html.j2"


def render_html(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> str:
    """Return ``strategy`` with ``notes`` as one HTML file: no script, nothing from elsewhere.

    The same strategy, notes and brand give the same text.
    """
    return render(TEMPLATE, page_context(strategy, notes, brand))


def page_context(strategy: Strategy, notes: Notes, brand: Brand = PLAIN) -> Table:
    """Return the context of every document, and beside it what only pages with pictures show."""
    context = build_context(strategy, notes)
    speak = DocumentWords.of(strategy)
    kpis = tuple(
        {**told, "chart": _chart(kpi, told["label"], speak)}
        for kpi, told in zip(strategy.kpis, context["kpis"], strict=True)
    )
    for told in kpis:
        told["missing"] = tuple(_missing(told, strategy.language))
    headings = context["words"]["heading"]
    return {
        **context,
        "kpis": kpis,
        "page": texts("page", strategy.language),
        "picture": render_svg(strategy, notes, brand, page=""),
        "picture_told": say("page.map_told", strategy.language, links=headings["links"]),
        "balance": balance(context, speak),
        "brand": {**house(brand), "version": version_line(brand, context) or None},
    }


def _chart(kpi: Kpi, label: str, speak: DocumentWords) -> Table | None:
    """Return the chart of ``kpi`` with what it tells in words, or None while it has no number."""
    texts_at = {
        kind: say(f"page.chart.{kind}", speak.language, value=speak.amount(number, kpi.unit))
        for kind, number in numbers_of(kpi).items()
    }
    chart = draw_kpi(kpi, texts_at)
    if chart is None:
        return None
    in_order = sorted(chart.marks, key=lambda mark: mark.x)
    parts = "; ".join(texts_at[mark.kind] for mark in in_order)
    return {**asdict(chart), "told": say("page.chart.told", speak.language, kpi=label, parts=parts)}


def _missing(kpi: Table, language: str) -> Iterator[str]:
    """Yield what a reader of the chart misses: the target, or the baseline and who finds it by when."""
    if kpi["chart"] is None:
        yield say("page.missing.numbers", language)
    elif kpi["target"] is None:
        yield say("page.missing.target", language)
    if kpi["baseline"] is None and (kpi["chart"] or kpi["baseline_by"]):
        known = [name for name, told in (("owner", kpi["owner_role"]), ("by", kpi["baseline_by"])) if told]
        yield say(
            f"page.missing.{'_'.join(['baseline', *known])}",
            language,
            owner=kpi["owner_role"],
            date=kpi["baseline_by_text"],
        )
