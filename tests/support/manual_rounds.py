"""The script with rounds and ballots that the manual shows, as it stands there."""

from __future__ import annotations

import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "script-format.md"
HEADER = '[script]\nid = "day"\nversion = 1\ntitle = "A day"\nlanguages = ["en"]\n\n'


def shown_script() -> str:
    """Return the example of *Rounds and ballots*, with the header that a script needs."""
    section = PAGE.read_text("utf-8").partition("### Rounds and ballots\n")[2].partition("\n### ")[0]
    (example,) = re.findall(r"```toml\n(.*?)```", section, re.DOTALL)
    return HEADER + str(example)
