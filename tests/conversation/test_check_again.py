"""What a renamed point of a real map makes doubtful: all that was built on it is to be checked again."""

from __future__ import annotations

import pytest

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.session.session import Session


def doubtful(session: Session) -> set[str]:
    return {
        str(status.step.id) for status in session.plan.statuses.values() if status.active and status.stale
    }


@pytest.mark.parametrize(
    ("step", "value", "rests_on_it"),
    [
        ("segments.name", "Everybody within twenty miles", {"proposition.type", "proposition.statement"}),
        ("segments.choice", "not_served", {"proposition.type"}),
        (
            "promises.title",
            "I park for free",
            {"kpis.name", "kpis.target", "links.because"},
        ),
        (
            "objective.title",
            "Halve the paperwork in outpatient clinics",
            {"objective.description", "objective.owner_role", "kpis.name", "kpis.target", "links.because"},
        ),
        ("enablers.title", "Know the night shift by name", {"kpis.name", "links.because"}),
    ],
)
def test_what_was_built_on_a_renamed_point_is_to_be_checked_again(
    own: Session, step: str, value: str, rests_on_it: set[str]
) -> None:
    assert doubtful(own) == set()
    slot = next(slot for slot in own.plan.order if slot.step == step)
    assert own.do(Accept(slot, value)).accepted
    assert rests_on_it <= doubtful(own)


def test_what_only_reads_otherwise_leaves_all_of_it(own: Session) -> None:
    slot = next(slot for slot in own.plan.order if slot.step == "promises.title")
    assert own.do(Accept(slot, "I park for free", same=True)).accepted
    assert doubtful(own) == set()


def test_a_kpi_of_another_point_is_left_alone(own: Session) -> None:
    slots = own.plan.index.of_step["promises.title"]
    assert own.do(Accept(slots[0], "I park for free")).accepted
    of_promises = [s for s in own.plan.statuses.values() if s.step.id == "kpis.name" and s.stale]
    assert of_promises
    assert {status.slot.frame[:1] for status in of_promises} == {slots[0].frame}
