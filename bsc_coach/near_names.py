"""The nearest known name to one that is not known, for "did you mean …"."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from bsc_coach.text import clean, shorten
from bsc_coach.words import say

LONGEST_VALUE = 90
MOST_KNOWN = 12
"""Names listed when a name is unknown and none is near it."""


def close_to(name: str, known: Iterable[str]) -> dict[str, str]:
    """Compute the values for "did you mean …": the nearest known name, and what is known."""
    names = list(dict.fromkeys(known))
    near = difflib.get_close_matches(name[:LONGEST_VALUE], names, n=1, cutoff=0.6)
    shown = sorted(names)[:MOST_KNOWN]
    return {
        "close": near[0] if near else "",
        "known": ", ".join(shown) + (", …" if len(names) > len(shown) else ""),
    }


def way_out(close: str, known: str, language: str) -> str:
    """Phrase what an unknown name may have been meant for: "Did you mean …?", or what is known here."""
    if close:
        return say("script.way.close", language, close=close)
    return say("script.way.known", language, known=known) if known else say("script.way.none", language)


def tidy(value: object) -> object:
    """Return a value of a file as it may be shown: one line, no control characters, not endless."""
    return shorten(clean(value).text, LONGEST_VALUE) if isinstance(value, str) else value
