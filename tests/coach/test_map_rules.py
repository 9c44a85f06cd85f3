"""The rules on the map where one example is not enough."""

from __future__ import annotations

from bsc_coach.coach.check import check_map
from bsc_coach.coach.context import RuleContext
from bsc_coach.strategy.model import Candidate, Decision, Link, Objective, Strategy


def test_a_circle_is_told_once_and_deep_chains_do_not_break() -> None:
    count = 3_000
    chain = Strategy(
        objectives=tuple(Objective(id=f"O{n}") for n in range(count)),
        links=tuple(Link(id=f"X{n}", cause=f"O{n}", effect=f"O{(n + 1) % count}") for n in range(count)),
    )
    rings = [one for one in check_map(chain, RuleContext("en")) if one.rule == "M09"]
    assert len(rings) == 1
    assert len(rings[0].about) == count
    assert len(rings[0].say) < 200


def test_a_tie_across_the_line_needs_a_reason() -> None:
    told = [
        {"id": "O1", "cluster": "operations", "influence": 4, "performance": 3, "selected": True},
        {"id": "O2", "cluster": "operations", "title": "Billing", "influence": 3, "performance": 2},
    ]
    open_tie = Strategy.model_validate({"candidates": told})
    settled = Strategy.model_validate({"candidates": [told[0], {**told[1], "reason": "First the wait"}]})
    found = [one for one in check_map(open_tie, RuleContext("en")) if one.rule == "M37"]
    assert [one.about for one in found] == [("O2",)]
    assert "M37" not in {one.rule for one in check_map(settled, RuleContext("en"))}


def test_a_decision_that_another_replaces_drops_nothing_any_more() -> None:
    def told(*decisions: Decision) -> set[str]:
        chosen = Candidate(id="CM1", cluster="customer", title="Improve billing clarity", selected=True)
        strategy = Strategy(candidates=(chosen,), decisions=decisions)
        return {one.rule for one in check_map(strategy, RuleContext("en"))} & {"M39"}

    dropped = Decision(id="D1", title="Billing clarity is dropped for now")
    assert told(dropped) == {"M39"}
    assert told(dropped.model_copy(update={"replaces": "D1"})) == {"M39"}
    assert told(dropped, Decision(id="D2", title="We do it after all", replaces="D1")) == set()
    assert told(dropped.model_copy(update={"status": "replaced"})) == set()
