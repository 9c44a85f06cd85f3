"""The alarms of a strategy: the few gravest findings of the coach, told by its documents and at the end.

Which findings are open at all is told by whoever asks: a session knows what was kept, muted or taken home
(``interview.open_findings``), a strategy.toml alone does not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import TypeVar

from bsc_coach.coach.catalogue import rules
from bsc_coach.coach.rule import Finding
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Alarm

MOST_ALARMS = 5
MOST_OF_ONE_RULE = 2
"""Many gaps of one kind are one alarm and its echo: they would drown the others."""

Held = TypeVar("Held")


def gravest(open_ones: Iterable[Held], finding_of: Callable[[Held], Finding]) -> tuple[Held, ...]:
    """Return at most five of the open findings, no hints, the gravest first and no rule more than twice.

    Among findings as grave, what is wrong comes before what is missing, and the map as a whole before one
    answer. ``finding_of`` gives the finding of each.
    """
    serious = [one for one in open_ones if finding_of(one).severity != "hint"]
    taken: list[Held] = []
    so_far: Counter[str] = Counter()
    for one in sorted(serious, key=lambda one: _gravity(finding_of(one))):
        rule = finding_of(one).rule
        if so_far[rule] < MOST_OF_ONE_RULE and len(taken) < MOST_ALARMS:
            so_far[rule] += 1
            taken.append(one)
    return tuple(taken)


def _gravity(finding: Finding) -> tuple[int, bool, bool]:
    """Return what to sort findings by; those that are equal in it stay in their order."""
    rule = rules()[finding.rule]
    return finding.rank, bool(rule.misses), not rule.on_the_whole


def alarm_of(finding: Finding, strategy: Strategy) -> Alarm:
    """Return a finding on ``strategy`` as an alarm: with the name of the item that it is about."""
    about = _named(finding.about[0], strategy) if finding.about else None
    return Alarm(rule=finding.rule, severity=finding.severity, say=finding.say, about=about)


def alarms_of(findings: Iterable[Finding], strategy: Strategy) -> tuple[Alarm, ...]:
    """Return the alarms among ``findings``, which are all open: as for a strategy.toml alone."""
    return tuple(alarm_of(one, strategy) for one in gravest(findings, lambda one: one))


def _named(name: str, strategy: Strategy) -> str:
    """Return an item as people say it: short id and title; a cluster or an attribute by its label."""
    for kind, listed in (("cluster", strategy.clusters), ("attribute", strategy.proposition.attributes)):
        if any(one.id == name for one in listed):
            return strategy.names.choice(kind, name, strategy.language)
    lists = (value for value in vars(strategy).values() if isinstance(value, tuple))
    items = (one for listed in lists for one in listed if getattr(one, "id", None) == name)
    titles = (getattr(one, "title", None) or getattr(one, "name", None) for one in items)
    return f"{name} {next(filter(None, reversed(list(titles))), '')}".strip()
