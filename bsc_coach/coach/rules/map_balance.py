"""M01, M12–M16, M21, M22, M26: whether the map holds all it needs, not too much, and in proportion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import Perspective, StrategyView
from bsc_coach.strategy.method import LEADING
from bsc_coach.strategy.model import CLUSTERS, ClusterId


def _is_more(part: int, whole: int, share: float) -> bool:
    """Tell whether ``part`` is more than a share of ``whole``, without surprises of rounding."""
    return part > whole * share + 1e-9


@rule("M01", "settle", "map")
def every_cluster_filled(view: StrategyView) -> Iterator[Match]:
    """Each of the four clusters holds an objective, or a reason for its being empty."""
    excused = {one.id for one in view.strategy.clusters if (one.empty_because or "").strip()}
    for cluster in CLUSTERS:
        if cluster not in view.by_cluster and cluster not in excused:
            yield Match(word=view.label("cluster", cluster), about=(cluster,))


@rule("M12", "warn", "map", heard_at="candidates[].selected", one_item=True, over_budget=True)
def not_too_many(view: StrategyView) -> Iterator[Match]:
    """A map that holds everything chooses nothing."""
    most, most_here = (int(view.lists.threshold(name)) for name in ("most_objectives", "most_in_cluster"))
    count = sum(1 for row in view.rows.values() if row != "mission")
    if count > most:
        yield Match(values={"n": count, "most": most})
    for cluster in CLUSTERS:
        here = view.by_cluster.get(cluster, ())
        if len(here) > most_here:
            yield Match(
                about=(cluster, *(one.id for one in here)), values={"n": len(here), "most": most_here}
            )


@rule("M13", "hint", "map")
def not_too_few(view: StrategyView) -> Iterator[Match]:
    """With hardly anything on the map, something that carries the rest is missing."""
    filled: Counter[Perspective] = Counter(view.rows.values())
    count = sum(filled.values()) - filled["mission"]
    on_top = filled["financial"] or filled["mission"]
    whole = filled["process"] and filled["customer"] and filled["learning"] and on_top
    if not whole or count < view.lists.threshold("least_objectives"):
        yield Match(values={"n": count})


@rule("M14", "warn", "map", heard_at="objectives[].horizon")
def not_all_harvest(view: StrategyView) -> Iterator[Match]:
    """A map of short-term objectives harvests and does not sow."""
    known = [one.objective.horizon for one in view.chosen if one.objective.horizon is not None]
    short = known.count("short")
    enough = len(known) >= view.lists.threshold("least_to_compare")
    if enough and _is_more(short, len(known), view.lists.threshold("most_short")):
        yield Match(values={"n": short, "all": len(known)})


@rule("M15", "warn", "map", heard_at="objectives[].horizon")
def something_long(view: StrategyView) -> Iterator[Match]:
    """At least one process objective pays after three years."""
    known = [one.objective.horizon for one in view.chosen if one.objective.horizon is not None]
    if known and "long" not in known:
        yield Match(values={"n": len(known)})


@rule("M16", "hint", "map")
def no_cluster_drowns_the_rest(view: StrategyView) -> Iterator[Match]:
    """More than half of the process objectives in one cluster is the week rather than the strategy."""
    count = len(view.chosen)
    if count < view.lists.threshold("least_to_compare"):
        return
    for cluster in CLUSTERS:
        here = view.by_cluster.get(cluster, ())
        if _is_more(len(here), count, view.lists.threshold("most_of_cluster")):
            label = view.label("cluster", cluster)
            yield Match(word=label, about=(cluster,), values={"n": len(here), "all": count})


@rule("M21", "hint", "map")
def few_kpis(view: StrategyView) -> Iterator[Match]:
    """More numbers, less steering."""
    count, most = len(view.strategy.kpis), int(view.lists.threshold("most_kpis"))
    if count > most:
        yield Match(values={"n": count, "most": most})


@rule("M22", "warn", "map")
def lead_and_lag(view: StrategyView) -> Iterator[Match]:
    """Numbers that move early and numbers that follow: a map needs both."""
    known = [one.lead_lag for one in view.strategy.kpis if one.lead_lag is not None]
    lead = known.count("lead")
    if len(known) < view.lists.threshold("least_to_compare"):
        return
    least, most = (view.lists.threshold(name) for name in ("least_lead", "most_lead"))
    if lead < len(known) * least - 1e-9 or _is_more(lead, len(known), most):
        yield Match(values={"n": lead, "all": len(known)})


@rule("M26", "warn", "map")
def proposition_leads(view: StrategyView) -> Iterator[Match]:
    """The cluster that the proposition lives on has not the least of the work."""
    kind = view.strategy.proposition.type
    if kind is None or not any(one.priority for one in view.chosen):
        return
    weight: dict[ClusterId, int] = dict.fromkeys(CLUSTERS, 0)
    for one in view.chosen:
        if one.cluster is not None:
            weight[one.cluster] += one.priority or 0
    leading = LEADING[kind]
    rest = [weight[cluster] for cluster in CLUSTERS if cluster not in leading]
    if max(weight[cluster] for cluster in leading) < min(rest):
        label = view.label("cluster", leading[0])
        yield Match(word=view.label("proposition", kind), about=leading, values={"cluster": label})
