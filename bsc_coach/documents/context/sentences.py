"""Generated sentences of documents: links read aloud, KPI targets, periods, the summary."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.points import PERSPECTIVE_OF
from bsc_coach.text import one_line
from bsc_coach.words import say

_HYPHENS = "-\u2010\u2011"
_QUOTES = "\"“”„‟«»'‘’"


def quoted_inside(text: str) -> str:
    """Return ``text`` on one line without quotation marks around it, for a sentence that has its own."""
    line = one_line(text)
    return line[1:-1].strip() if len(line) > 2 and line[0] in _QUOTES and line[-1] in _QUOTES else line


def within(text: str) -> str:
    """Return ``text`` for the middle of a sentence: no capital unless the word needs it, no full stop.

    A word needs it that has another capital (KPI, iPhone) or a hyphen behind its first letter (A-brand).
    """
    line = one_line(text).rstrip(" .;")
    first_word = line.split(" ", 1)[0]
    rest = first_word[1:]
    keeps_capital = bool(rest) and (not rest.islower() or rest[0] in _HYPHENS)
    return line if keeps_capital else line[:1].lower() + line[1:]


def link_sentence(link: Table, items: Mapping[str, Table], speak: DocumentWords) -> str | None:
    """Return ``link`` as "If we …, then …, because …", or None while an end of it is missing."""
    if link["cause"] is None or link["effect"] is None:
        return None
    read = speak.say(
        "link.read", cause=_end(link["cause"], items, speak), effect=_end(link["effect"], items, speak)
    )
    if link["because"]:
        read += speak.because(link["because"].rstrip(" .;"))
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

    Only what a link begins or ends at is part of the story.
    """
    linked = {end for link in links for end in (link["cause"], link["effect"])}
    sentences: list[str] = []
    for kind in PERSPECTIVE_OF:
        titles = [
            speak.say(f"story.item.{kind}", title=quoted_inside(item["title"]), start=within(item["title"]))
            for item in items.values()
            if item["kind"] == kind and item["id"] in linked and item["title"]
        ]
        if titles:
            form = "first" if not sentences else "then"
            sentences.append(speak.say(f"story.{form}.{kind}", items=speak.listing(titles)))
    return " ".join(sentences) or None


def _end(item_id: str, items: Mapping[str, Table], speak: DocumentWords) -> str:
    item = items.get(item_id)
    if item is None or not item["title"]:
        return speak.say("link.nameless.bare", id=item_id)
    title = item["title"]
    return speak.say(
        f"link.named.{item['kind']}", id=item_id, title=quoted_inside(title), start=within(title)
    )


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


def red_line(kpi: Table, speak: DocumentWords) -> str | None:
    """Return the line at which the owner calls the meeting: "above 24 days"."""
    if kpi["red"] is None:
        return None
    value = speak.amount(kpi["red"], kpi["unit"])
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
    return speak.say("sentence.scores_quadrant", scores=told, quadrant=item["quadrant_text"])


def title(organisation: Table, speak: DocumentWords) -> str:
    """Return the title of the document."""
    name, year = organisation["name"], organisation["horizon_year"]
    form = {(True, True): "full", (True, False): "name", (False, True): "year"}.get(
        (bool(name), year is not None), "bare"
    )
    return speak.say(f"title.{form}", name=one_line(name or ""), year=year)


def status(date: str | None, confirmed: bool, speak: DocumentWords, *, redacted: bool = False) -> str:
    """Return as of when the strategy stands so, whether that was confirmed, and whether it is redacted."""
    form = "confirmed" if confirmed else "unconfirmed"
    told = speak.say(f"status.{form}", date=date) if date else speak.say(f"status.{form}_undated")
    return f"{told} {say('redact.status', speak.language)}" if redacted else told


def summary(context: Table, speak: DocumentWords) -> str:
    """Return the strategy in one paragraph; says plainly when nothing has been settled."""
    sentences = [
        *_heading_for(context["organisation"], context["missions"], speak),
        *_serving(context, speak),
        *_choosing(context, speak),
        *_map_size(context, speak),
    ]
    if not sentences:
        sentences = [speak.say("summary.empty")]
    waiting = sum(len(group["items"]) for group in context["points"] if group["kind"] != "declined")
    if waiting:
        sentences.append(speak.say("summary.waiting", n=waiting))
    return " ".join(sentences)


def _heading_for(organisation: Table, missions: tuple[Table, ...], speak: DocumentWords) -> list[str]:
    told = [
        speak.say("summary.mission", mission=_ending_in(mission["title"]))
        for mission in missions
        if mission["title"]
    ]
    if organisation["ambition"]:
        year = organisation["horizon_year"]
        key = "summary.ambition" if year is None else "summary.ambition_year"
        told.append(speak.say(key, year=year, ambition=_ending_in(organisation["ambition"])))
    return told


def _ending_in(text: str) -> str:
    """Return ``text`` as a quotation that ends its sentence."""
    return quoted_inside(text).removesuffix(".")


def _serving(context: Table, speak: DocumentWords) -> list[str]:
    told = []
    for key in ("served", "not_served"):
        names = [within(segment["name"]) for segment in context[key] if segment["name"]]
        if names:
            told.append(speak.say(f"summary.{key}", **{key: speak.listing(names)}))
    return told


def _choosing(context: Table, speak: DocumentWords) -> list[str]:
    proposition = context["proposition"]
    if proposition["type"] is None:
        return []
    word = context["organisation"]["customer_word"]
    customers = one_line(word) if word else speak.say("summary.customers")
    said = {
        "customers": customers[:1].upper() + customers[1:],
        "type": within(proposition["type_text"]),
        "marks": speak.listing([within(mark["id_text"]) for mark in proposition["differentiators"]]),
    }
    return [speak.say("summary.proposition_marks" if said["marks"] else "summary.proposition", **said)]


def _map_size(context: Table, speak: DocumentWords) -> list[str]:
    filled = [cluster for cluster in context["clusters"] if cluster["objectives"]]
    if not filled:
        return []
    objectives = sum(len(cluster["objectives"]) for cluster in filled)
    kpis = len(context["kpis"])
    return [
        speak.say(
            "summary.map",
            objectives=speak.say("summary.objectives", n=objectives),
            clusters=len(filled),
            kpis=speak.say("summary.kpis", n=kpis),
        )
    ]
