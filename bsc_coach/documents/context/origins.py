"""What a session took over from an earlier strategy and nobody has confirmed: the marks and the list of it.

A row of a document whose answers, or some of them, are of that kind says so in ``origin_text``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy.notes import Notes, TakenOver
from bsc_coach.text import one_line

_ROWS: Mapping[str, tuple[str, ...]] = {
    "segments": ("segments",),
    "promises": ("promises",),
    "missions": ("missions",),
    "outcomes": ("outcomes",),
    "processes": ("processes",),
    "candidates": ("vital_few", "trivial_many"),
    "enablers": ("enablers",),
    "links": ("links",),
    "kpis": ("kpis",),
    "old_kpis": ("old_kpis",),
    "initiatives": ("initiatives",),
    "themes": ("themes",),
    "risks": ("risks",),
    "assumptions": ("assumptions",),
    "decisions": ("decisions",),
    "parking": ("parking",),
    "participants": ("participants",),
    "growth_levers": (),
}
"""The names of the rows of a context by the list of the strategy that they stand in."""
_SAID_WHOLE = {
    "decisions": "label",
    "links": "sentence",
    "segments": "name",
    "missions": "title",
    "participants": "name",
}
"""The text that carries the mark where a document has no column or sheet for one."""


def mark_of(origin: TakenOver, speak: DocumentWords) -> str:
    """Return the mark of what was taken over: "from 2025, not yet confirmed"."""
    sure = origin.as_of if not origin.unconfirmed_there else None  # else some of it is older than that
    named = sure[:4] if sure else one_line(origin.source) or speak.say("origin.a_file")
    return speak.say("origin.mark", source=named)


def add_origins(context: Table, notes: Notes, speak: DocumentWords) -> None:
    """Give every row of a context its ``origin_text``: the mark, or None for what was said in the session.

    ``origins`` of the context are the marks by the ids of the rows.
    """
    mark = None if notes.taken_over is None else mark_of(notes.taken_over, speak)
    marked: dict[str, set[str]] = defaultdict(set)
    for one in notes.unconfirmed:
        marked[one.field.partition("[]")[0]].update(one.items)
    objectives = [one for cluster in context["clusters"] for one in cluster["objectives"]]
    marked["objectives"] |= marked["candidates"]
    rows = {name: [context[each] for each in names] for name, names in _ROWS.items()}
    rows["objectives"] = [objectives, context["elsewhere"]]
    for name, lists in rows.items():
        for row in (one for each in lists for one in each):
            row["origin_text"] = mark if row["id"] in marked[name] else None
            said = _SAID_WHOLE.get(name)
            if said and row["origin_text"] and row[said]:
                row[said] = speak.say("origin.marked", text=row[said], mark=mark)
    if mark is not None:
        _mark_single_fields(context, notes, mark, speak)
    context["origins"] = {
        row["id"]: row["origin_text"]
        for lists in rows.values()
        for each in lists
        for row in each
        if row["origin_text"]
    }
    for one in context["proposition"]["attributes"]:
        one["origin_text"] = mark if one["id"] in marked["proposition.attributes"] else None


_NAMES = frozenset(("organisation.name", "organisation.customer_word"))
"""Fields that name something in sentences, where a mark would spoil them: the list at the end has them."""


def _mark_single_fields(context: Table, notes: Notes, mark: str, speak: DocumentWords) -> None:
    """Put the mark behind texts that stand in no list: the ambition, the proposition, the story."""
    for one in notes.unconfirmed:
        part, _, name = one.field.partition(".")
        told = context.get(part)
        if one.items or one.field in _NAMES or not isinstance(told, dict):
            continue
        for field in (name, f"{name}_text"):
            if isinstance(told.get(field), str) and not isinstance(told.get(f"{field}_text"), str):
                told[field] = speak.say("origin.marked", text=told[field], mark=mark)


def marked(text: str, row: Table, speak: DocumentWords) -> str:
    """Return a text about a row, with the mark of the row where it has one."""
    mark = row["origin_text"]
    return text if mark is None else speak.say("origin.marked", text=text, mark=mark)


def marked_together(name: str, rows: Sequence[Table], speak: DocumentWords) -> str:
    """Return the name of a group of rows, with the mark that all of them have in common if they have one."""
    marks = {row["origin_text"] for row in rows}
    mark = marks.pop() if len(marks) == 1 else None
    return name if mark is None else speak.say("origin.marked", text=name, mark=mark)


def unconfirmed(notes: Notes, speak: DocumentWords) -> tuple[Table, ...]:
    """Return what nobody has confirmed, part by part: each a ``label`` and a ``text``."""
    names: dict[str, list[str]] = {}
    for one in notes.unconfirmed:
        names.setdefault(one.section, []).append(_of_items(one.name, one.items, speak))
    return tuple({"label": section, "text": _listed(told)} for section, told in names.items())


def _of_items(name: str, items: Sequence[str], speak: DocumentWords) -> str:
    """Return a question, with how many items it is asked of where they are several: which ones, they say."""
    return speak.say("origin.of_items", name=name, n=len(items)) if len(items) > 1 else name


def _listed(names: Iterable[str]) -> str:
    return "; ".join(dict.fromkeys(names))
