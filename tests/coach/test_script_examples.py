"""Examples in the bundled script: the coach leaves the good objectives alone and remarks on the poor."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from bsc_coach.coach.check import check_kpi, check_wording
from bsc_coach.coach.context import RuleContext
from bsc_coach.script.loader import load_script
from bsc_coach.script.slots import StepId
from bsc_coach.script.source import bundled_source
from bsc_coach.strategy.measures import Kpi

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


def offered_kpis(language: str, *, public: bool) -> dict[str, tuple[str, ...]]:
    """Return the KPIs that are offered to one kind of organisation, by the condition on the sub-process."""
    script = load_script(bundled_source())
    step, dutch = script.step(StepId("kpis")), script.translations["nl"][StepId("kpis")]
    found: dict[str, tuple[str, ...]] = {}
    for at, one in enumerate(step.variants):
        for_public = "organisation.kind" in repr(one.when)
        if one.offer and for_public == public:
            about = re.search(r"subprocess.*?'(\w+)'", repr(one.when))
            assert about is not None
            text = dutch[f"variant.{at}.offer"] if language == "nl" else one.offer
            found[about[1]] = tuple(text.strip().split("\n"))
    return found


def warnings_on(name: str, language: str) -> list[str]:
    """Return the rules that warn of a KPI of this name, read as a share where it says that it is one."""
    share = name.startswith(("Share", "Aandeel"))
    told = Kpi(id="O1.1", measures="O1", name=name, unit="%" if share else None)
    found = check_kpi(told, RuleContext(language), asked={"name", "unit"})
    return [one.rule for one in found if one.severity != "hint" and one.rule not in ("K04", "K08", "K18")]


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("public", [False, True])
def test_the_coach_has_nothing_against_a_kpi_that_it_offers(language: str, public: bool) -> None:
    offered = [name for names in offered_kpis(language, public=public).values() for name in names]
    assert len(offered) >= 3 * 13
    assert {name: rules for name in offered if (rules := warnings_on(name, language))} == {}
    # A control: a name that does not say what is counted.
    assert warnings_on({"en": "Quality", "nl": "Kwaliteit"}[language], language) == ["K01"]


FACTORY = {
    "en": re.compile(r"\b(units?|orders?|order lines?|contracts?|revenue|accounts?|deals?|parts|sold)\b"),
    "nl": re.compile(r"\b(eenhe\w+|orders?|orderregels|contracten|omzet|opdrachten|onderdelen|verkochte)\b"),
}
"""Words of those who make and sell things."""


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_public_organisation_is_offered_no_words_of_a_factory(language: str) -> None:
    business, public = (offered_kpis(language, public=one) for one in (False, True))
    assert [name for names in public.values() for name in names if FACTORY[language].search(name)] == []
    # A control: where a business is spoken to in them, a public organisation has words of its own.
    spoken = {about for about, names in business.items() if FACTORY[language].search(" ".join(names))}
    assert len(spoken) > 6
    assert spoken <= set(public)
