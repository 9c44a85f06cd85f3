"""The sizes that the manual tells are those of the table."""

from __future__ import annotations

import re
from pathlib import Path

from bsc_coach import sizes

MANUAL = Path(__file__).parents[2] / "docs"


def rows(page: str) -> dict[str, str]:
    """Return the second cell of each row of the tables in a page of the manual, by the first."""
    cells = re.findall(r"^\| ([^|]+) \| ([^|]+) \|", (MANUAL / page).read_text("utf-8"), re.MULTILINE)
    return {name.strip(): told.strip() for name, told in cells}


def test_hand_edits_tell_the_sizes_of_the_table() -> None:
    told = rows("hand-edits.md")
    assert told["one text"] == f"{sizes.TEXT:,} characters"
    assert told["a list"].endswith(f"else {sizes.LIST} items")
    assert told["a list in the file"] == f"{sizes.LIST} entries"
    own = "answers to questions of your own, and each table of what was said"
    assert told[own] == f"{sizes.ENTRIES:,} entries"
    assert told["the file"] == f"{sizes.STRATEGY_FILE // 1_000_000} MB"


def test_the_other_pages_tell_them_too() -> None:
    pages = ("hand-edits.md", "documents.md")
    text = " ".join(" ".join((MANUAL / name).read_text("utf-8").split()) for name in pages)
    assert f"first {sizes.DIFFERENCES_TOLD} are told" in text
    assert f"the first {sizes.CHANGES_TOLD}," in text
    assert f"more than {sizes.MAP_POINTS} points" in text
    script = " ".join((MANUAL / "script-format.md").read_text("utf-8").split())
    assert (
        f"{sizes.SCRIPT_FILE // 1_000_000} MB, {sizes.STEPS:,} steps, {sizes.CHOICES:,} choices of a step, "
        f"tables nested {sizes.SCRIPT_DEPTH} deep" in script
    )
