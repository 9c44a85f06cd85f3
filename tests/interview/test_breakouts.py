"""Which questions belong to a cluster, for any script."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.interview.breakouts import (
    agenda_here,
    cluster_named,
    clusters_of,
    minutes_here,
    progress_here,
    slots_by_cluster,
    slots_of_part,
)
from bsc_coach.interview.fold import fold
from bsc_coach.interview.navigation import agenda, entry_of, minutes_to_go, progress_of
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.planner import make_plan
from bsc_coach.script.loader import load_script
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.notes import PartOf
from tests.support.odd_scripts import EVERY_SCRIPT


@pytest.fixture
def own(riverbend_folder: Path) -> Session:
    """The finished session of the hospital, to look at."""
    return open_session(riverbend_folder, Environment(), read_only=True)


def part(*clusters: str) -> PartOf:
    return PartOf(of="acme", clusters=clusters, on="2026-11-30")


@pytest.mark.parametrize("name", EVERY_SCRIPT)
def test_what_belongs_to_a_cluster_stands_in_it(name: str) -> None:
    plan = make_plan(load_script(EVERY_SCRIPT[name]), fold(()))
    clusters, found = clusters_of(plan.script), slots_by_cluster(plan)
    if clusters is None:
        assert found == {}
        return
    assert set(found) <= set(clusters.item_ids)
    for item, slots in found.items():
        assert all(slot.frame[0] == (clusters.id, item) for slot in slots)
    every = [slot for slots in found.values() for slot in slots]
    assert len(every) == len(set(every))
    # All that stands in the part of the agenda of a cluster belongs to it.
    inside = {slot for slot in plan.order if entry_of(plan.script, slot)[0] == clusters.id}
    assert inside <= set(every)


def with_part(session: Session, *clusters: str) -> Plan:
    return make_plan(session.script, session.state, part_of=part(*clusters))


def test_what_is_asked_of_one_point_belongs_to_everybody(own: Session) -> None:
    steps = {slot.step for slots in slots_by_cluster(own.plan).values() for slot in slots}
    assert {"candidates", "candidates.influence", "vital", "candidates.reason"} <= steps
    assert not {"objective.title", "kpis", "kpis.name", "links", "segments"} & steps
    assert {slot.step for slot in own.plan.order} >= {"objective.title", "kpis"}  # the control


@pytest.mark.parametrize("clusters", [("operations",), ("customer", "social")])
def test_a_part_counts_its_own_questions(clusters: tuple[str, ...], own: Session) -> None:
    plan = with_part(own, *clusters)
    slots = slots_of_part(plan)
    counted = [plan.statuses[slot] for slot in slots if plan.statuses[slot].counted]
    assert progress_here(plan).possible == sum(one.relevance != "dormant" for one in counted)
    assert progress_here(plan).possible < progress_of(plan).possible
    entries = {(one.step, one.item): one for one in agenda(plan)}
    for entry in agenda_here(plan):
        whole = entries[entry.step, entry.item]
        assert entry.progress.possible <= whole.progress.possible
        assert entry.minutes_planned <= whole.minutes_planned
    assert minutes_here(plan) == 0 == round(minutes_to_go(plan))


def test_all_clusters_together_are_a_part_as_well(own: Session) -> None:
    """And a whole session is a part of nothing."""
    every = clusters_of(own.script)
    assert every is not None
    plan = with_part(own, *every.item_ids)
    whole = {(one.step, one.item): one for one in agenda(plan)}
    for entry in agenda_here(plan):
        if entry.step == every.id:
            assert entry == whole[entry.step, entry.item]
    assert agenda_here(own.plan) == agenda(own.plan)
    assert progress_here(own.plan) == progress_of(own.plan)
    assert slots_of_part(own.plan) == frozenset()


def test_plans_keep_what_they_are_a_part_of(own: Session) -> None:
    """However a plan is made from the one before: an answer, an item, or nothing at all."""
    plan = with_part(own, "operations")
    earlier = make_plan(own.script, fold(own.actions[:-1]), part_of=part("operations"))
    assert make_plan(own.script, own.state, earlier).part_of == part("operations")
    assert make_plan(own.script, fold(()), plan).part_of == part("operations")
    assert plan.for_documents("nl").part_of == part("operations")
    assert make_plan(own.script, own.state, own.plan).part_of is None


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("operations", ["operations"]),
        ("o", ["operations"]),
        ("Sociaal-maatschappelijk", ["social"]),
        ("social and societal", ["social"]),
        ("", []),
        ("xyz", []),
        ("management", []),
    ],
)
def test_clusters_go_by_several_names(typed: str, found: list[str], own: Session) -> None:
    assert cluster_named(own.plan, typed) == found
