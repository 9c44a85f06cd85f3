"""M17–M19, M39, M43: a selection of the vital few that the scores and decisions do not bear out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bsc_coach.coach.lexicon.matcher import readable
from bsc_coach.coach.rule import Match, rule
from bsc_coach.coach.strategy_view import StrategyView
from bsc_coach.strategy.decisions import replaced_by


@rule("M17", "warn", "map", heard_at="candidates[].selected", over_budget=True)
def nothing_left_out(view: StrategyView) -> Iterator[Match]:
    """Nearly all that was scored was also chosen."""
    scored = [one for one in view.strategy.candidates if one.priority is not None]
    chosen = Counter(one.cluster for one in scored if one.selected)
    count = chosen.total()
    if len(scored) < view.lists.threshold("least_scored") or count == len(chosen):
        return  # one of each cluster has to stay: only what is chosen beside it could be left out
    if count > len(scored) * view.lists.threshold("most_selected") + 1e-9:
        (most, _), *_ = chosen.most_common(1)
        yield Match(view.label("cluster", most), values={"n": count, "all": len(scored)})


@rule("M18", "hint", "map", heard_at="candidates[].influence")
def same_scores(view: StrategyView) -> Iterator[Match]:
    """Nearly all candidates have the same score."""
    scores = [one.influence for one in view.strategy.candidates if one.influence is not None]
    if len(scores) < view.lists.threshold("least_to_compare"):
        return
    score, count = Counter(scores).most_common(1)[0]
    if count >= len(scores) * view.lists.threshold("most_same_score") - 1e-9:
        yield Match(word=str(score), values={"n": count, "all": len(scores)})


@rule("M19", "hint", "map", rests_on=("candidates[].reason",))
def choice_against_scores(view: StrategyView) -> Iterator[Match]:
    """A choice against one's own scores, without a reason."""
    for one in view.strategy.candidates:
        if one.influence is None or (one.reason or "").strip():
            continue
        against = one.influence <= 3 if one.selected else one.influence == 5 and (one.performance or 5) <= 3
        if against:
            about = (one.id,)
            yield Match(word=one.title or "", about=about, values={"n": one.influence})


@rule("M39", "hint", "map", rests_on=("candidates[].reason",))
def choice_against_decisions(view: StrategyView) -> Iterator[Match]:
    """A choice of what a decision dropped, without a reason."""
    content = view.lists.content
    later = replaced_by(view.strategy.decisions)
    dropped = [
        (one, content(title))
        for one in view.strategy.decisions
        if one.id not in later
        and one.status != "replaced"
        and view.lists.find("dropping_words", title := readable(one.title))
    ]
    for candidate in view.strategy.candidates:
        meant = content(readable(candidate.title)) - view.lists.stems("verbs")
        if not dropped or not candidate.selected or (candidate.reason or "").strip() or not meant:
            continue
        for decision, content_of_decision in dropped:
            if len(meant & content_of_decision) >= len(meant) * view.lists.threshold("same_thing"):
                yield Match(word=candidate.title or "", about=(candidate.id, decision.id))
                break


@rule("M43", "hint", "map")
def strength_unguarded(view: StrategyView) -> Iterator[Match]:
    """What decides the promise and goes well, and is not guarded by an objective."""
    strong = view.lists.threshold("strong_performance")
    for one in view.strategy.candidates:
        if one.influence == 5 and (one.performance or 0) >= strong and one.id not in view.by_id:
            yield Match(word=one.title or "", about=(one.id,))
