"""Parts of a session: the questions of some clusters, which one folder of a breakout asks alone.

What belongs to a cluster follows from the script: what is asked inside the list of clusters, and what is
asked of each of them in a pass over that list. What is asked of a single point of a cluster later on (an
objective, a KPI) belongs to everybody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bsc_coach.derived import once
from bsc_coach.interview.navigation import (
    AgendaEntry,
    Progress,
    agenda,
    asks_itself,
    entry_of,
    minutes_to_go,
    progress,
    progress_of,
)
from bsc_coach.interview.plan import Plan, SlotStatus, once_for_slots
from bsc_coach.script.loader import bundled_script
from bsc_coach.script.model import Fixed, ForEach, Script
from bsc_coach.script.slots import ItemId, Slot, StepId
from bsc_coach.text import normal
from bsc_coach.words import say

CLUSTERS = "clusters[]"
"""Field of the strategy that the list of clusters fills."""


def clusters_of(script: Script) -> Fixed | None:
    """Return the list of clusters of a script; None where it has none."""
    lists = (step for step in script.inside(None) if isinstance(step, Fixed))
    return next((step for step in lists if step.field == CLUSTERS), None)


def cluster_named(plan: Plan, typed: str) -> list[ItemId]:
    """Return the clusters that somebody means: by the id, or by the words for it or their beginning.

    Words are those on the screen, of the script in any of its languages, and those that we have for it.
    """
    clusters, wanted = clusters_of(plan.script), normal(typed)
    if clusters is None or not wanted:
        return []
    names = {item: {normal(name) for name in _names(plan, clusters, item)} for item in clusters.item_ids}
    exact = [item for item, known in names.items() if wanted in known]
    begun = (item for item, known in names.items() if any(name.startswith(wanted) for name in known))
    return exact or list(begun)


def _names(plan: Plan, clusters: Fixed, item: ItemId) -> Iterator[str]:
    """Yield everything that a cluster is called."""
    yield item
    yield cluster_name(plan, item)
    for script in (plan.script, bundled_script()):
        step = clusters_of(script)
        if step is not None and item in step.item_ids:
            yield step.text_of(item)
            told = (texts.get(step.id, {}).get(f"item.{item}") for texts in script.translations.values())
            yield from filter(None, told)


def cluster_name(plan: Plan, item: ItemId | str) -> str:
    """Return what a cluster is called on the screen; of one that the script has no more, its id."""
    clusters = clusters_of(plan.script)
    if clusters is None or item not in clusters.item_ids:
        return item
    return plan.label(((clusters.id, ItemId(item)),))


def part_name_of(plan: Plan) -> str:
    """Return what a part is called: the names of its clusters."""
    return (
        "" if plan.part_of is None else " + ".join(cluster_name(plan, one) for one in plan.part_of.clusters)
    )


def named_with_part(plan: Plan, organisation: str) -> str:
    """Return the name of an organisation, with the clusters that a part of its session is about."""
    if plan.part_of is None:
        return organisation
    return say("breakouts.named", plan.language, of=organisation, part=part_name_of(plan)).strip()


@once_for_slots
def slots_by_cluster(plan: Plan) -> Mapping[str, Sequence[Slot]]:
    """Return the slots that belong to each cluster, in the order of asking."""
    clusters = clusters_of(plan.script)
    found: dict[str, list[Slot]] = {}
    if clusters is not None:
        inside = _steps_of_each(plan.script, clusters)
        for slot in plan.order:
            if slot.step in inside and slot.frame and slot.frame[0][0] == clusters.id:
                found.setdefault(slot.frame[0][1], []).append(slot)
    return found


def _steps_of_each(script: Script, clusters: Fixed) -> frozenset[StepId]:
    """Return the steps that are asked in each cluster, or in a pass over them."""
    around = {clusters.id}
    for step in script.steps:  # what stands around a step comes before it
        over = isinstance(step, ForEach) and any(source.list == clusters.id for source in step.over)
        if over or step.within in around:
            around.add(step.id)
    return frozenset(around)


@once_for_slots
def slots_of_part(plan: Plan) -> frozenset[Slot]:
    """Return the slots that belong to the part; none for a whole session."""
    clusters = () if plan.part_of is None else plan.part_of.clusters
    return frozenset(slot for one in clusters for slot in slots_by_cluster(plan).get(one, ()))


def asked_in_part(plan: Plan) -> tuple[Slot, ...]:
    """Return the questions of the part that are still to be asked, in the order of asking."""
    inside = slots_of_part(plan)
    return tuple(slot for slot in plan.order if slot in inside and asks_itself(plan.statuses[slot]))


def is_elsewhere(plan: Plan, slot: Slot | None) -> bool:
    """Tell whether a question is none of the part, and so worked on by others."""
    return plan.part_of is not None and slot is not None and slot not in slots_of_part(plan)


@once
def agenda_here(plan: Plan) -> tuple[AgendaEntry, ...]:
    """Return the agenda of what is asked in this folder: of a part only its own lines."""
    if plan.part_of is None:
        return agenda(plan)
    inside: dict[tuple[StepId, ItemId | None], list[SlotStatus]] = {}
    for slot in plan.order:
        if slot in slots_of_part(plan):
            inside.setdefault(entry_of(plan.script, slot), []).append(plan.statuses[slot])
    entries = {(one.step, one.item): one for one in agenda(plan)}
    return tuple(
        _share_of(plan, entries[entry], statuses) for entry, statuses in inside.items() if entry in entries
    )


def _share_of(plan: Plan, whole: AgendaEntry, statuses: Sequence[SlotStatus]) -> AgendaEntry:
    """Return a line of the agenda for the clusters of a part alone; one of a cluster is that already."""
    clusters = clusters_of(plan.script)
    if clusters is None or whole.step == clusters.id or plan.part_of is None:
        return whole
    far, asking = progress(statuses), [one for one in statuses if asks_itself(one)]
    begun = far.settled > 0 or any(one.answer_state != "open" for one in statuses)
    planned = whole.minutes_planned * len(plan.part_of.clusters) / len(clusters.item_ids)
    # A cluster that is not through with it takes the whole of its share.
    done = {one.slot.frame[0][1] for one in statuses if one.settled} - {
        one.slot.frame[0][1] for one in asking
    }
    share = 1 - len(done) / len(plan.part_of.clusters)
    waiting = any(one.active and (one.stale or one.unconfirmed or one.refusals) for one in statuses)
    settled = bool(far.possible) and far.settled == far.possible
    first = next((one.slot for one in (*asking, *statuses) if one.active), None)
    return AgendaEntry(
        step=whole.step,
        item=whole.item,
        title=whole.title,
        status="check_again" if waiting else "settled" if settled else "begun" if begun else "untouched",
        progress=far,
        first=first,
        minutes_planned=round(planned),
        minutes_left=planned * share,
        minutes_elapsed=whole.minutes_elapsed,
        left_out=whole.left_out,
    )


def minutes_here(plan: Plan) -> float:
    """Return how many minutes the questions of this folder are still likely to take."""
    if plan.part_of is None:
        return minutes_to_go(plan)
    return sum(entry.minutes_left for entry in agenda_here(plan))


def progress_here(plan: Plan) -> Progress:
    """Return how far the questions of this folder are."""
    if plan.part_of is None:
        return progress_of(plan)
    return sum((entry.progress for entry in agenda_here(plan)), Progress(0, 0, 0))
