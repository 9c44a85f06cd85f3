"""The answers that the examples of a question quote, in one language."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bsc_coach.script.model import QuestionStep, Script

_QUOTED = re.compile(r"“([^”]+)”")


def quoted(script: Script, step: QuestionStep, role: str, language: str) -> Iterator[str]:
    """Yield what the examples of a step and its variants quote; ``role`` is good or poor."""
    told = {role: getattr(step, role)}
    told |= {f"variant.{at}.{role}": getattr(one, role) for at, one in enumerate(step.variants)}
    for key, text in told.items():
        if text is not None:
            yield from _QUOTED.findall(script.translations["nl"][step.id][key] if language == "nl" else text)
