"""What is tied to the points of the map: links, KPIs, initiatives and amounts, themes, risks, guards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bsc_coach.documents.context.sentences import line_at
from bsc_coach.documents.context.tables import Table, label, plain_all
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import Strategy
from bsc_coach.text import one_line

_Titles = Mapping[str, str | None]


def tie_to_points(
    strategy: Strategy,
    rows: Mapping[str, Sequence[Table]],
    links: Sequence[Table],
    kpis: Sequence[Table],
    initiatives: Sequence[Table],
    titles: _Titles,
    speak: DocumentWords,
) -> Table:
    """Add to the ``rows`` of the map, by kind, what is tied to them; return themes, risks and amounts.

    ``titles`` tells what everything is called by its id.
    """
    points = [row for those in rows.values() for row in those]
    _links_and_numbers(points, links, kpis, initiatives)
    _lines_and_guards(kpis, speak)
    return {
        "themes": _themes(strategy, points, speak),
        "risks": _risks(strategy, points, titles, speak),
        **_order_and_amounts(strategy, initiatives, speak),
    }


def _links_and_numbers(
    points: Sequence[Table], links: Sequence[Table], kpis: Sequence[Table], initiatives: Sequence[Table]
) -> None:
    """Add to every point the labels of its effects, its causes, its KPIs and its initiatives."""
    leads_to, strengthened_by = defaultdict(list), defaultdict(list)
    holds_back, held_back_by = defaultdict(list), defaultdict(list)
    measured_by, worked_on_by = defaultdict(list), defaultdict(list)
    # What is tied to which id.
    for link in links:
        if link["cause"] and link["effect"]:
            against = link["kind"] == "holds_back"
            (holds_back if against else leads_to)[link["cause"]].append(link["effect_text"])
            (held_back_by if against else strengthened_by)[link["effect"]].append(link["cause_text"])
    for kpi in kpis:
        measured_by[kpi["measures"]].append(kpi["label"])
    for initiative in initiatives:
        for item_id in initiative["objectives"]:
            worked_on_by[item_id].append(initiative["label"])
    # And so with each point.
    for point in points:
        point["leads_to"] = tuple(leads_to[point["id"]])
        point["strengthened_by"] = tuple(strengthened_by[point["id"]])
        point["holds_back"] = tuple(holds_back[point["id"]])
        point["held_back_by"] = tuple(held_back_by[point["id"]])
        point["measured_by"] = tuple(measured_by[point["id"]])
        point["initiatives"] = tuple(worked_on_by[point["id"]])


def _themes(strategy: Strategy, points: Sequence[Table], speak: DocumentWords) -> tuple[Table, ...]:
    """Return each theme with the points that belong to it, and tell each point its theme."""
    themes = plain_all(strategy.themes, speak)
    for theme in themes:
        theme["label"] = label(theme["id"], theme["title"])
        theme["points_text"] = tuple(one["label"] for one in points if one.get("theme") == theme["id"])
    names = {theme["id"]: theme["title"] or theme["id"] for theme in themes}
    for point in points:
        theme_id = point.get("theme")
        point["theme_text"] = None if theme_id is None else one_line(names.get(theme_id, theme_id))
    return themes


def _risks(
    strategy: Strategy, points: Sequence[Table], titles: _Titles, speak: DocumentWords
) -> tuple[Table, ...]:
    """Return the risks with what they threaten, and tell each point its own."""
    risks = plain_all(strategy.risks, speak)
    threatening = defaultdict[str | None, list[str]](list)
    for risk in risks:
        risk["label"] = label(risk["id"], risk["title"])
        threatens = risk["threatens"]
        risk["threatens_text"] = None if threatens is None else label(threatens, titles.get(threatens))
        threatening[threatens].append(risk["label"])
    for point in points:
        point["risks_text"] = tuple(threatening[point["id"]])
    return risks


def _lines_and_guards(kpis: Sequence[Table], speak: DocumentWords) -> None:
    """Tell each KPI its amber line with the unit, which KPI guards it, and over which it stands guard."""
    labels = {one["id"]: one["label"] for one in kpis}
    guards = defaultdict[str, list[str]](list)
    for one in kpis:
        if one["guard_kpi"] is not None:
            guards[one["guard_kpi"]].append(one["label"])
    for one in kpis:
        one["amber_text"] = line_at("amber", one, speak)
        one["guard_kpi_text"] = labels.get(one["guard_kpi"], one["guard_kpi"])
        one["guards_text"] = tuple(guards[one["id"]])


def _order_and_amounts(strategy: Strategy, initiatives: Sequence[Table], speak: DocumentWords) -> Table:
    """Tell each initiative what it needs, what waits for it and its amount; return what all come to."""
    labels = {one["id"]: one["label"] for one in initiatives}
    currency = strategy.organisation.currency
    for one in initiatives:
        one["needs_text"] = tuple(labels.get(other, other) for other in one["needs"])
        one["needed_by_text"] = tuple(other["label"] for other in initiatives if one["id"] in other["needs"])
        one["amount_text"] = None if one["amount"] is None else speak.amount(one["amount"], currency)
        one["means_text"] = _means(one, speak)
    known = [one["amount"] for one in initiatives if one["amount"] is not None]
    return {"amounts": sum_of(known), "amounts_text": _in_all(known, len(initiatives), currency, speak)}


def _means(initiative: Table, speak: DocumentWords) -> str | None:
    """Return what an initiative costs and whose hours it takes; an amount that the words tell is told once."""
    amount, words = initiative["amount_text"], initiative["resources"]
    if amount is None or (words and speak.number(initiative["amount"]) in words):
        return words  # type: ignore[no-any-return]
    return speak.say("format.semicolon").join(part for part in (amount, words) if part)


def sum_of(amounts: Iterable[float]) -> float | None:
    """Return the sum of amounts to the last digit that they have; None of no amounts."""
    known = list(amounts)
    total = round(sum(known), 6)
    return None if not known else int(total) if total == int(total) else total


def _in_all(known: Sequence[float], many: int, currency: str | None, speak: DocumentWords) -> str | None:
    total = sum_of(known)
    if total is None:
        return None
    said = speak.amount(total, currency)
    whole = "whole" if len(known) == many else "part"
    return speak.say(f"sentence.amounts_{whole}", amount=said, n=len(known), all=many)
