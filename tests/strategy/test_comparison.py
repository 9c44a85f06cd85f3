"""Two strategies told apart: every change is noticed, the same is the same, and nothing alike is merged."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from bsc_coach.documents.reports.changes import as_markdown, told_apart
from bsc_coach.strategy.comparison import PARTS, Change, What, compare
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import (
    Assumption,
    Candidate,
    Decision,
    Initiative,
    Link,
    Objective,
    Promise,
    Segment,
    Strategy,
)
from bsc_coach.strategy.own_answers import Extra
from tests.support.strategies import EMPTY, RIVERBEND

Compare = Callable[[Strategy, Strategy], tuple[Change, ...]]
Table = dict[str, Any]


def objectives(*titles: str, ids: str = "O1 O2 O3 O4") -> Strategy:
    """Return a strategy with objectives of these titles."""
    named = zip(ids.split(), titles, strict=False)
    return Strategy(objectives=tuple(Objective(id=one, title=title) for one, title in named))


def told(changes: tuple[Change, ...]) -> list[tuple[str, str | None]]:
    return [(one.what, one.id) for one in changes]


def leaves(table: object, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Yield the place of every value that is filled in."""
    if isinstance(table, dict):
        for name, value in table.items():
            yield from leaves(value, (*path, name))
    elif isinstance(table, (list, tuple)):
        for number, value in enumerate(table):
            yield from leaves(value, (*path, number))
    elif table is not None:
        yield path


NOT_COMPARED = {"format", "language", "selected"}
"""What is no change by itself: the format, the language, and what its objective tells."""
OTHERS = (
    "something quite different", "2031-01", 2031, 4, 2, "medium", "long", "high", "low", "target",
    "none", "threshold", "differentiator", "leadership", "business", "decider", "member", "waste",
    "needed", "supporting", "primary", "revenue", "licence", "cost", "risk", "both", "product", "human",
    "organisation", "up", "down", "proposition", "productivity", "weekly", "daily", "lead", "lag",
    "efficiency", "effectiveness", "price", "brand", "growth", "safety", "asset_use", "innovators",
    "laggards", "monthly", "X9", "O1", "F1", "CM1", "innovation", "found", "operations", "customer",
    "social", "selection", "4 3 2 1", "open",
)  # fmt: skip


@cache
def with_other(path: tuple[str | int, ...]) -> Strategy:
    """Return the sample with something else at one place: the first of OTHERS that may stand there."""
    table: Any = RIVERBEND.model_dump(mode="json")
    place = table
    for name in path[:-1]:
        place = place[name]
    was = place[path[-1]]
    for other in OTHERS:
        place[path[-1]] = other
        with suppress(ValidationError):
            if other != was:
                return Strategy.model_validate(table)
    raise AssertionError(f"nothing else fits at {path}")


def places() -> list[tuple[str | int, ...]]:
    dumped = RIVERBEND.model_dump(mode="json")
    return [path for path in leaves(dumped) if not NOT_COMPARED & set(path)]


def unnoticed(compared: Compare) -> list[tuple[str | int, ...]]:
    """Return every place of the sample where something else goes unnoticed."""
    # Ids of links and of people are said by nobody, and what is chosen is called by its objective's name.
    # How a question of one's own was worded, and where it was asked, is no part of its answer.
    wording = set(Extra.model_fields) - {"step", "about", "answer"}
    silent = {("links", "id"), ("participants", "id"), *(("extra", name) for name in wording)}
    chosen = [number for number, one in enumerate(RIVERBEND.candidates) if one.selected]
    unsaid = {("candidates", number, "title") for number in chosen}
    return [
        path
        for path in places()
        if (path[0], path[-1]) not in silent
        and path not in unsaid
        and not compared(RIVERBEND, with_other(path))
    ]


@pytest.mark.slow
def test_every_change_of_every_field_is_noticed_and_can_be_said() -> None:
    assert unnoticed(compare) == []
    fields = {tuple(name for name in path if isinstance(name, str)): path for path in places()}
    for path in fields.values():
        other = with_other(path)
        for old, new, language in ((RIVERBEND, other, "en"), (other, RIVERBEND, "nl")):
            groups = told_apart(compare(old, new), old, new, language)
            assert all(line.strip() for group in groups for line in group.lines)
    assert len(places()) > 300


def test_a_comparison_that_overlooks_something_is_caught() -> None:
    """The control."""

    def without_targets(old: Strategy, new: Strategy) -> tuple[Change, ...]:
        return tuple(one for one in compare(old, new) if one.what != "moved")

    missed = unnoticed(without_targets)
    assert {path[-1] for path in missed} == {"target", "target_date"}


@pytest.mark.parametrize("strategy", [EMPTY, RIVERBEND], ids=["empty", "riverbend"])
def test_the_same_is_the_same(strategy: Strategy) -> None:
    again = Strategy.model_validate(strategy.model_dump(mode="json"))
    assert compare(strategy, again) == ()
    assert compare(strategy, again.model_copy(update={"language": "nl"})) == ()


@settings(max_examples=30, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_a_list_is_no_change(mixing: Any) -> None:
    table = RIVERBEND.model_dump(mode="json")
    for value in table.values():
        if isinstance(value, list):
            mixing.shuffle(value)
    assert compare(RIVERBEND, Strategy.model_validate(table)) == ()


def test_from_nothing_and_back() -> None:
    there, back = compare(EMPTY, RIVERBEND), compare(RIVERBEND, EMPTY)
    assert {one.what for one in there} <= {"new", "changed", "served"}
    assert {one.what for one in back} <= {"dropped", "changed"}
    for changes, old, new in ((there, EMPTY, RIVERBEND), (back, RIVERBEND, EMPTY)):
        assert told_apart(changes, old, new, "en")
        assert told_apart(changes, old, new, "nl")


def test_reworded_renumbered_new_and_dropped() -> None:
    old = objectives("Shorten the wait", "Keep our nurses", "Lower the cost")
    assert told(compare(old, objectives("Shorten the queue", "Keep our nurses", "Lower the cost"))) == [
        ("reworded", "O1")
    ]
    assert told(
        compare(old, objectives("Shorten the wait", "Keep our nurses", "Lower the cost", ids="O1 O2 O9"))
    ) == [("renumbered", "O9")]
    assert told(compare(old, objectives("Shorten the wait", "Keep our nurses"))) == [("dropped", "O3")]
    assert told(
        compare(old, objectives("Shorten the wait", "Keep our nurses", "Lower the cost", "Go home"))
    ) == [("new", "O4")]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Shorten the wait for a visit", "shorten  wait for visit."),
        ("Réduire les délais", "Reduire les delais"),
        ("Keep nurses at home", "At home, keep nurses"),
    ],
)
def test_the_same_words_under_another_id_are_the_same_point(before: str, after: str) -> None:
    (renumbered, *reworded) = compare(objectives(before, ids="O1"), objectives(after, ids="O7"))
    assert (renumbered.what, renumbered.before, renumbered.after) == ("renumbered", "O1", "O7")
    assert [one.what for one in reworded] == ["reworded"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Shorten the wait for a first visit", "Shorten the wait for a second visit"),
        ("Reduce lead time", "Reduce rework"),
        ("Serve patients", "Do not serve patients"),
        ("", ""),
    ],
)
def test_what_is_merely_alike_is_never_taken_for_the_same(before: str, after: str) -> None:
    changes = compare(objectives(before, ids="O1"), objectives(after, ids="O7"))
    assert told(changes) == [("new", "O7"), ("dropped", "O1")]


def test_two_that_changed_ids_are_both_known_again() -> None:
    old = objectives("Shorten the wait", "Keep our nurses")
    new = objectives("Keep our nurses", "Shorten the wait")
    assert told(compare(old, new)) == [("renumbered", "O1"), ("renumbered", "O2")]


def test_what_refers_to_a_renumbered_point_has_not_changed() -> None:
    def with_id(one: str) -> Strategy:
        return Strategy(
            objectives=(Objective(id=one, title="Shorten the wait"),),
            promises=(Promise(id="C1", title="See me soon"),),
            links=(Link(id="X1", cause=one, effect="C1"),),
            kpis=(Kpi(id=f"{one}.1", measures=one, name="Days to a visit"),),
        )

    assert told(compare(with_id("O1"), with_id("O5"))) == [("renumbered", "O5")]


def test_a_list_of_references_follows_what_was_renumbered() -> None:
    def with_ids(*ids: str) -> Strategy:
        titles = ("Shorten the wait", "Keep our nurses")
        aims = tuple(Objective(id=one, title=title) for one, title in zip(ids, titles, strict=True))
        return Strategy(objectives=aims, initiatives=(Initiative(id="N1", title="Plan", objectives=ids),))

    assert told(compare(with_ids("O1", "O2"), with_ids("O7", "O3"))) == [
        ("renumbered", "O7"),
        ("renumbered", "O3"),
    ]
    fewer = with_ids("O1", "O2").model_copy(
        update={"initiatives": (Initiative(id="N1", title="Plan", objectives=("O1",)),)}
    )
    (changed,) = compare(with_ids("O1", "O2"), fewer)
    assert (changed.part, changed.field, changed.after) == ("initiatives", "objectives", ("O1",))


def test_links_are_known_by_what_they_tie() -> None:
    def links(*ends: tuple[str, str, str], sure: str = "medium") -> Strategy:
        made = (Link(id=one, cause=a, effect=b, confidence=sure) for one, a, b in ends)  # type: ignore[arg-type]
        return Strategy(links=tuple(made))

    old = links(("X1", "O1", "C1"), ("X2", "O2", "C1"))
    assert compare(old, links(("X7", "O1", "C1"), ("X1", "O2", "C1"))) == ()
    (moved,) = compare(old, links(("X1", "O1", "C1"), ("X2", "O2", "C2")))
    assert (moved.what, moved.field, moved.before, moved.after) == ("changed", "effect", "C1", "C2")
    assert told(compare(old, links(("X1", "O1", "C1"), ("X2", "O3", "C3")))) == [
        ("new", "X2"),
        ("dropped", "X2"),
    ]
    assert told(compare(old, links(("X1", "O1", "C1"), ("X2", "O2", "C1"), sure="high"))) == [
        ("surer", "X1"),
        ("surer", "X2"),
    ]
    assert {one.what for one in compare(old, links(("X1", "O1", "C1"), ("X2", "O2", "C1"), sure="low"))} == {
        "less_sure"
    }


def test_a_chosen_candidate_is_told_once() -> None:
    def chosen(yes: bool, cluster: str = "operations") -> Strategy:
        candidate = Candidate(id="O1", cluster=cluster, title="Shorten the wait", selected=yes)  # type: ignore[arg-type]
        return Strategy(candidates=(candidate,))

    (new,) = compare(chosen(False), chosen(True))
    assert (new.part, new.what, new.title) == ("objectives", "new", "Shorten the wait")
    (moved,) = compare(chosen(True), chosen(True, "customer"))
    assert (moved.part, moved.field, moved.before, moved.after) == (
        "objectives",
        "cluster",
        "operations",
        "customer",
    )


def test_what_was_chosen_and_is_dropped_is_told_once() -> None:
    chosen = Candidate(id="O1", cluster="operations", title="Shorten the wait", selected=True)
    listed = Candidate(id="O2", cluster="operations", title="Keep our nurses")
    aim = Objective(id="O1", title="Shorten the wait")
    for old in (Strategy(candidates=(chosen,)), Strategy(candidates=(chosen,), objectives=(aim,))):
        (gone,) = compare(old, Strategy())
        assert (gone.part, gone.what, gone.id) == ("objectives", "dropped", "O1")
    (gone,) = compare(Strategy(candidates=(listed,)), Strategy())  # the control: what was only listed
    assert (gone.part, gone.what, gone.id) == ("candidates", "dropped", "O2")


def test_a_new_candidate_with_the_id_of_another_objective_of_last_year_is_told() -> None:
    def year(chosen: str, listed: str | None) -> Strategy:
        candidate = Candidate(id=chosen, cluster="operations", title="Shorten the wait", selected=True)
        other = Candidate(id=listed or "O9", cluster="operations", title="Catering")
        return Strategy(candidates=(candidate, other) if listed else (candidate,))

    changes = compare(year("O1", None), year("O7", "O1"))
    assert told(changes) == [("renumbered", "O7"), ("new", "O1")]
    assert [one.part for one in changes] == ["objectives", "candidates"]
    back = compare(year("O7", "O1"), year("O1", None))
    assert told(back) == [("renumbered", "O1"), ("dropped", "O1")]


def test_a_moved_target_has_its_dates_and_units() -> None:
    def kpi(**given: Any) -> Strategy:
        return Strategy(kpis=(Kpi(id="O1.1", measures="O1", name="Days", unit="days", **given),))

    old, new = kpi(target=14, target_date="2027-12"), kpi(target=10, target_date="2028-06")
    (moved,) = compare(old, new)
    assert moved.model_dump(exclude_none=True) == {
        "part": "kpis", "what": "moved", "id": "O1.1", "title": "Days", "field": "target",
        "before": 14, "after": 10, "date_before": "2027-12", "date": "2028-06",
        "unit_before": "days", "unit": "days",
    }  # fmt: skip
    (group,) = told_apart((moved,), old, new, "en")
    assert group.lines == ("O1.1 Days: target from 14 days by December 2027 to 10 days by June 2028",)
    assert compare(kpi(target=14), kpi(target=14.0)) == ()


def test_segments_that_are_served_now_or_no_longer() -> None:
    def segment(choice: Any) -> Strategy:
        return Strategy(segments=(Segment(id="SEG1", name="Families", choice=choice),))

    assert told(compare(segment("not_served"), segment("target"))) == [("served", "SEG1")]
    assert told(compare(segment("primary"), segment("not_served"))) == [("not_served", "SEG1")]
    assert told(compare(segment("primary"), segment("target"))) == [("changed", "SEG1")]


def test_an_assumption_that_a_new_decision_speaks_of_is_settled() -> None:
    assumed = Strategy(assumptions=(Assumption(id="A1", title="Waiting is why they leave"),))

    def decided(title: str) -> Strategy:
        return Strategy(decisions=(Decision(id="D1", title=title),))

    assert told(compare(assumed, decided("A1 holds")))[:1] == [("settled", "A1")]
    assert told(compare(assumed, decided("It is so: waiting is why they leave.")))[:1] == [("settled", "A1")]
    assert told(compare(assumed, decided("A12 holds")))[:1] == [("dropped", "A1")]


def test_the_most_important_comes_first() -> None:
    groups = [one.part for one in compare(EMPTY, RIVERBEND)]
    order = [PARTS.index(part) for part in groups]
    assert order == sorted(order)
    wanted = ["proposition", "segments", "objectives", "links", "kpis", "initiatives"]
    assert [part for part in dict.fromkeys(groups) if part in wanted] == wanted
    assert set(PARTS) - {"attributes"} == set(Strategy.model_fields) - {"format", "language", "names"}


def test_every_kind_of_change_has_been_seen_here() -> None:
    assert set(get_args(What)) == {
        "new", "dropped", "settled", "renumbered", "reworded", "moved", "other_owner", "surer", "less_sure",
        "served", "not_served", "changed",
    }  # fmt: skip


HOSTILE = "# x | <b>y</b> `z` [a](b) {{ c }} 🙈 " + "w" * 44


def test_hostile_words_stay_words() -> None:
    old, new = objectives("Shorten the wait"), objectives(HOSTILE)
    groups = told_apart(compare(old, new), old, new, "en")
    assert groups[0].lines == (f"O1 reworded: “Shorten the wait” → “{HOSTILE}”",)
    from markdown_it import MarkdownIt

    page = MarkdownIt("commonmark").render(as_markdown(groups, HOSTILE, "en"))
    assert "<b>" not in page
    assert "<a " not in page
    assert page.count("<h1>") == 1
    assert "&lt;b&gt;y&lt;/b&gt;" in page


def test_duplicates_cycles_and_links_to_nothing() -> None:
    odd = Strategy(
        objectives=(
            Objective(id="O1", title="Same"),
            Objective(id="O1", title="Same"),
            Objective(id="O2", title="Same"),
        ),
        links=(Link(id="X1", cause="O1", effect="O1"), Link(id="X1"), Link(id="X2", cause="Z9", effect="O1")),
    )
    assert compare(odd, odd) == ()
    for old, new in ((EMPTY, odd), (odd, EMPTY)):
        assert told_apart(compare(old, new), old, new, "nl")
