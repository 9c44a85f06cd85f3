"""Generated sentences of documents: links read aloud, KPI targets, periods; answers inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import get_args

from bsc_coach.documents.context.tables import Table, text_or_none
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.model import GrowthLever, PropositionType
from bsc_coach.strategy.points import PERSPECTIVE_OF, PointKind
from bsc_coach.text import one_line

_SINGLE_QUOTES = "'‘’‚‹›"
_DOUBLE_QUOTES = '"“”„‟«»'
_OPENING = "“„‟«"
_LIST_MARK = re.compile(r"(?:[•◦▪‣●∙·*–—-]|o|[0-9]{1,2}[.)]|[a-z]\))\s+")
_BULLET_INSIDE = re.compile(r"\s+([•◦▪‣●∙])\s+")
_ENDS = ".!?:;,…"
_QUOTATION = re.compile(r"[“„«]([^“”„«»\"]+)[”“»]|(?<!\w)\"([^“”„«»\"]+)\"(?!\w)")


def as_line(text: str) -> str:
    """Return ``text`` on one line; the points of a list as sentences, without the marks in front of them."""
    first, *others = [one_line(line) for line in _BULLET_INSIDE.sub(r"\n\1 ", text).splitlines()] or [""]
    told = _without_quotes(_LIST_MARK.sub("", first, count=1) if others else first)
    for line in others:
        point = _LIST_MARK.sub("", line, count=1)
        if point != line and told and told[-1] not in _ENDS:
            told += ";" if point[:1].islower() else "."
        told = f"{told} {_without_quotes(point)}".strip()
    return told


def quoted_inside(text: str) -> str:
    """Return ``text`` on one line without quotation marks around it, for a sentence that has its own.

    A quotation inside it gets single marks.
    """
    line = _without_quotes(as_line(text))
    return _QUOTATION.sub(lambda found: f"‘{found[1] or found[2]}’", line)


def _without_quotes(line: str) -> str:
    """Return ``line`` without the quotation marks around the whole of it."""
    inside = line[1:-1].strip()
    for marks in (_SINGLE_QUOTES, _DOUBLE_QUOTES):
        if inside and line[0] in marks and line[-1] in marks:
            first = next((one for one in inside if one in _DOUBLE_QUOTES), None)
            # “One” and “two” begins and ends with a mark, and no pair stands around it.
            return inside if marks is _SINGLE_QUOTES or first is None or first in _OPENING else line
    return line


def within(text: str) -> str:
    """Return ``text`` for the middle of a sentence: no capital unless the word needs it, no full stop.

    A word needs it that has another capital (KPI, iPhone), or no letter behind its first (A-brand, A1).
    """
    line = as_line(text).rstrip(" .;")
    first_word = line.split(" ", 1)[0]
    rest = first_word[1:]
    keeps_capital = bool(rest) and (not rest.islower() or not rest[0].isalpha())
    return line if keeps_capital else line[:1].lower() + line[1:]


def link_sentence(link: Table, items: Mapping[str, Table], speak: DocumentWords) -> str | None:
    """Return ``link`` as "If we …, then …, because …", or None while an end of it is missing."""
    if link["cause"] is None or link["effect"] is None:
        return None
    ends = {name: _end(link[name], items, speak) for name in ("cause", "effect")}
    read = speak.say(f"link.read_{link['kind'] or 'drives'}", **ends)
    if link["because"]:
        read += speak.because(link["because"].rstrip(" .;"))
    signs = [within(link["seen_in"])] if link["seen_in"] else []
    if link["seen_in_kpi_text"]:
        signs.append(speak.say("link.seen_in_kpi", kpi=one_line(link["seen_in_kpi_text"])))
    if signs:
        read += speak.say("link.seen_in", sign=speak.say("format.comma").join(signs))
    months = link["delay_months"]
    if months is not None:
        read += (
            speak.say("link.delay.zero")
            if months == 0
            else speak.say("link.delay", n=1 if months == 1 else speak.number(months))
        )
    if link["confidence"]:
        read += speak.say("link.confidence", confidence=link["confidence_text"])
    return read + speak.say("link.end")


def story(links: Iterable[Table], items: Mapping[str, Table], speak: DocumentWords) -> str | None:
    """Return what ``links`` tell as one paragraph, row by row from people to result; None without any.

    Only what a link begins or ends at is part of the story; what holds something back tells none.
    """
    return " ".join(sentence for _, sentence in story_rows(links, items, speak)) or None


def story_rows(
    links: Iterable[Table], items: Mapping[str, Table], speak: DocumentWords
) -> tuple[tuple[PointKind, str], ...]:
    """Return the sentences of the story, each with the kind of points that it tells of."""
    linked = {
        end for link in links if link["kind"] != "holds_back" for end in (link["cause"], link["effect"])
    }
    rows: list[tuple[PointKind, str]] = []
    for kind in PERSPECTIVE_OF:
        titles = [
            speak.say(f"story.item.{kind}", title=quoted_inside(item["title"]), start=within(item["title"]))
            for item in items.values()
            if item["kind"] == kind and item["id"] in linked and item["title"]
        ]
        if titles:
            form = "then" if rows else "first"
            rows.append((kind, speak.say(f"story.{form}.{kind}", items=speak.listing(titles))))
    return tuple(rows)


def _end(item_id: str, items: Mapping[str, Table], speak: DocumentWords) -> str:
    item = items.get(item_id)
    if item is None or not item["title"]:
        return speak.say("link.nameless.bare", id=item_id)
    title = item["title"]
    return speak.say(
        f"link.named.{item['kind']}", id=item_id, title=quoted_inside(title), start=within(title)
    )


def points_divided(points: str | None, speak: DocumentWords) -> str | None:
    """Return how a team that wanted all four propositions divided ten points over them."""
    return None if points is None else speak.say("sentence.points", points=points_listed(points, speak))


def points_listed(points: str, speak: DocumentWords) -> str:
    """Return ten points divided over the propositions as a list: "4 for low total cost, 3 for …"."""
    told = [
        speak.say("sentence.points_for", n=n, type=within(speak.choice("proposition", kind)))
        for n, kind in zip(points.split(), get_args(PropositionType), strict=True)
    ]
    return speak.listing(told)


def target(kpi: Table, speak: DocumentWords) -> str | None:
    """Return the target of ``kpi`` with its date: "14 days by December 2027"."""
    if kpi["target"] is None:
        return speak.say("sentence.by", date=kpi["target_date_text"]) if kpi["target_date"] else None
    value = speak.amount(kpi["target"], kpi["unit"])
    if kpi["target_date"] is None:
        return value
    return speak.say("sentence.target_by", target=value, date=kpi["target_date_text"])


def baseline(kpi: Table, speak: DocumentWords) -> str | None:
    """Return where ``kpi`` stands now, or when that will have been measured."""
    if kpi["baseline"] is not None:
        return speak.amount(kpi["baseline"], kpi["unit"])
    if kpi["baseline_by"] is not None:
        return speak.say("sentence.baseline_by", date=kpi["baseline_by_text"])
    return None


def line_at(line: str, kpi: Table, speak: DocumentWords) -> str | None:
    """Return the red or the amber line of a KPI, from where on it holds: "above 24 days"."""
    if kpi[line] is None:
        return None
    value = speak.amount(kpi[line], kpi["unit"])
    return speak.say(f"sentence.red_{kpi['direction']}", value=value) if kpi["direction"] else value


def benchmark(kpi: Table, speak: DocumentWords) -> str | None:
    """Return who is good at what ``kpi`` measures, how good, and who says so."""
    known = kpi["benchmark"]
    told = known["found_text"] if known["found"] == "none" else None
    if known["value"] is not None:
        told = speak.amount(known["value"], kpi["unit"])
    if told is not None and (known["source"] or known["year"]):
        parts = "_".join(name for name in ("source", "year") if known[name])
        told = speak.say(
            f"sentence.benchmark_{parts}", value=told, source=known["source"], year=known["year"]
        )
    if told is None:
        return known["note"] or known["source"]  # type: ignore[no-any-return]
    return speak.say("sentence.benchmark_note", benchmark=told, note=known["note"]) if known["note"] else told


def gap(kpi: Table, speak: DocumentWords) -> str | None:
    """Return how far ``kpi`` is from its target and from its benchmark, and whether that comes first.

    Told where the team looked at it: the choice between gaps is theirs, the numbers alone choose nothing.
    """
    now, wanted, others = kpi["baseline"], kpi["target"], kpi["benchmark"]["value"]
    if kpi["gap"] is None or now is None or wanted is None:
        return kpi["gap_text"]  # type: ignore[no-any-return]
    parts = [speak.say("sentence.gap_target", gap=_distance(now, wanted, kpi["unit"], speak))]
    if others is not None:
        rises = kpi["direction"] == "up" if kpi["direction"] else wanted >= now
        side = "ahead" if others != now and (others < now) is rises else "behind"
        parts.append(speak.say(f"sentence.gap_{side}", gap=_distance(now, others, kpi["unit"], speak)))
    return speak.say("sentence.gap", gaps=speak.say("format.semicolon").join(parts), choice=kpi["gap_text"])


def _distance(one: float, other: float, unit: str | None, speak: DocumentWords) -> str:
    """Return the distance of two values as an amount; two shares in % are so many points apart."""
    apart = round(abs(one - other), 9)
    apart = int(apart) if apart == int(apart) else apart
    return speak.amount(apart, speak.say("sentence.points_of_percent") if unit == "%" else unit)


def agreed(agreement: Table, speak: DocumentWords) -> str | None:
    """Return the lowest hand at each stage where a fist-to-five was held."""
    told = [
        speak.say(f"sentence.agreed_{stage}", vote=agreement[f"{stage}_text"])
        for stage in ("proposition", "vital_few", "kpis")
        if agreement[stage] is not None
    ]
    return speak.say("sentence.agreed", told=speak.say("format.semicolon").join(told)) if told else None


def growth_lever(lever: GrowthLever, speak: DocumentWords) -> str | None:
    """Return a growth lever with the account to begin with."""
    if not lever.title or not lever.account:
        return text_or_none(lever.title or lever.account)
    return speak.say("sentence.growth_lever", lever=as_line(lever.title), account=as_line(lever.account))


def chain(
    objective: Table, kpis: Sequence[Table], processes: Mapping[str, Table], speak: DocumentWords
) -> tuple[str, ...]:
    """Return the way from a process to each of an objective's KPIs, role and benchmark: a line for each.

    It begins at the step that the objective stands or falls with; without one there is none to tell.
    """
    process = processes.get(objective["process"] or "")
    if process is None:
        return ()
    start = (
        objective["process_text"],
        objective["bottleneck"] or process["bottleneck"],
        objective["label"],
        speak.say("sentence.plus").join(objective["leads_to"]),
    )
    ends = [
        (one["label"], one["owner_role"] or objective["owner_role"], one["benchmark_text"]) for one in kpis
    ]
    return tuple(
        speak.say("sentence.arrow").join(as_line(part) for part in (*start, *end) if part)
        for end in ends or [("", objective["owner_role"], "")]
    )


def period(start: str | None, end: str | None, speak: DocumentWords) -> str | None:
    """Return the time between ``start`` and ``end``, both in words already."""
    if start and end:
        return speak.say("sentence.period", start=start, end=end)
    if start:
        return speak.say("sentence.period_start", start=start)
    return speak.say("sentence.period_end", end=end) if end else None


def scores(item: Table, speak: DocumentWords) -> str | None:
    """Return influence, performance, priority and quadrant of ``item`` in one phrase."""
    if item["priority"] is None:
        return None
    told = speak.say(
        "sentence.scores",
        influence=item["influence"],
        performance=item["performance"],
        priority=item["priority"],
    )
    quadrant = item["quadrant_text"]
    return speak.say("sentence.scores_quadrant", scores=told, quadrant=quadrant) if quadrant else told
