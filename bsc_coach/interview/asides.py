"""What a session leaves aside: questions that its depth, or a replan, does not come to, and where they go.

Pure functions of the script and of what was decided about the time. An answer that is given all the same
counts like any other.
"""

from __future__ import annotations

from bsc_coach.interview.state import AgendaFact, Aside
from bsc_coach.script.model import CollectStep, Fixed, ForEach, Script, Step, StepBase
from bsc_coach.script.slots import ItemId
from bsc_coach.script.step_parts import Late, Source


def has_depths(script: Script) -> bool:
    """Tell whether a script knows questions that are asked only where everything is."""
    return any(step.depth == "full" for step in script.steps)


def aside_of(script: Script, agenda: AgendaFact, step: Step, around: Aside) -> Aside:
    """Return where a step goes instead of being asked, given where what it stands in goes."""
    if step.id in agenda.cut:
        return agenda.cut[step.id]
    if not around and (step.depth == "room" or in_full(script, agenda, step)):
        return ""
    return gone_to(step.late, around)


def gone_to(late: Late, around: Aside = "") -> Aside:
    """Return where a question goes that is not asked: home with its owner, or where its part goes.

    What is dropped is merely not offered; in a second sitting everything waits that its part holds.
    """
    if late == "drop" and around != "sitting":
        return "unasked"
    return "homework" if late == "homework" and around != "sitting" else around or "leave"


def aside_of_item(agenda: AgendaFact, step: Fixed, item: ItemId, around: Aside) -> Aside:
    """Return where an item that the script names goes: a part of the agenda may be left out by itself."""
    return agenda.cut.get(f"{step.id}[{item}]", around)


def aside_of_source(
    script: Script, agenda: AgendaFact, step: ForEach, source: Source, around: Aside
) -> Aside:
    """Return where the items go that a pass has from one of its lists."""
    if around or source.depth == "room" or in_full(script, agenda, step):
        return around
    return "leave"


def is_enough(script: Script, agenda: AgendaFact, step: CollectStep, items: int) -> bool:
    """Tell whether a list has as many items as it needs where not everything is asked."""
    return step.enough is not None and items >= step.enough and not in_full(script, agenda, step)


def in_full(script: Script, agenda: AgendaFact, step: StepBase) -> bool:
    """Tell whether everything is asked in the part of the agenda that a step stands in."""
    return agenda.depth == "full" or script.section_of(step.id) in agenda.whole
