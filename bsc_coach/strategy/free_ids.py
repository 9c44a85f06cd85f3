"""Free ids for items of a strategy.toml: one that nothing has yet, of the kind that its list has."""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection

from bsc_coach.strategy.nested import Table

_LETTERS = re.compile(r"([A-Z]{1,4})[0-9]+$")
_STEMS = {"participants": "T", "segments": "SEG", "promises": "C", "objectives": "O", "links": "X"}
"""Letters of an id in a list that has none yet to learn them from."""


def free_id(list_name: str, item: Table, known: Collection[str]) -> str:
    """Return an id for an item of a list that has the ids ``known``: O11, and O1.3 for a KPI of O1."""
    measured = item.get("measures")
    stem = f"{measured}." if isinstance(measured, str) else ""
    if not stem:
        shaped = [found[1] for one in sorted(known) if (found := _LETTERS.match(one))]
        own = _LETTERS.match(str(item.get("id")).upper())
        usual = shaped[0] if shaped else _STEMS.get(list_name, "X")
        stem = own[1] if own and own[1] in shaped else usual
    return next(one for n in itertools.count(1) if (one := f"{stem}{n}") not in known)
