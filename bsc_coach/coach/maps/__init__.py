"""The rules M01 to M43, on a whole strategy map, by theme; ``look_at`` runs them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import cast

from bsc_coach.coach.maps import balance, causality, keeping, ownership, selection, wording
from bsc_coach.coach.rules import Finding, Hit, finding, rules_of
from bsc_coach.coach.view import View

THEMES = (balance, causality, keeping, ownership, selection, wording)
"""The modules whose rules are registered by importing them."""


def look_at(view: View) -> Iterator[Finding]:
    """Yield what every rule on maps says of one."""
    for one in rules_of("map"):
        for hit in cast(Iterable[Hit], one.look(view)):
            yield finding(one.id, hit, view.setting.language)
