"""The quality marks of the parts of the map: what is there, what holds, what is settled, each counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bsc_coach.conversation.quality_words import quality_said
from bsc_coach.interview.facts.answers import Accept, Park
from bsc_coach.interview.facts.lists import AddItem
from bsc_coach.interview.quality import QualityMark, quality_marks
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.session import Session
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.soundness import parts_of_map
from tests.support.cli import bsc_coach
from tests.support.sessions import new_session
from tests.support.small_map import add, slot_about, small_map
from tests.support.strategies import RIVERBEND


@pytest.fixture
def session(tmp_path: Path) -> Session:
    return small_map(tmp_path)


def mark_of(session: Session, part: str) -> QualityMark:
    marks = quality_marks(session.plan)
    return next(one for one in marks if part in (one.part.cluster, one.part.perspective))


def test_the_parts_stand_from_the_top_to_the_bottom_each_point_in_one(session: Session) -> None:
    marks = quality_marks(session.plan)
    assert [one.title for one in marks] == [
        "Financial", "Customer", "Operations", "Customer management", "Innovation", "Social and societal",
        "Learning and growth",
    ]  # fmt: skip
    points = [point.id for one in parts_of_map(RIVERBEND) for point in one.points]
    assert len(points) == len(set(points))


def test_what_is_there_is_counted_and_what_lacks_is_named(session: Session) -> None:
    assert mark_of(session, "operations").part.lacking == {
        "owner": ("O1",), "kpi": ("O1",), "link": ("O1",),
    }  # fmt: skip
    session.do(Accept(slot_about(session, "objective.owner_role", "O1"), "Head of Desk"))
    session.do(AddItem(slot_about(session, "kpis", "O1"), {StepId("kpis.name"): "Days until seen"}))
    assert mark_of(session, "operations").part.lacking == {"owner": (), "kpi": (), "link": ("O1",)}
    # Of promises nobody asks for a KPI, as long as none of them has one.
    assert mark_of(session, "customer").part.points[0].id == "C1"
    assert "kpi" not in mark_of(session, "customer").part.lacking


def test_a_remark_counts_where_its_point_stands_also_one_on_its_kpi(session: Session) -> None:
    assert not mark_of(session, "operations").remarks
    session.do(AddItem(slot_about(session, "kpis", "O1"), {StepId("kpis.name"): "Quality"}))
    kpi = Slot(StepId("kpis.owner_role"), slot_about(session, "kpis.name", "O1.1").frame)
    session.do(Accept(kpi, "Management team"))
    assert mark_of(session, "operations").remarks.keys() == {"O1"}
    assert not mark_of(session, "innovation").remarks


def test_what_is_settled_is_counted_and_what_waits_is_told(session: Session) -> None:
    before = mark_of(session, "operations").settled
    session.do(Accept(slot_about(session, "objective.owner_role", "O1"), "Head of Desk"))
    assert mark_of(session, "operations").settled.settled == before.settled + 1
    session.do(Park(slot_about(session, "objective.horizon", "O1"), "ask Ann"))
    assert mark_of(session, "operations").settled.parked == 1
    assert any("put off: 1" in line for line in quality_said(session.plan))


def test_nothing_is_marked_while_nothing_is_on_the_map(tmp_path: Path) -> None:
    assert parts_of_map(Strategy()) == ()
    assert tuple(quality_said(new_session(tmp_path / "new").plan)) == ("Nothing stands on the map yet.",)


def test_status_tells_the_marks_in_words_and_as_data(session: Session) -> None:
    add(session, "enablers", "Every guide knows the paths")
    folder = session.folder
    session.close()
    assert "part by part" not in bsc_coach("status", folder).out
    told = bsc_coach("status", folder, "--map").out
    assert "The map, part by part" in told
    assert "no owner: O1" in told
    assert "map" not in json.loads(bsc_coach("status", folder, "--json").out)
    marks = json.loads(bsc_coach("status", folder, "--map", "--json").out)["map"]
    assert [(one["perspective"], one["cluster"]) for one in marks][1:4] == [
        ("customer", None), ("process", "operations"), ("process", "customer"),
    ]  # fmt: skip
    assert marks[2]["without"]["kpi"] == ["O1"]
