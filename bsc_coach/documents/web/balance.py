"""How the strategy is balanced, counted: over clusters, horizons, kinds of KPI and perspectives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import get_args

from bsc_coach.documents.context.document_context import objectives_in
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import Horizon
from bsc_coach.strategy.points import PERSPECTIVE_OF
from bsc_coach.words import say


def balance(context: Table, speak: DocumentWords) -> tuple[Table, ...]:
    """Return up to four counts, each with its ``title``, a ``note`` or None, and its ``bars``.

    A bar has a ``label``, its ``number``, and its ``share`` of the longest bar in percent. What has
    not been settled has a bar of its own, where there is any; a count that says nothing else is left out.
    """
    clusters = [(one["id_text"], len(one["objectives"])) for one in context["clusters"]]
    horizons = _counted(objectives_in(context), "horizon", get_args(Horizon), "horizon", speak)
    lead_lag = _counted(context["kpis"], "lead_lag", ("lead", "lag"), "lead_lag", speak)
    kinds = Counter(item["kind"] for item in context["items"].values())
    perspectives = [
        (speak.band(band), kinds[kind])
        for kind, band in reversed(PERSPECTIVE_OF.items())
        if kind != "mission" or kinds[kind]
    ]
    if context["elsewhere"]:
        clusters.append((context["words"]["heading"]["elsewhere"], len(context["elsewhere"])))
    filled = sum(1 for one in context["clusters"] if one["objectives"])
    note = say("page.balance.filled", speak.language, n=filled)
    counted = {"clusters": clusters, "horizons": horizons, "lead_lag": lead_lag, "perspectives": perspectives}
    return tuple(
        _chart(name, bars, speak, note if name == "clusters" else None)
        for name, bars in counted.items()
        if bars
    )


def _counted(
    rows: Iterable[Mapping[str, object]], name: str, choices: Iterable[str], group: str, speak: DocumentWords
) -> list[tuple[str, int]]:
    """Return how many of ``rows`` there are for each choice of their field ``name``, and without one.

    Nothing where all of them are without one.
    """
    found = Counter(row[name] for row in rows)
    if set(found) == {None}:
        return []
    counted = [(speak.choice(group, choice), found[choice]) for choice in choices]
    if found[None]:
        counted.append((say("page.balance.unset", speak.language), found[None]))
    return counted


def _chart(name: str, counted: list[tuple[str, int]], speak: DocumentWords, note: str | None = None) -> Table:
    longest = max((number for _, number in counted), default=0) or 1
    return {
        "title": say(f"page.balance.{name}", speak.language),
        "note": note,
        "bars": tuple(
            {"label": told, "number": number, "share": round(100 * number / longest)}
            for told, number in counted
        ),
    }
