"""What stands on the map: the vital few, their titles and clusters, and the links between points."""

from __future__ import annotations

import pytest

from bsc_coach.strategy.model import (
    CLUSTERS,
    Candidate,
    Enabler,
    Link,
    Mission,
    Objective,
    Outcome,
    Promise,
    Strategy,
)
from bsc_coach.strategy.points import (
    PERSPECTIVES,
    PointLink,
    map_links,
    map_points,
    places_of,
    vital_few,
)

LONG_LIST = (
    Candidate(
        id="O1", cluster="operations", title="Shorten the wait", selected=True, influence=5, performance=2
    ),
    Candidate(id="CM1", cluster="innovation", title="Know our customers", selected=True),
    Candidate(id="I1", cluster="innovation", title="Try new ways"),
)


def test_the_vital_few_are_the_objectives_and_then_the_chosen_candidates_without_one() -> None:
    strategy = Strategy(candidates=LONG_LIST, objectives=(Objective(id="S1", title="Care for the street"),))
    assert [point.id for point in vital_few(strategy)] == ["S1", "O1", "CM1"]


def test_a_point_has_its_own_title_and_else_that_of_its_candidate() -> None:
    named = Objective(id="O1", title="Halve the wait", owner_role="COO", horizon="short")
    strategy = Strategy(candidates=LONG_LIST, objectives=(named, Objective(id="I1"), Objective(id="O7")))
    titles = {point.id: point.title for point in vital_few(strategy)}
    assert titles == {"O1": "Halve the wait", "I1": "Try new ways", "O7": "", "CM1": "Know our customers"}
    first = vital_few(strategy)[0]
    assert (first.owner, first.horizon, first.priority) == ("COO", "short", 20)


def test_the_candidate_says_the_cluster_and_without_one_the_letters_do() -> None:
    strategy = Strategy(
        candidates=LONG_LIST, objectives=(Objective(id="CM1"), Objective(id="CM2"), Objective(id="X1"))
    )
    clusters = {point.id: point.cluster for point in vital_few(strategy)}
    assert clusters == {"CM1": "innovation", "CM2": "customer", "X1": None, "O1": "operations"}


@pytest.mark.parametrize(("short", "places"), [("O1", CLUSTERS), ("X1", (*CLUSTERS, None))])
def test_there_is_a_fifth_place_only_for_what_no_cluster_claims(
    short: str, places: tuple[str | None, ...]
) -> None:
    assert places_of(Strategy(objectives=(Objective(id=short),))) == places


def test_an_objective_that_stands_twice_in_a_file_is_there_twice() -> None:
    twice = (Objective(id="O1", title="One"), Objective(id="O1", title="Other"))
    assert [point.title for point in vital_few(Strategy(objectives=twice))] == ["One", "Other"]


WHOLE = Strategy(
    missions=(Mission(id="M1", title="Health for the valley"),),
    outcomes=(Outcome(id="F1", title="Fund our renewal"),),
    promises=(Promise(id="C1", title="See me soon"),),
    candidates=LONG_LIST[:1],
    enablers=(Enabler(id="L1", title="Certified nurses", owner_role="CNO"),),
)


def test_points_come_from_the_bottom_of_the_map_to_its_top() -> None:
    points = map_points(WHOLE)
    assert [point.id for point in points] == ["L1", "O1", "C1", "F1", "M1"]
    assert tuple(point.perspective for point in points) == PERSPECTIVES
    assert points[0].owner == "CNO"


def test_a_link_is_on_the_map_when_both_its_ends_are() -> None:
    links = (
        Link(id="X1", cause="L1", effect="O1", because="they know how"),
        Link(id="X2", cause="L1", effect="I1"),
        Link(id="X3", cause="O1"),
        Link(id="X4", effect="C1"),
    )
    (link,) = map_links(WHOLE.model_copy(update={"links": links}))
    assert link == PointLink("X1", "L1", "O1", "they know how")
    assert link.about == ("X1", "L1", "O1")
    assert link.ends == {"cause": "L1", "effect": "O1"}
