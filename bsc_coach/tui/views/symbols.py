"""Status symbols: each a shape of its own, so that colour only repeats what they say."""

from __future__ import annotations

STATES = {"settled": "✓", "begun": "●", "untouched": "○", "check_again": "!"}
"""For sections of the agenda and points of the map."""
STATE_STYLES = {"settled": "$good", "begun": "$mark", "untouched": "$muted", "check_again": "bold $warn"}
CELLS = {"answered": "✓", "open": "○", "parked": "P", "declined": "–", "stale": "!", "waiting": "…"}
"""For answers on cards, in tables and in the review."""
CELL_STYLES = {
    "answered": "$good",
    "open": "$muted",
    "parked": "bold $warn",
    "declined": "$muted",
    "stale": "bold $warn",
    "waiting": "$muted",
}
HERE = "▸"
WAITING = "›"
"""Before what was typed and is not taken yet."""
REMARK, REFUSED = "!", "×"
"""Before what the coach wonders about an answer, and before why a line is not taken."""
SEVERITIES = {"settle": ("‼", "bold $warn"), "warn": ("!", "bold $warn"), "hint": ("·", "$muted")}
"""For findings of the coach: to be settled, worth an answer, worth a thought."""
