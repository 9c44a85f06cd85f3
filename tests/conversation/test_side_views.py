"""What is counted beside the conversation."""

from __future__ import annotations

from bsc_coach.conversation.side_views import balance
from bsc_coach.session.session import Session


def test_the_balance_counts_loose_ends(own: Session) -> None:
    strategy = own.strategy()
    whole = balance(strategy)
    assert (whole.clusters, whole.unlinked, whole.unmeasured) == (4, 0, 0)
    first = strategy.objectives[0].id
    links = tuple(one for one in strategy.links if first not in (one.cause, one.effect))
    kpis = tuple(one for one in strategy.kpis if one.measures != first)
    loose = balance(strategy.model_copy(update={"links": links, "kpis": kpis}))
    assert loose.unlinked >= 1
    assert loose.unmeasured == 1
