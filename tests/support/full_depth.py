"""A strategy with all that only full depth asks for: themes, risks, owners, kinds of links, money, guards."""

from __future__ import annotations

from typing import Any, TypeVar

from bsc_coach.strategy.model import Initiative, Risk, Strategy, Theme
from bsc_coach.strategy.part import Part

THEME = Theme(id="TH1", title="Nobody tells it twice", description="One story from ward to home.")
_Part = TypeVar("_Part", bound=Part)


def with_all_that_full_depth_asks(strategy: Strategy) -> Strategy:
    """Return a strategy in which every point, link, KPI and initiative has all that full depth asks for.

    It needs an outcome, a promise, an objective, an enabler, two KPIs and two initiatives.
    """
    common = {"description": "What it covers, and what not.", "owner_role": "Head of Nursing"}
    tied = common | {"theme": THEME.id}
    second = strategy.kpis[1].id
    aim, promise = strategy.objectives[0].id, strategy.promises[0].id
    enabler, outcome = strategy.enablers[0].id, strategy.outcomes[0].id
    roles = {"collector_role": "Data team", "updater_role": "Controller", "sponsor_role": "Director"}
    # Links that hold back one of each kind of point that a table shows.
    against = [
        strategy.links[0].model_copy(
            update={"id": f"X9{n}", "cause": cause, "effect": effect, "kind": "holds_back"}
        )
        for n, (cause, effect) in enumerate([(aim, promise), (enabler, outcome)])
    ]
    seen = strategy.links[0].model_copy(update={"seen_in_kpi": second, "kind": "enables"})
    risks = (
        Risk(id="R1", title="The ferry stops", threatens=aim, owner_role="COO", answer="A bus on contract"),
        Risk(
            id="R2", title="The grant ends", threatens=strategy.missions[0].id if strategy.missions else aim
        ),
    )
    return strategy.model_copy(
        update={
            "themes": (THEME,),
            "risks": risks,
            "missions": _each(strategy.missions, common),
            "outcomes": _each(strategy.outcomes, tied),
            "promises": _each(strategy.promises, tied),
            "objectives": _each(strategy.objectives, tied),
            "enablers": _each(strategy.enablers, tied),
            "links": (seen, *strategy.links[1:], *against),
            "kpis": (
                strategy.kpis[0].model_copy(update={**roles, "amber": 20, "guard_kpi": second}),
                *strategy.kpis[1:],
            ),
            "initiatives": _in_order(strategy.initiatives),
            "organisation": strategy.organisation.model_copy(
                update={"currency": "$", "money_stands": "beside"}
            ),
        }
    )


def _each(parts: tuple[_Part, ...], update: dict[str, Any]) -> tuple[_Part, ...]:
    return tuple(one.model_copy(update=update) for one in parts)


def _in_order(initiatives: tuple[Initiative, ...]) -> tuple[Initiative, ...]:
    """Return initiatives that each cost something, and of which each waits for the one before."""
    told = []
    for number, one in enumerate(initiatives):
        needs = (initiatives[number - 1].id,) if number else ()
        told.append(one.model_copy(update={"amount": 10_000 * (number + 1), "needs": needs}))
    return tuple(told)
