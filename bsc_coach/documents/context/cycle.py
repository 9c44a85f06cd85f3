"""Plan, do, check, act: the review of a strategy as the loop of continuous improvement (Deming)."""

from __future__ import annotations

from bsc_coach.documents.context.opening import map_size
from bsc_coach.documents.context.sheets import CYCLE_SHEET, sheet
from bsc_coach.documents.context.tables import Table
from bsc_coach.documents.context.words import DocumentWords


def cycle(context: Table, speak: DocumentWords) -> tuple[Table, ...]:
    """Return the four parts of the loop as rows; none while nobody said what a bad number sets in motion.

    Plan is the map, do the projects, check the review with its rhythm, act what is changed then.
    """
    review = context["review"]
    if not review["act"]:
        return ()
    checks = (
        f"{context['words']['label'][label]}: {review[name]}"
        for name, label in (("first_text", "first"), ("rhythm_text", "rhythm"), ("who", "who"))
        if review[name]
    )
    told = {
        "plan": " ".join(map_size(context, speak)),
        "do": tuple(one["label"] for one in context["initiatives"]),
        "check": tuple(checks),
        "act": review["act"],
    }
    return sheet(told, CYCLE_SHEET, context["words"])
