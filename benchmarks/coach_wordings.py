"""How well the coach tells good wordings from weak ones, on both halves of tests/coach/wordings.

With ``--seen`` the misses of half "a" are listed, those of half "b" never: it only counts.
"""

from __future__ import annotations

import sys
from typing import get_args

from tests.coach.golden_wordings import LANGUAGES, Half, outcome


def main() -> None:
    """Print the figures of both halves."""
    print("| half | language | good | warned | only hinted | weak | right kind |")
    print("|---|---|---|---|---|---|---|")
    for half in get_args(Half):
        for language in LANGUAGES:
            one = outcome(half, language)
            print(
                f"| {half} | {language} | {one.good} | {one.warned} ({one.warned / one.good:.1%}) "
                f"| {one.hinted} ({one.hints:.1%}) | {one.weak} | {one.found} ({one.recall:.1%}) |"
            )
    if "--seen" in sys.argv:
        print(*(f"{lang}: {miss}" for lang in LANGUAGES for miss in outcome("a", lang).missed), sep="\n")


if __name__ == "__main__":
    main()
