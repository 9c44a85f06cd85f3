"""Anchors: under which id each row of a context can be linked to on a page, every id once.

An id is what people say aloud (O1, CM2.1): a link that was sent stays right when something is put before it.
"""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.documents.context.tables import Table

KPI_BOOK, ANNEX = "kpis.md", "annex.md"
"""Where what an id stands for is told whole, in the set of Markdown files."""


def add_anchors(context: Table) -> None:
    """Give every row its ``anchor``, None where another holds that id, and the context its ``anchors``.

    ``homes`` tells the file of the set in which each stands. An objective and the candidate that it was share
    an id: the objective holds it.
    """
    taken: set[str] = set()
    for row, is_shown in _rows(context):
        row["anchor"] = row["id"] if is_shown and row["id"] not in taken else None
        if is_shown:
            taken.add(row["id"])
    context["anchors"] = tuple(sorted(taken))
    kpis = {one["id"] for one in context["kpis"]}
    context["homes"] = {one: KPI_BOOK if one in kpis else ANNEX for one in context["anchors"]}


def _rows(context: Table) -> Iterator[tuple[Table, bool]]:
    """Yield all that has an id, and whether the page shows it; who holds an id before who repeats it."""
    yield from ((one, one["title"] is not None) for one in context["missions"])
    aims = [one for cluster in context["clusters"] for one in cluster["objectives"]]
    found: list[Table] = [*context["outcomes"], *context["promises"], *aims]
    lists = ("enablers", "themes", "kpis", "old_kpis", "initiatives", "risks", "assumptions", "decisions")
    for name in ("elsewhere", *lists, "segments"):
        found += context[name]
    yield from ((one, True) for one in found)
    yield from ((one, one["sentence"] is not None) for one in context["links"])
    # Steps of which only the names are known stand in one line, where none can be pointed at.
    yield from ((one, context["processes_text"] is None) for one in context["processes"])
    for name in ("actions", "parked", "vital_few", "trivial_many"):
        yield from ((one, True) for one in context[name])
