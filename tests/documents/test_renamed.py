"""A cluster, an attribute or a part of the agenda that a script calls otherwise is called so everywhere."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from bsc_coach.coach.check import check_strategy
from bsc_coach.conversation.side_views import balance, map_of
from bsc_coach.documents.formats import DocumentInput, document_format, known_formats
from bsc_coach.documents.reports.changes import told_apart
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.plan import Plan
from bsc_coach.interview.projection import to_strategy
from bsc_coach.interview.renamed import _SECTIONS
from bsc_coach.script.loader import bundled_script, load_script
from bsc_coach.script.validation import find_problems
from bsc_coach.strategy.comparison import compare
from bsc_coach.strategy.model import CLUSTERS, Candidate, Outcome, Proposition, Strategy
from bsc_coach.strategy.names import ClusterNames, Names, SectionNames
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.toml import read_toml, write_toml
from bsc_coach.words import say
from tests.documents.test_own_questions import text_in
from tests.support.own_questions import renamed_source
from tests.support.room import Room
from tests.support.scripts import script_of

LANGUAGES = ("en", "nl")
NEW = {
    "en": ("Primary care", "Fee", "Means and money", "Our daily work", "People first", "Gauges"),
    "nl": ("Eerste lijn", "Tarief", "Middelen en geld", "Ons dagelijks werk", "Mensen eerst", "Meters"),
}
OLD = {
    "en": ("Operations", "Price", "Financial", "Internal processes", "Learning and growth", "KPI sheets"),
    "nl": ("Operationeel", "Prijs", "Financieel", "Interne processen", "Leren en groei", "KPI-bladen"),
}
EXCEL = {"en": "What we must excel at", "nl": "Waarin we moeten uitblinken"}
"""What documents head the internal processes with where no script calls them otherwise."""
CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES = range(6)
TOLD = {
    "md": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "html": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "pdf": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "docx": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "toml": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "pptx": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE, GAUGES),
    "kpis": (GAUGES,),
    "annex": (CLUSTER, ATTRIBUTE, MONEY, WORK, PEOPLE),
    "board": (CLUSTER, MONEY, WORK, PEOPLE),
    "board-pdf": (CLUSTER, MONEY, WORK, PEOPLE),
    "svg": (CLUSTER, MONEY, WORK, PEOPLE),
    "xlsx": (CLUSTER, MONEY, WORK, PEOPLE),
    "csv": (CLUSTER, WORK),
    "stratml": (CLUSTER, MONEY, PEOPLE),
    "minutes": (CLUSTER, MONEY, PEOPLE, GAUGES),
    "iso": (),
    "owners": (),
    "owners-docx": (),
    "ics": (),
    "slips": (),
    "worksheet": (),
}
"""Which of these names each format says."""


def filled(plan_of: Room) -> Plan:
    room = plan_of
    room.say("organisation.name", "Saltmarsh Clinic")
    room.say("attributes.differ", ["price"])
    room.add("outcomes", title="Earn enough")
    room.add("enablers", title="Speak three languages")
    room.add("clusters[operations]/candidates", title="Shorten the wait")
    room.say("clusters[operations]/vital", ["O1"])
    room.add("clusters[operations]/candidates[O1]/kpis", name="Days of waiting", formula="Counted by hand")
    return room.plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return filled(Room(load_script(renamed_source())))


@pytest.fixture(scope="module")
def material(plan: Plan) -> dict[str, DocumentInput]:
    told = {}
    for language in LANGUAGES:
        shown = plan.for_documents(language)
        told[language] = DocumentInput(to_strategy(shown), to_notes(shown), to_minutes(shown))
    return told


def test_the_script_has_no_fault() -> None:
    assert find_problems(renamed_source()) == ()


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", known_formats())
def test_the_new_names_stand_in_every_format_and_the_old_ones_in_none(
    name: str, language: str, material: dict[str, DocumentInput]
) -> None:
    text = text_in(name, material[language])
    assert [new for at, new in enumerate(NEW[language]) if at in TOLD[name] and new not in text] == []
    assert [old for old in (*OLD[language], EXCEL[language]) if re.search(rf"\b{old}\b", text)] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ["md", "board", "board-pdf"])
def test_without_new_names_the_old_ones_stand_there(name: str, language: str) -> None:
    """The control."""
    plan = filled(Room(bundled_script())).for_documents(language)
    text = text_in(name, DocumentInput(to_strategy(plan)))
    assert [OLD[language][at] for at in TOLD[name] if OLD[language][at] not in text] == []
    assert name != "md" or EXCEL[language] in text
    assert "names" not in write_toml(to_strategy(plan))


@pytest.mark.parametrize(
    "name", [name for name in known_formats() if name not in ("minutes", "slips", "worksheet")]
)
def test_the_file_carries_the_names(name: str, material: dict[str, DocumentInput]) -> None:
    told = DocumentInput(material["nl"].strategy)
    again = DocumentInput(read_toml(write_toml(told.strategy).encode()))
    assert document_format(name).make(again) == document_format(name).make(told)


def test_only_what_has_another_name_is_written(material: dict[str, DocumentInput]) -> None:
    strategy = material["en"].strategy
    assert strategy.names.clusters == ClusterNames(operations="Primary care")
    assert strategy.names.sections == SectionNames(
        outcomes="Means and money", clusters="Our daily work", enablers="People first", kpis="Gauges"
    )
    assert '[names.clusters]\noperations = "Primary care"' in write_toml(strategy)


def test_the_map_on_the_terminal_has_the_new_names(plan: Plan) -> None:
    bands = map_of(plan.for_documents("nl"))
    assert [band.title for band in bands] == [
        "Middelen en geld", say("map.band.customer", "nl"), "Ons dagelijks werk", "Mensen eerst",
    ]  # fmt: skip
    (processes,) = (band for band in bands if band.id == "process")
    assert processes.groups[0].title == "Eerste lijn"
    chosen = to_strategy(plan).model_copy(update={"proposition": Proposition(type="low_cost")})
    assert "Primary care" in balance(chosen).leading


def test_the_coach_says_the_new_names(material: dict[str, DocumentInput]) -> None:
    strategy = material["en"].strategy.model_copy(update={"candidates": (), "objectives": ()})
    said = " ".join(finding.say for finding in check_strategy(strategy))
    assert "Primary care" in said
    assert "Operations" not in said


def test_a_comparison_says_the_new_names(material: dict[str, DocumentInput]) -> None:
    old = material["en"].strategy
    empty = [one.model_copy(update={"empty_because": "None of ours"}) for one in old.clusters]
    new = old.model_copy(update={"clusters": tuple(empty)})
    groups = told_apart(compare(old, new), old, new, "en")
    assert any("Primary care" in line for group in groups for line in group.lines)


def test_a_script_of_ones_own_from_nothing_keeps_our_headings() -> None:
    toml = """
[script]
id = "own"
version = 1
title = "Own"
languages = ["en"]

[[step]]
id = "money"
kind = "section"
title = "Money"

[[step]]
id = "gains"
in = "money"
kind = "collect"
ask = "Gains?"
more = "More?"
prefix = "F"
label = ["gains.title"]
field = "outcomes[]"

[[step]]
id = "gains.title"
in = "gains"
kind = "text"
ask = "Gain?"
field = "outcomes[].title"
"""
    assert to_strategy(Room(script_of(toml)).plan).names == Strategy().names


def test_a_name_is_text_and_never_markup() -> None:
    odd = '<b>&amp; | *loud* #1" ]]'
    named = Strategy(
        names=Names(
            clusters=ClusterNames(operations=odd), sections=SectionNames(outcomes=odd, clusters=odd, kpis=odd)
        ),
        candidates=(Candidate(id="O1", cluster="operations", title="Wait less", selected=True),),
        outcomes=(Outcome(id="F1", title="Earn"),),
        extra=(Extra(step="a", question=odd, short=odd, section=odd, list=odd, about="Z1", answer=odd),),
    )
    for name in ("html", "svg", "stratml"):
        (data,) = document_format(name).make(DocumentInput(named)).values()
        assert b"<b>" not in data
        if name != "html":
            ElementTree.fromstring(data)
    mermaid = document_format("md").make(DocumentInput(named)).values()
    assert not any("<b>" in data.decode().replace("\\<", "") for data in mermaid)
    for name in ("pdf", "docx", "pptx", "xlsx", "csv"):
        assert document_format(name).make(DocumentInput(named))


def test_what_can_have_a_name_is_the_same_everywhere() -> None:
    assert set(SectionNames.model_fields) == _SECTIONS
    assert tuple(ClusterNames.model_fields) == CLUSTERS
