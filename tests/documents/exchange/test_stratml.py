"""strategy.stratml.xml: in the order that StratML Part 2 wants, with what it requires, whatever was said."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from lxml import etree

from bsc_coach.documents.exchange.stratml import render_stratml
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Initiative, Link, Mission, Objective, Organisation, Outcome, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.toml import read_toml
from tests.documents.templating.test_render import with_text
from tests.support.hostile import hostile_text
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

SCHEMA = "BSC_COACH_STRATML_SCHEMA"
"""Names a copy of PerformancePlanOrReport20160216.xsd; it may not be ours to pass on."""
NAMESPACE = "urn:ISO:std:iso:17469:tech:xsd:PerformancePlanOrReport"
CHILDREN = {
    "PerformancePlanOrReport":
        "Name! Description OtherInformation StrategicPlanCore! AdministrativeInformation Submitter",
    "StrategicPlanCore": "Organization* Vision Mission Value* Goal+",
    "Organization": "Name Acronym Identifier Description Stakeholder*",
    "Vision": "Description Identifier",
    "Mission": "Description Identifier",
    "Value": "Name Description",
    "Goal": "Name! Description! Identifier SequenceIndicator Stakeholder* OtherInformation Objective*",
    "Objective":
        "Name Description Identifier SequenceIndicator Stakeholder* OtherInformation PerformanceIndicator*",
    "Stakeholder": "Name! Description Role*",
    "Role": "Name! Description RoleType*",
    "PerformanceIndicator":
        "SequenceIndicator MeasurementDimension! UnitOfMeasurement! Identifier Relationship* "
        "MeasurementInstance* OtherInformation",
    "Relationship": "Identifier ReferentIdentifier* Name Description",
    "MeasurementInstance": "TargetResult* ActualResult*",
    "TargetResult": "StartDate EndDate NumberOfUnits Descriptor Description",
    "ActualResult": "StartDate EndDate NumberOfUnits Descriptor Description",
    "AdministrativeInformation": "Identifier StartDate EndDate PublicationDate Source",
}  # fmt: skip
"""What may stand in what, in this order: ! exactly once, + at least once, * any number, else at most once."""
FORMS = {
    "Identifier": r"[A-Za-z_][A-Za-z0-9_.\-]*",
    "EndDate": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "PublicationDate": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "NumberOfUnits": r"-?[0-9]+(\.[0-9]+)?",
    "RoleType": "Performer|Beneficiary",
}
HOSTILE_IDS = Strategy(
    organisation=Organisation(name="x"),
    missions=(Mission(id="M1"), Mission(id="M1")),
    outcomes=(Outcome(id="O1"),),
    objectives=(Objective(id="O1"), Objective(id="O1", title=""), Objective(id="X9", title="nowhere")),
    links=(
        Link(id="K1", cause="O1", effect="O1"),
        Link(id="K1", cause="X9", effect="Z9", because="<b>"),
        Link(id="K2", cause="Z9", effect="O1"),
        Link(id="K3", cause="O1"),
    ),
    kpis=(
        Kpi(id="O1.1", measures="O1", target=1e300, target_date="0000"),
        Kpi(id="O1.1", measures="Z9", name="lost", target=-0.00001),
        Kpi(id="O1.2", measures="O1", baseline=10**30),
    ),
    initiatives=(Initiative(id="N1", title="homeless", objectives=("Z9",)),),
)
"""Ids twice, ends of links that are not there, KPIs of nothing, numbers without end."""


def named(element: etree._Element) -> str:
    return etree.QName(element).localname


def check_structure(document: str) -> etree._Element:
    """Assert that a plan has what it must have, in the right order, and return its root."""
    root = etree.fromstring(document.encode("utf-8"))
    assert root.tag == f"{{{NAMESPACE}}}PerformancePlanOrReport"
    assert dict(root.attrib) == {"Type": "Strategic_Plan"}
    for element in root.iter():
        children = "".join(f"{named(child)} " for child in element)
        allowed = CHILDREN.get(named(element), "").split()
        pattern = "".join(
            f"({name.rstrip('!*+')} ){ {'!': '', '*': '*', '+': '+'}.get(name[-1], '?') }" for name in allowed
        )
        assert re.fullmatch(pattern, children), (named(element), children)
        form = FORMS.get(named(element))
        assert form is None or re.fullmatch(form, element.text or ""), (named(element), element.text)
    identifiers = [element.text for element in root.iter(f"{{{NAMESPACE}}}Identifier")]
    assert len(identifiers) == len(set(identifiers))
    return root


def texts(root: etree._Element, *names: str) -> list[str]:
    """Return the texts of all elements at the end of a path of names."""
    path = "//" + "/".join(f"s:{name}" for name in names)
    return [element.text or "" for element in root.xpath(path, namespaces={"s": NAMESPACE})]


def kpi_of(root: etree._Element, short: str) -> etree._Element:
    (found,) = root.xpath(
        f"//s:PerformanceIndicator[s:SequenceIndicator='{short}']", namespaces={"s": NAMESPACE}
    )
    return found


@pytest.fixture(scope="module")
def plan() -> etree._Element:
    return check_structure(render_stratml(RIVERBEND, RIVERBEND_NOTES))


def test_the_perspectives_are_goals_from_the_top_of_the_map_down(plan: etree._Element) -> None:
    assert texts(plan, "Goal", "Name") == [
        "Financial outcomes",
        "What patients can count on",
        "Operations",
        "Customer management",
        "Innovation",
        "Social and societal",
        "Learning and growth",
    ]
    assert "Deliberately empty, because the county plan comes in May; we choose after it." in texts(
        plan, "Goal", "OtherInformation"
    )


def test_organisation_vision_mission_and_values_are_told(plan: etree._Element) -> None:
    assert texts(plan, "Organization", "Name") == ["Riverbend Regional Hospital"]
    assert texts(plan, "Mission", "Description") == ["More healthy years for people in the region"]
    assert texts(plan, "Value", "Name") == ["We stay with people until they are steady at home"]
    assert texts(plan, "Vision", "Description")[0].startswith("People over 65")
    assert texts(plan, "AdministrativeInformation", "EndDate") == ["2030-12-31"]
    assert texts(plan, "AdministrativeInformation", "PublicationDate") == ["2026-11-18"]


def test_owners_perform_and_customers_benefit(plan: etree._Element) -> None:
    assert "Director Outpatient Care" in texts(plan, "Objective", "Stakeholder", "Name")
    assert set(texts(plan, "Objective", "Stakeholder", "Role", "RoleType")) == {"Performer"}
    assert texts(plan, "Goal", "Stakeholder", "Name") == [
        "People 65+ with two or more chronic conditions",
        "Families with employer insurance",
    ]


def test_a_link_stands_under_the_first_kpi_of_its_cause_and_in_words_with_the_cause(
    plan: etree._Element,
) -> None:
    relationship = kpi_of(plan, "O1.1").find(f"{{{NAMESPACE}}}Relationship")
    assert relationship is not None
    assert [child.text for child in relationship] == [
        "_C1", "drives", "fewer days waiting is the promise itself",
    ]  # fmt: skip
    told = texts(plan, "Objective", "OtherInformation")
    assert sum("then we keep the promise “See me within two weeks” (C1)" in text for text in told) == 1


def test_a_kpi_has_its_target_with_its_last_day_and_its_baseline(plan: etree._Element) -> None:
    kpi = kpi_of(plan, "O1.1")
    assert dict(kpi.attrib) == {
        "ValueChainStage": "Output_Processing",
        "PerformanceIndicatorType": "Quantitative",
    }
    results = kpi.find(f"{{{NAMESPACE}}}MeasurementInstance")
    assert results is not None
    assert [[child.text for child in result] for result in results] == [
        ["2027-12-31", "14", "14 days by December 2027"],
        ["31", "Baseline: 31 days"],
    ]


@pytest.mark.parametrize(
    ("told", "values"),
    [
        ("We keep our word. We say what went wrong!", ["We keep our word", "We say what went wrong!"]),
        ("Warm homes; short lines\n  Plain words. ", ["Warm homes", "short lines", "Plain words"]),
        ("We work e.g. Sundays, at 7.30 a.m. We do", ["We work e.g. Sundays, at 7.30 a.m. We do"]),
        (" ;\n", []),
        (None, []),
    ],
)
def test_each_value_stands_by_itself(told: str | None, values: list[str]) -> None:
    root = check_structure(render_stratml(Strategy(organisation=Organisation(values=told)), NO_NOTES))
    assert texts(root, "Value", "Name") == values


def test_what_hangs_on_nothing_is_told_with_the_plan() -> None:
    root = check_structure(render_stratml(HOSTILE_IDS, NO_NOTES))
    (told,) = texts(root, "PerformancePlanOrReport", "OtherInformation")
    assert all(word in told for word in ("lost", "homeless", "Z9"))
    assert "X9" in texts(root, "Objective", "SequenceIndicator")


@pytest.mark.parametrize(
    "break_it",
    [
        lambda told: told.replace('Type="Strategic_Plan"', ""),
        lambda told: told.replace("<Identifier>_F1</Identifier>", "<Identifier>_F2</Identifier>"),
        lambda told: told.replace("<Identifier>_F1</Identifier>", "<Identifier>1 F</Identifier>"),
        lambda told: re.sub("<UnitOfMeasurement>.*?</UnitOfMeasurement>", "", told, count=1),
        lambda told: re.sub(
            "(<Goal>\\s*)(<Name>.*?</Name>)(\\s*)(<Desc.*?</Description>)", "\\1\\4\\2", told
        ),
        lambda told: told.replace("<NumberOfUnits>14<", "<NumberOfUnits>fourteen<"),
    ],
)
def test_the_check_of_the_structure_can_fail(break_it: Callable[[str], str]) -> None:
    """The control."""
    with pytest.raises(AssertionError):
        check_structure(break_it(render_stratml(RIVERBEND, RIVERBEND_NOTES)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(hostile_text)
@example("]]></Name><Goal/>")
@example("<!ENTITY x 'y'>&x;&#0;")
@example("a\x00\x0b\ufffe\uffff\ud800b")
def test_words_stay_words(text: str) -> None:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    root = check_structure(render_stratml(strategy, notes))
    assert len(texts(root, "PerformanceIndicator", "SequenceIndicator")) == len(RIVERBEND.kpis)


def test_markup_without_escaping_is_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    monkeypatch.setattr("bsc_coach.documents.templating.environment._MARKUP", (".html",))
    told = with_text(RIVERBEND.model_dump(), "R&D <b>")
    with pytest.raises((AssertionError, etree.XMLSyntaxError)):
        check_structure(render_stratml(Strategy.model_validate(told), NO_NOTES))


SAMPLES: dict[str, Callable[[], Strategy]] = {
    "english": lambda: RIVERBEND,
    "dutch": lambda: RIVERBEND.model_copy(update={"language": "nl"}),
    "empty": lambda: EMPTY,
    "hostile ids": lambda: HOSTILE_IDS,
    "hostile words": lambda: Strategy.model_validate(
        with_text(RIVERBEND.model_dump(), "]]>&<b a='\"'>\x00\ufffe ÿ🙂\n#")
    ),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_every_kind_of_strategy_makes_a_plan_in_order(sample: str) -> None:
    check_structure(render_stratml(SAMPLES[sample](), RIVERBEND_NOTES))


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_plan_is_valid_against_the_published_schema(sample: str) -> None:
    if SCHEMA not in os.environ:
        pytest.skip(
            f"NOT VALIDATED against the StratML schema: set {SCHEMA} to a copy of "
            "PerformancePlanOrReport20160216.xsd to have it done"
        )
    schema = etree.XMLSchema(etree.parse(Path(os.environ[SCHEMA])))
    plan = etree.fromstring(render_stratml(SAMPLES[sample](), RIVERBEND_NOTES).encode("utf-8"))
    schema.assertValid(plan)
    del plan.attrib["Type"]
    assert not schema.validate(plan)


@pytest.mark.parametrize("name", ["riverbend", "brakelman"])
def test_the_recorded_sessions_make_plans_in_order(name: str, sample_folder: Callable[[str], Path]) -> None:
    strategy = read_toml((sample_folder(name) / "strategy.toml").read_bytes())
    root = check_structure(render_stratml(strategy, NO_NOTES))
    assert len(texts(root, "Objective", "Identifier")) > 15
    assert len(texts(root, "Relationship", "Name")) > 15
