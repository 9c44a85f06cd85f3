"""How well the coach tells good wordings from weak ones, as a table: counts for each half and language.

Run as ``python benchmarks/coach_wordings.py``; with ``--seen`` the misses of half "a" are listed, those of
half "b" never.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import get_args

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.support.golden_wordings import LANGUAGES, Half, outcome


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
