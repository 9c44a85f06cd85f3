"""Findings view: the open remarks of the coach, in lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.content import Content

from bsc_coach.tui.views.symbols import SEVERITIES
from bsc_coach.tui.views.text_fit import BLANK, plain, wrapped
from bsc_coach.tui.words import ui

if TYPE_CHECKING:
    from bsc_coach.conversation.findings import FindingLine


def findings_lines(found: Sequence[FindingLine], width: int, language: str) -> list[Content]:
    """Return each finding with the answer that it is about."""
    if not found:
        return wrapped(ui("findings.none", language), width, style="$muted")
    lines = [line for finding in found for line in finding_lines(finding, width)]
    lines.append(plain(ui("findings.count", language, n=len(found)), "$muted"))
    return lines


def finding_lines(finding: FindingLine, width: int) -> list[Content]:
    """Return one finding: what it is about, what was said, and the remark."""
    about = f"{finding.name} · {finding.rule}" if finding.name else finding.rule
    lines = wrapped(about, width, style="$muted")
    if finding.answer and not finding.name.endswith(finding.answer):
        lines += wrapped(f"“{finding.answer}”", width, style="$team")
    sign, style = SEVERITIES[finding.severity]
    return [*lines, *wrapped(finding.say, width, first=Content.styled(f"{sign} ", style)), BLANK]
