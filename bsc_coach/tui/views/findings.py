"""Findings view: the open remarks of the coach, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from bsc_coach.tui.views.symbols import SEVERITIES
from bsc_coach.tui.views.text_fit import BLANK, wrapped
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.findings import FindingLine


def findings_lines(
    found: Sequence[FindingLine], width: int, language: str, *, unsettled: int = 0
) -> list[Content]:
    """Return each finding with the answer that it is about; those said in one sentence as that sentence.

    Under them it says how many there are, and how many points are not settled, as the document does.
    """
    from bsc_coach.conversation.findings import in_groups

    groups = in_groups(found)
    lines: list[Content] = []
    for group in groups:
        lines += [*group_lines(group, width), BLANK] if len(group) > 1 else finding_lines(group[0], width)
    return [*lines, *count_lines(len(found), unsettled, width, language)]


def count_lines(found: int, unsettled: int, width: int, language: str) -> list[Content]:
    """Return how many findings there are, and how many points the document says are not settled."""
    told = ui("findings.count", language, n=found) if found else ui("findings.none", language)
    lines = wrapped(told, width, style="$muted")
    if unsettled:
        lines += wrapped(ui("findings.unsettled", language, n=unsettled), width, style="$muted")
    return lines


def group_lines(group: Sequence[FindingLine], width: int) -> list[Content]:
    """Return what is said of several points at once, with the rule."""
    sign, style = SEVERITIES[group[0].severity]
    said = wrapped(group[0].together, width, first=Content.styled(f"{sign} ", style))
    return [*wrapped(group[0].rule, width, style="$muted"), *said]


def member_lines(finding: FindingLine, width: int) -> list[Content]:
    """Return one of the points that something is said of at once: its name."""
    return wrapped(finding.name, width, style="$team", first=Content("  "))


def finding_lines(finding: FindingLine, width: int) -> list[Content]:
    """Return one finding: what it is about, what was said, and the remark."""
    about = f"{finding.name} · {finding.rule}" if finding.name else finding.rule
    lines = wrapped(about, width, style="$muted")
    if finding.answer and not finding.name.endswith(finding.answer):
        lines += wrapped(f"“{finding.answer}”", width, style="$team")
    sign, style = SEVERITIES[finding.severity]
    return [*lines, *wrapped(finding.say, width, first=Content.styled(f"{sign} ", style)), BLANK]
