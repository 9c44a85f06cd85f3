"""Examples in the bundled script: the coach leaves the good objectives alone and remarks on the poor."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bsc_coach.coach.check import check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.script.loader import load_script
from bsc_coach.script.slots import StepId
from bsc_coach.script.source import bundled_source

STEPS = ("candidates", "candidates.title", "objective.title")
"""The questions that are answered with an objective of a process."""
QUOTED = re.compile(r"“([^”]+)”")
PROPOSITION = "proposition.type"


def examples(role: str, language: str, told_of: str = "") -> Iterator[str]:
    """Yield the wordings in the examples of those questions, of variants on something only where named."""
    script = load_script(bundled_source())
    for name in STEPS:
        step, dutch = script.step(StepId(name)), script.translations["nl"][StepId(name)]
        told = {role: getattr(step, role)}
        told |= {f"variant.{at}.{role}": getattr(one, role) for at, one in enumerate(step.variants)}
        for key, text in told.items():
            about = "" if key == role else repr(step.variants[int(key.split(".")[1])].when)
            if text is not None and told_of in about:
                yield from QUOTED.findall(dutch[key] if language == "nl" else text)


def silent(language: str, wordings: Iterator[str]) -> list[str]:
    return [one for one in wordings if not check_wording("objective", one, RuleContext(language))]


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_coach_has_nothing_to_say_of_a_good_example(language: str) -> None:
    good = list(examples("good", language))
    assert len(good) > 4 * 4
    assert silent(language, iter(good)) == good


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_coach_remarks_on_each_poor_example_of_a_proposition(language: str) -> None:
    poor = list(examples("poor", language, told_of=PROPOSITION))
    assert len(poor) == 4 * 4
    assert silent(language, iter(poor)) == []
