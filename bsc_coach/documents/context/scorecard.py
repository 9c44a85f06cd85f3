"""The scorecard: one table of what each point of the map is measured by, what is done for it, and by whom.

``context["scorecard"]`` is a tuple of groups from the top of the map to its bottom, as a board reads it, and
``context["scorecard_columns"]`` the columns: field and heading. A group is a perspective, of the internal
processes a cluster: ``perspective``, ``cluster`` (None but for the four), ``heading``, and its ``rows``. What
hangs on no point of the map is the last group, whose ``perspective`` is None. A row is one KPI of a point, or
a point without any:

==================== ====================================================================================
``point``            short id of the point; None where there is none
``point_text``       id and title
``first``            whether it is the first row of its point
``lines``            in the first row how many rows its point has, else 0
``kpi``              short id of the KPI, None for a point without
``kpi_text``         id and name, with a sign where the KPI was taken over and nobody confirmed it
``now_text``         where the KPI stands by its last reading, else its baseline, with its unit
``status``           how it goes, as ``now`` has it; ``status_text`` in words, ``colour`` beside them
``target_text``      the target and by when: "14 days by December 2027"
``step_text``        both as one: "31 → 14 days by December 2027"; of a reading its day and how it goes
``initiatives``      what is done for the point, in its first row only: tables with ``id``, ``label``,
                     ``means_text`` (money and people), ``period_text``, ``owner_role``, ``again``
                     (whether a row above has it), and ``told``: label, and means the first time
``owner_role``       who answers for the point; where nobody does, who answers for the KPI
``kpi_owner_role``   who answers for the KPI
``owner_text``       both, the second only where it is somebody else
==================== ====================================================================================

What is not filled in is None; a mission that nothing measures has no row, since there is nothing to tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.points import PERSPECTIVE_OF, Perspective
from bsc_coach.words import say

_COLUMNS = {
    "point_text": "point", "kpi_text": "kpi", "step_text": "step", "initiatives": "initiatives",
    "owner_text": "owner",
}  # fmt: skip
"""The columns of the table: the field of its rows, and the name of its heading in the words of the board."""


def scorecard_columns(language: str) -> tuple[tuple[str, str], ...]:
    """Return the columns of the scorecard, each the field of its rows and its heading."""
    return tuple((field, say(f"board.column.{name}", language)) for field, name in _COLUMNS.items())


def scorecard(context: Table, speak: DocumentWords) -> tuple[Table, ...]:
    """Return the groups of the scorecard of a context, as told above."""
    on_the_map = context["items"]
    kpis: dict[str, list[Table]] = defaultdict(list)
    for kpi in context["kpis"]:
        kpis[kpi["measures"]].append(kpi)
    work: dict[str, list[Table]] = defaultdict(list)
    for initiative in context["initiatives"]:
        for point in initiative["objectives"]:
            work[point].append(initiative)
    found: list[Table] = []
    told_of: set[str] = set()
    # From mission to enablers; a group that has nothing on the map is left out.
    for perspective, cluster, heading, points in _places(context):
        told = [one for one in points if perspective != "mission" or kpis[one["id"]] or work[one["id"]]]
        lines = [line for one in told for line in _lines(one, kpis[one["id"]], work[one["id"]], speak)]
        _say_means_once(lines, told_of, speak)
        found.append(_group(perspective, cluster, heading, lines))
    # What measures or serves nothing that is on the map, so that nothing is lost.
    loose = [
        _line(None, kpi, (), first=True, lines=1, speak=speak)
        for kpi in context["kpis"]
        if kpi["measures"] not in on_the_map
    ]
    for initiative in context["initiatives"]:
        if not any(point in on_the_map for point in initiative["objectives"]):
            loose.append(_line(None, None, (initiative,), first=True, lines=1, speak=speak))
    _say_means_once(loose, told_of, speak)
    found.append(_group(None, None, say("board.scorecard.loose", speak.language), loose))
    return tuple(group for group in found if group["rows"])


def explained_sign(context: Table, speak: DocumentWords) -> str | None:
    """Return what the sign behind KPIs means, once for all of the table; None where there is none."""
    mark = next((kpi["origin_text"] for kpi in context["kpis"] if kpi["origin_text"]), None)
    return None if mark is None else say("board.scorecard.unconfirmed", speak.language, mark=mark)


def _signed(kpi: Table, speak: DocumentWords) -> str:
    told: str = kpi["label"]
    return told if kpi["origin_text"] is None else say("board.scorecard.marked", speak.language, text=told)


def _places(context: Table) -> Iterator[tuple[Perspective, str | None, str, Sequence[Table]]]:
    """Yield the places of the map from its top to its bottom: perspective, cluster, heading and points."""
    bands = context["words"]["band"]
    rows = {
        "mission": context["missions"],
        "outcome": context["outcomes"],
        "promise": context["promises"],
        "enabler": context["enablers"],
    }
    for kind, perspective in reversed(PERSPECTIVE_OF.items()):
        if kind != "objective":
            yield perspective, None, bands[perspective], rows[kind]
            continue
        for cluster in context["clusters"]:
            yield perspective, cluster["id"], cluster["id_text"], cluster["objectives"]
        yield perspective, None, context["words"]["heading"]["elsewhere"], context["elsewhere"]


def _group(
    perspective: Perspective | None, cluster: str | None, heading: str, rows: Iterable[Table]
) -> Table:
    return {"perspective": perspective, "cluster": cluster, "heading": heading, "rows": tuple(rows)}


def _lines(
    point: Table, kpis: Sequence[Table], work: Sequence[Table], speak: DocumentWords
) -> Iterator[Table]:
    """Yield a row for each KPI of a point, or one for a point without any."""
    for at, kpi in enumerate(kpis or (None,)):
        yield _line(
            point,
            kpi,
            () if at else work,
            first=not at,
            lines=0 if at else max(1, len(kpis)),
            speak=speak,
        )


def _line(
    point: Table | None,
    kpi: Table | None,
    work: Sequence[Table],
    *,
    first: bool,
    lines: int,
    speak: DocumentWords,
) -> Table:
    now = kpi["now"]["text"] if kpi else None
    target = kpi["target_text"] if kpi else None
    # Who answers: for the point, else for its KPI, else for what is done.
    answers_for_kpi = kpi["owner_role"] if kpi else None
    answers = (point.get("owner_role") if point else None) or answers_for_kpi
    if not point and not kpi:
        answers = work[0]["owner_role"]
    owners = dict.fromkeys(one for one in (answers, answers_for_kpi) if one)
    # What it is about, where that stands, and what is done for it.
    return {
        "point": point["id"] if point else None,
        "point_text": point["label"] if point else (kpi["measures_text"] if kpi else None),
        "first": first,
        "lines": lines,
        "kpi": kpi["id"] if kpi else None,
        "kpi_text": _signed(kpi, speak) if kpi else None,
        "now_text": now,
        "status": kpi["now"]["status"] if kpi else None,
        "status_text": kpi["now"]["status_text"] if kpi else None,
        "colour": kpi["now"]["colour"] if kpi else None,
        "target_text": target,
        "step_text": _step(kpi, speak) if kpi else None,
        "initiatives": tuple(_work(one) for one in work),
        "owner_role": answers,
        "kpi_owner_role": answers_for_kpi,
        "owner_text": "; ".join(owners) or None,
    }


def _step(kpi: Table, speak: DocumentWords) -> str | None:
    """Return the way from where a KPI stands to its target, as far as both are known.

    A unit that stands behind its number is told once, and of a reading when it was and how it goes.
    """
    here, target, unit = kpi["now"], kpi["target_text"], kpi["unit"]
    now = here["text"]
    if now and unit and here["value"] is not None and kpi["target"] is not None:
        number = speak.number(here["value"])
        now = number if now == speak.say("format.unit", number=number, unit=unit) else now
    if here["date"]:
        read = {"now": now, "date": here["date_text"], "status": here["status_text"]}
        now = say("board.scorecard.read", speak.language, **read)
    if now and target:
        return say("board.scorecard.step", speak.language, now=now, target=target)
    return now or (say("board.scorecard.to", speak.language, target=target) if target else None)


def _work(initiative: Table) -> Table:
    """Return what the scorecard tells of an initiative."""
    return {
        "id": initiative["id"],
        "label": initiative["label"],
        "means_text": initiative["means_text"],
        "period_text": initiative["period_text"],
        "owner_role": initiative["owner_role"],
    }


def _say_means_once(rows: Iterable[Table], told_of: set[str], speak: DocumentWords) -> None:
    """Say what each initiative takes where it first stands: nobody is to add it up twice."""
    for work in (one for row in rows for one in row["initiatives"]):
        work["again"] = work["id"] in told_of
        told_of.add(work["id"])
        label, means = work["label"], work["means_text"]
        says_means = means and not work["again"]
        work["told"] = (
            say("board.scorecard.work", speak.language, label=label, means=means) if says_means else label
        )
