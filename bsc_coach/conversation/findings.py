"""What the coach still wonders about in the whole session: each finding with the way to its answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.rule import Finding, Severity
from bsc_coach.coach.timing import HEARD_TOGETHER
from bsc_coach.coach.whole import check_strategy
from bsc_coach.conversation.prompts import name_of
from bsc_coach.interview.coaching import is_kept, names_around, setting_of
from bsc_coach.interview.plan import Plan, Standing
from bsc_coach.interview.projection import item_in_words, value_in_words
from bsc_coach.script.model import Asked, ConfirmStep
from bsc_coach.script.slots import ItemId, Slot
from bsc_coach.strategy.model import Strategy


@dataclass(frozen=True)
class FindingLine:
    """A finding that was neither followed nor overruled, and the answer to go to (None: the whole map)."""

    rule: str
    severity: Severity
    slot: Slot | None
    name: str
    answer: str
    say: str


def findings(walk: Plan, strategy: Strategy) -> tuple[FindingLine, ...]:
    """Return what the coach still wonders about in the ``strategy`` of a session, most serious first.

    What it says of the map as a whole waits until the interview has come to its first look back: before,
    it would only list what has not been asked for yet.
    """
    today = setting_of(walk).today
    found = check_strategy(strategy, language=walk.language, today=today)
    whole = _has_come_to_look_back(walk)
    wanted = (one for one in found if whole or "map" not in rules()[one.rule].families)
    return tuple(line for one in wanted if (line := _line(walk, one)) is not None)


def _has_come_to_look_back(walk: Plan) -> bool:
    for standing in walk.standings.values():
        if isinstance(standing.step, ConfirmStep):
            return True
        if standing.active and standing.needs_asking:
            return False
    return True


def _line(walk: Plan, found: Finding) -> FindingLine | None:
    if found.rule in walk.state.muted or _is_overruled(walk, found):
        return None
    about = found.about[0] if found.about else ""
    places = tuple(_places(walk, about))
    # The later wording of a point is the one that counts: an objective after its candidate.
    place = next((one for one in reversed(places) if _is_coached(one)), places[0] if places else None)
    item = walk.state.item_by_name(about)
    name = item_in_words(walk, item) if item is not None else about
    if place is None:
        return FindingLine(found.rule, found.severity, None, name, "", found.say)
    name = name_of(walk, place.slot) if item is None else name
    answer = value_in_words(walk, place) if place.value is not None else ""
    return FindingLine(found.rule, found.severity, place.slot, name, answer, found.say)


def _is_overruled(walk: Plan, found: Finding) -> bool:
    """Tell whether an answer that this remark is about was kept against it."""
    kept = (walk.standing(slot) for slot, rule in walk.state.kept if rule == found.rule)
    return any(
        one is not None and one.active and is_kept(walk, one, found.rule) and _is_about(walk, found, one)
        for one in kept
    )


def _is_about(walk: Plan, found: Finding, standing: Standing) -> bool:
    if not found.about or found.rule in HEARD_TOGETHER:
        return True
    field = standing.step.field or ""
    part = any(field.startswith(f"{name}.") for name in found.about)
    return part or bool(names_around(walk, standing) & set(found.about))


def _places(walk: Plan, about: str) -> Iterator[Standing]:
    """Yield the active answers about an item by its short id, a fixed item, or a part of the strategy."""
    if not about:
        return
    item = walk.state.item_by_name(about) or ItemId(about)
    for standing in walk.standings.values():
        field = standing.step.field or ""
        if standing.active and (standing.slot.item == item or field.startswith(f"{about}.")):
            yield standing


def _is_coached(standing: Standing) -> bool:
    return isinstance(standing.step, Asked) and standing.step.coach not in (None, "kpi")
