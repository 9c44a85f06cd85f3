"""M01, M12–M16, M21, M22, M26, M45: gaps, excess and imbalance on the map."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.method import LEADING
from bsc_coach.strategy.model import CLUSTERS, ClusterId
from bsc_coach.strategy.points import Perspective


def _is_more(part: int, whole: int, share: float) -> bool:
    """Tell whether ``part`` is more than a share of ``whole``, without surprises of rounding."""
    return part > whole * share + 1e-9


@rule("M01", "settle", "map", misses=("candidates[]",))
def empty_cluster(view: StrategyView) -> Iterator[Match]:
    """One of the four clusters without an objective and without a reason for that."""
    excused = {one.id for one in view.strategy.clusters if (one.empty_because or "").strip()}
    for cluster in CLUSTERS:
        if cluster not in view.by_cluster and cluster not in excused:
            yield Match(word=view.label("cluster", cluster), about=(cluster,))


@rule("M12", "warn", "map", heard_at="candidates[].selected", one_item=True, over_budget=True)
def too_many_objectives(view: StrategyView) -> Iterator[Match]:
    """More objectives on the map, or in a cluster, than a strategy carries."""
    most, most_here = (int(view.lists.threshold(name)) for name in ("most_objectives", "most_in_cluster"))
    count = sum(1 for row in view.rows.values() if row != "mission")
    if count > most:
        yield Match(values={"n": count, "most": most})
    for cluster in CLUSTERS:
        here = view.by_cluster.get(cluster, ())
        if len(here) > most_here:
            about = (cluster, *(one.id for one in here))
            values = {"n": len(here), "most": most_here}
            yield Match(view.label("cluster", cluster), about, values, saying="in_cluster")


@rule("M13", "hint", "map", rests_on=("enablers[]",))
def too_few_objectives(view: StrategyView) -> Iterator[Match]:
    """Hardly anything on the map, or a perspective without anything."""
    filled: Counter[Perspective] = Counter(view.rows.values())
    count = sum(filled.values()) - filled["mission"]
    on_top = filled["financial"] or filled["mission"]
    whole = filled["process"] and filled["customer"] and filled["learning"] and on_top
    if not whole or count < view.lists.threshold("least_objectives"):
        yield Match(values={"n": count})


@rule("M14", "warn", "map", heard_at="objectives[].horizon")
def mostly_short_term(view: StrategyView) -> Iterator[Match]:
    """Nearly all objectives pay in the short term."""
    known = [one.objective.horizon for one in view.chosen if one.objective.horizon is not None]
    short = known.count("short")
    enough = len(known) >= view.lists.threshold("least_to_compare")
    if enough and _is_more(short, len(known), view.lists.threshold("most_short")):
        yield Match(values={"n": short, "all": len(known)})


@rule("M15", "warn", "map", heard_at="objectives[].horizon")
def nothing_long_term(view: StrategyView) -> Iterator[Match]:
    """No process objective pays after three years."""
    known = [one.objective.horizon for one in view.chosen if one.objective.horizon is not None]
    if known and "long" not in known:
        yield Match(values={"n": len(known)})


@rule("M16", "hint", "map")
def one_cluster_dominates(view: StrategyView) -> Iterator[Match]:
    """More than half of the process objectives in one cluster."""
    count = len(view.chosen)
    if count < view.lists.threshold("least_to_compare"):
        return
    for cluster in CLUSTERS:
        here = view.by_cluster.get(cluster, ())
        if _is_more(len(here), count, view.lists.threshold("most_of_cluster")):
            label = view.label("cluster", cluster)
            yield Match(word=label, about=(cluster,), values={"n": len(here), "all": count})


@rule("M21", "hint", "map")
def many_kpis(view: StrategyView) -> Iterator[Match]:
    """More KPIs than a team steers by."""
    count, most = len(view.strategy.kpis), int(view.lists.threshold("most_kpis"))
    if count > most:
        yield Match(values={"n": count, "most": most})


@rule("M22", "warn", "map")
def lead_lag_imbalance(view: StrategyView) -> Iterator[Match]:
    """Too few, or too many, of the KPIs move early."""
    known = [one.lead_lag for one in view.strategy.kpis if one.lead_lag is not None]
    lead = known.count("lead")
    if len(known) < view.lists.threshold("least_to_compare"):
        return
    least, most = (view.lists.threshold(name) for name in ("least_lead", "most_lead"))
    if lead < len(known) * least - 1e-9 or _is_more(lead, len(known), most):
        yield Match(values={"n": lead, "all": len(known)})


@rule("M45", "hint", "map", mended_at="kpis[].kind")
def one_kind_of_kpi(view: StrategyView) -> Iterator[Match]:
    """A cluster whose KPIs all tell of efficiency, or all of effectiveness."""
    for cluster in CLUSTERS:
        kpis = [kpi for one in view.by_cluster.get(cluster, ()) for kpi in view.kpis_of.get(one.id, ())]
        known = [kpi for kpi in kpis if kpi.kind is not None]
        kinds = {kpi.kind for kpi in known}
        if len(known) > 1 and len(kinds) == 1:
            values = {"n": len(known), "kind": view.label("kpi_kind", str(known[0].kind))}
            yield Match(
                word=view.label("cluster", cluster), about=tuple(kpi.id for kpi in known), values=values
            )


@rule("M26", "warn", "map")
def leading_cluster_neglected(view: StrategyView) -> Iterator[Match]:
    """The clusters that the proposition lives on have less weight than every other."""
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
