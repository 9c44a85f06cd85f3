"""Serialise parts of a strategy to plain dicts: the names of strategy.toml, and words beside them.

Beside every choice and date ``x`` stands ``x_text``, as a reader wants it. Blank text is absent
(None), so that a template asks one question only.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel

from bsc_coach.documents.context.words import DocumentWords
from bsc_coach.strategy import closing, measures, model
from bsc_coach.strategy.readings import Reading
from bsc_coach.text import clean, one_line

Table = dict[str, Any]
"""Plain data for a template: text, numbers, yes or no, None, tuples, and tables of these."""

CHOICES: dict[type[BaseModel], dict[str, str]] = {
    model.Organisation: {"kind": "kind", "money_stands": "money_stands"},
    model.Participant: {"part": "part", "vote": "vote"},
    model.Segment: {"choice": "segment", "adopter": "adopter"},
    model.Attribute: {"id": "attribute", "role": "attribute_role"},
    model.Proposition: {"type": "proposition"},
    model.Mission: {"horizon": "horizon"},
    model.Outcome: {"lever": "lever", "horizon": "horizon"},
    model.Promise: {"attribute": "attribute", "horizon": "horizon"},
    model.Process: {"value_type": "value_type", "primary": "primary"},
    model.Cluster: {
        "id": "cluster",
        "lost_at": "acquiring",
        "leave_over": "kept_by",
        "stay_for": "kept_by",
    },
    model.Candidate: {"cluster": "cluster", "subprocess": "subprocess"},
    model.Objective: {
        "horizon": "horizon",
        "serves": "serves",
        "effects": "effects",
        "aspect": "aspect",
        "innovation_type": "innovation_type",
    },
    model.Enabler: {"capital": "capital", "horizon": "horizon"},
    model.Link: {"kind": "link_kind", "confidence": "confidence", "confidence_votes": "confidence"},
    model.Decision: {"status": "decision_status"},
    model.Parked: {"outcome": "outcome"},
    measures.Benchmark: {"found": "found"},
    closing.Meeting: {"sorting": "sorting"},
    measures.OldKpi: {"verdict": "old_kpi"},
    measures.Kpi: {
        "direction": "direction",
        "frequency": "frequency",
        "lead_lag": "lead_lag",
        "kind": "kpi_kind",
        "gap": "gap",
    },
    closing.Agreement: {"proposition": "vote", "vital_few": "vote", "kpis": "vote"},
    closing.Review: {"rhythm": "rhythm"},
}
"""Which group of words says the choices of which field."""

DATES: dict[type[BaseModel], tuple[str, ...]] = {
    measures.Kpi: ("baseline_by", "target_date"),
    Reading: ("date",),
    model.Initiative: ("start", "end"),
    model.Assumption: ("test_date",),
    model.Decision: ("date",),
    model.Parked: ("due",),
    closing.Review: ("first",),
}


def plain(part: BaseModel, speak: DocumentWords) -> Table:
    """A part as a dict: every field by its own name, ``x_text`` beside choices and dates."""
    kind = type(part)
    told = {name: _value(getattr(part, name), speak) for name in kind.model_fields}
    for name, group in CHOICES.get(kind, {}).items():
        told[f"{name}_text"] = _choice(told[name], group, speak)
    for name in DATES.get(kind, ()):
        told[f"{name}_text"] = None if told[name] is None else speak.date(told[name])
    return told


def plain_all(parts: Iterable[BaseModel], speak: DocumentWords) -> tuple[Table, ...]:
    """Every one of ``parts`` as a dict, in the same order."""
    return tuple(plain(part, speak) for part in parts)


def label(item_id: str, title: str | None) -> str:
    """Return what an item is called in a heading or a list: "O1 Shorten the wait"."""
    return f"{item_id} {one_line(title)}" if title else item_id


def text_or_none(text: str | None) -> str | None:
    """Return ``text`` cleaned, or None where it says nothing."""
    if text is None:
        return None
    cleaned = clean(text).text.strip()
    return cleaned or None


def _value(value: object, speak: DocumentWords) -> Any:
    if isinstance(value, str):
        return text_or_none(value)
    if isinstance(value, BaseModel):
        return plain(value, speak)
    if isinstance(value, tuple):
        return tuple(_value(inner, speak) for inner in value)
    return value


def _choice(value: object, group: str, speak: DocumentWords) -> str | tuple[str, ...] | None:
    if value is None:
        return None
    if isinstance(value, tuple):
        return tuple(speak.choice(group, one) for one in value)
    return speak.choice(group, value)
