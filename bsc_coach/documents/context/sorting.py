"""The section on the KPIs that were there before: what becomes of each, and which points have none."""

from __future__ import annotations

from bsc_coach.documents.context.tables import Table, label, plain
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.measures import OldKpi
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.sorting import by_verdict, goes_on_as, watched, without_kpi
from bsc_coach.text import one_line


def old_kpis(strategy: Strategy, items: dict[str, Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return the old KPIs, those that stay first, each with ``became_text`` and what the list said of it."""
    names = {old.id: old.name for old in strategy.old_kpis} | {kpi.id: kpi.name for kpi in strategy.kpis}
    told = []
    for verdict, group in by_verdict(strategy).items():
        for old in group:
            row = plain(old, speak)
            row["label"] = label(old.id, row["name"])
            row["verdict_text"] = speak.choice("old_kpi", verdict)
            row["became_text"] = _became(strategy, old, row, items, names, speak)
            target = row["target"] and f"{speak.say('label.target')}: {one_line(row['target'])}"
            known = (row["unit"], target, row["formula"], *(row["note"] or "").split("\n"))
            row["known_text"] = tuple(one_line(one) for one in known if one)
            told.append(row)
    return tuple(told)


def _became(
    strategy: Strategy,
    old: OldKpi,
    row: Table,
    items: dict[str, Table],
    names: dict[str, str | None],
    speak: DocumentWords,
) -> str:
    """Return what becomes of an old KPI: its verdict with the point, the other KPI or the reason."""
    verdict, because = row["verdict_text"], row["because"]
    told = None
    if old.verdict == "keep" and old.keeps_for:
        told = items[old.keeps_for]["label"] if old.keeps_for in items else old.keeps_for
        kpi = goes_on_as(strategy, old)
        told = told if kpi is None else speak.say("sorting.as", point=told, kpi=kpi.id)
    elif old.verdict == "merge" and old.merged_into:
        told = label(old.merged_into, names.get(old.merged_into))
    if told is not None:
        verdict = speak.say("sorting.told", verdict=verdict, what=told)
    return speak.say("sorting.told", verdict=verdict, what=one_line(because)) if because else verdict


def sorting(strategy: Strategy, speak: DocumentWords) -> tuple[str, ...]:
    """Return in sentences what the sorting came to, and what is missing; none without old KPIs."""
    if not strategy.old_kpis:
        return ()
    groups = by_verdict(strategy)
    counted = (
        speak.say("sorting.told", verdict=speak.choice("old_kpi", verdict), what=len(group))
        for verdict, group in groups.items()
        if group
    )
    counts = speak.say("format.semicolon").join(counted)
    told = [speak.say("sorting.counted", n=len(strategy.old_kpis), counts=counts[:1].upper() + counts[1:])]
    if strategy.meeting.sorting == "later" and groups["unsorted"]:
        told.append(speak.say("sorting.later"))
    missing = [label(one.id, one.title) for one in without_kpi(strategy)]
    if missing:
        told.append(speak.say("sorting.missing", n=len(missing), points=speak.listing(missing)))
    elif points := watched(strategy):
        with_enablers = any(one.kind == "enabler" for one in points)
        told.append(
            speak.say("sorting.none_missing_with_enablers" if with_enablers else "sorting.none_missing")
        )
    return tuple(told)
