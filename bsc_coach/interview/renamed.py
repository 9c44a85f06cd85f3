"""Names that a script of one's own gives to clusters, attributes and parts of the agenda, told from ours."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach.interview.own_questions import part_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.texts import title_in
from bsc_coach.script.loader import bundled_script
from bsc_coach.script.model import Fixed
from bsc_coach.script.slots import ItemId
from bsc_coach.strategy.nested import Table, put
from bsc_coach.text import one_line
from bsc_coach.words import texts

_FIXED = {"clusters[]": ("clusters", "cluster"), "proposition.attributes[]": ("attributes", "attribute")}
"""By the field of a list of fixed items: where the strategy keeps their names, and the group of our words."""
_SECTIONS = frozenset({
    "organisation", "segments", "proposition", "outcomes", "processes", "clusters", "candidates", "enablers",
    "links", "kpis", "initiatives",
})  # fmt: skip
"""The parts of the strategy whose part of the agenda a document has a heading for."""


def names_of(plan: Plan) -> Table:
    """Return the names that are not ours, as the ``names`` of a strategy."""
    told: Table = {}
    if plan.script is not bundled_script():
        for place, name in (*_items(plan), *_sections(plan)):
            put(told, place, name)
    return told


def _items(plan: Plan) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the items of fixed lists of the strategy that have no name of our script or of our words."""
    for step in plan.script.steps:
        if not isinstance(step, Fixed) or step.field not in _FIXED:
            continue
        kind, group = _FIXED[step.field]
        words = texts("document", plan.language)["choice"][group]
        for item in step.item_ids:
            name = one_line(plan.label(((step.id, item),)))
            if item in words and name not in (words[item], *_our_names(step.field, item, plan.language)):
                yield (kind, item), name


def _our_names(field: str, item: str, language: str) -> Iterator[str]:
    """Yield what our script calls an item of the list that fills a field, in a language and its first one."""
    ours = bundled_script()
    for step in ours.steps:
        if isinstance(step, Fixed) and step.field == field:
            translated = ours.translations.get(language, {}).get(step.id, {})
            yield translated.get(f"item.{item}", "")
            yield step.text_of(ItemId(item))


def _sections(plan: Plan) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the parts of the agenda that have the id of one of ours, and another title."""
    ours = bundled_script()
    for section in ours.inside(None):
        own, part = plan.script.by_id.get(section.id), part_of(ours, section.id)
        if own is None or own.within is not None or not own.title or part not in _SECTIONS:
            continue
        name = one_line(title_in(plan.script, own, plan.language) or "")
        if name and name not in (title_in(ours, section, plan.language), section.title):
            yield ("sections", str(part)), name
