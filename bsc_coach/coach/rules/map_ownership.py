"""M02, M20, M23, M29–M31, M33–M35, M46: objectives and projects without description, KPI, owner, process."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from bsc_coach.coach.lexicon.matcher import readable
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.points import ProcessPoint


@rule("M02", "warn", "map", misses=("objectives[].description", "candidates[].subprocess"))
def not_described(view: StrategyView) -> Iterator[Match]:
    """An objective without a place among the sub-processes, or without a sentence on what it means."""
    for one in view.chosen:
        if not (one.objective.description or "").strip() or not _has_place(one):
            yield Match(word=one.title, about=(one.id,))


def _has_place(one: ProcessPoint) -> bool:
    if one.candidate is None or one.candidate.subprocess is None:
        return False
    return one.candidate.subprocess != "other" or bool((one.candidate.own_subprocess or "").strip())


@rule("M20", "settle", "map", misses=("kpis[]",))
def not_measured(view: StrategyView) -> Iterator[Match]:
    """A process objective without a KPI."""
    for one in view.chosen:
        if one.id not in view.kpis_of:
            yield Match(word=one.title, about=(one.id,))


@rule("M23", "warn", "map", misses=("objectives[].owner_role", "enablers[].owner_role"))
def unowned_or_one_owner(view: StrategyView) -> Iterator[Match]:
    """An objective without an owner, or one role that owns nearly all of them."""
    owned: dict[str, list[str]] = defaultdict(list)
    roles: dict[str, str] = {}
    several = [(one.id, one.objective.owner_role) for one in view.chosen]
    several += [(one.id, one.owner_role) for one in view.strategy.enablers]
    for name, owner in several:
        role = readable(owner)
        if role:
            owned[role].append(name)
            roles.setdefault(role, owner or "")
        else:
            yield Match(about=(name,), word=view.titles[name], saying="unowned")
    if len(several) < view.lists.threshold("least_to_share_out"):
        return
    for role, names in owned.items():
        if len(names) > len(several) * view.lists.threshold("most_of_one_owner") + 1e-9:
            yield Match(word=roles[role], about=tuple(names), values={"n": len(names), "all": len(several)})


@rule("M29", "hint", "map")
def project_without_objective(view: StrategyView) -> Iterator[Match]:
    """A project that moves no point of the map."""
    for one in view.strategy.initiatives:
        if not any(name in view.rows for name in one.objectives):
            yield Match(word=one.title or "", about=(one.id,))


@rule("M46", "hint", "map", misses=("initiatives[].process",))
def project_without_process(view: StrategyView) -> Iterator[Match]:
    """A project that changes no step of the work, where the steps are known."""
    steps = {one.id for one in view.strategy.processes}
    for one in view.strategy.initiatives:
        if steps and one.process not in steps:
            yield Match(word=one.title or "", about=(one.id,))


@rule("M30", "hint", "map", rests_on=("initiatives[]",))
def weak_point_without_project(view: StrategyView) -> Iterator[Match]:
    """A process objective where we are weak, and no project changes that."""
    weak = view.lists.threshold("weak_performance")
    for one in view.chosen:
        performance = one.candidate.performance if one.candidate else None
        if performance is not None and performance <= weak and one.id not in view.initiatives_of:
            yield Match(word=one.title, about=(one.id,))


@rule("M31", "hint", "map", misses=("initiatives[].owner_role", "initiatives[].end"))
def project_without_owner_or_end(view: StrategyView) -> Iterator[Match]:
    """A project without owner or end; or a crowd of projects on one point."""
    for one in view.strategy.initiatives:
        if not (one.owner_role or "").strip() or one.end is None:
            yield Match(word=one.title or "", about=(one.id,))
    most = view.lists.threshold("most_projects_of_one")
    for name, projects in view.initiatives_of.items():
        if len(projects) > most:
            about = (name, *(one.id for one in projects))
            yield Match(view.titles.get(name, name), about, {"n": len(projects)}, saying="crowd")


@rule("M33", "hint", "map", rests_on=("initiatives[]",))
def bottleneck_left(view: StrategyView) -> Iterator[Match]:
    """A bottleneck that no project and no objective takes away."""
    waiting = [one for one in view.strategy.processes if (one.bottleneck or "").strip()]
    if not waiting or not view.lists.spoken:
        return
    content = view.lists.content
    projects = view.strategy.initiatives
    working_on = {one.process for one in projects if (one.removes or "").strip()}
    addressed = frozenset[str]().union(
        *(content(readable(f"{one.removes or ''} . {one.title or ''}")) for one in projects),
        *(content(readable(f"{one.title} . {one.objective.bottleneck or ''}")) for one in view.chosen),
    )
    for one in waiting:
        if one.id not in working_on and not content(readable(one.bottleneck)) & addressed:
            yield Match(word=one.bottleneck or "", about=(one.id,))


@rule("M34", "hint", "map")
def customers_feel_little(view: StrategyView) -> Iterator[Match]:
    """Most of the vital few belong to processes that do not touch the customer."""
    kinds = {one.id: one.primary for one in view.strategy.processes if one.primary is not None}
    known = supporting = 0
    for one in view.chosen:
        made_in = [kpi.process for kpi in view.kpis_of.get(one.id, ())]
        made_in += [project.process for project in view.initiatives_of.get(one.id, ())]
        made_in.append(one.objective.process)
        where = {kinds[name] for name in made_in if name in kinds}
        known += bool(where)
        supporting += where == {"supporting"}
    if known >= view.lists.threshold("least_supporting") and supporting * 2 > known:
        yield Match(values={"n": supporting, "all": known})


@rule("M35", "warn", "map", misses=("objectives[].protected",))
def innovation_unprotected(view: StrategyView) -> Iterator[Match]:
    """Innovation without hours, money or people that daily business cannot take."""
    for one in view.by_cluster.get("innovation", ()):
        projects = view.initiatives_of.get(one.id, ())
        kept_free = any((project.resources or "").strip() for project in projects)
        if not (one.objective.protected or "").strip() and not kept_free:
            yield Match(word=one.title, about=(one.id,))
