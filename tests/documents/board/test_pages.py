"""strategy.md, kpis.md and annex.md: short for a board, nothing lost behind it, every id a link."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.documents.board.pages import MAP, PAGES, render_pages, render_strategy, render_whole
from bsc_coach.documents.context.document_context import build_context
from bsc_coach.strategy.dates import last_day
from bsc_coach.strategy.model import Decision, Enabler, Initiative, Organisation, Parked, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.strategy_file import StrategyFile
from bsc_coach.strategy.toml import read_file
from bsc_coach.text import one_line
from tests.documents.filling import FIXED_NAMES, with_text
from tests.support.hostile import FIXED, READER, Seen, as_read, see
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

SAMPLES = ("riverbend", "brakelman")
MOST_LINES = 250
LINK = re.compile(r"\[(?:[^\]\\]|\\.)*\]\(([^)]*)\)")
ANCHOR = re.compile(r'<a id="([^"]*)"></a>')


@pytest.fixture(scope="module")
def sample(sample_folder: Callable[[str], Path]) -> Callable[[str], StrategyFile]:
    return cache(lambda name: read_file((sample_folder(name) / "strategy.toml").read_bytes()))


@pytest.fixture(scope="module")
def pages(sample: Callable[[str], StrategyFile]) -> Callable[[str], Mapping[str, str]]:
    """Return the set of a sample, by the names of its files."""
    return cache(lambda name: pages_of(sample(name).strategy, sample(name).notes))


def pages_of(strategy: Strategy, notes: Notes) -> Mapping[str, str]:
    return {str(path): text for path, text in render_pages(strategy, notes).items()}


# Short, and nothing lost


@pytest.mark.parametrize("name", SAMPLES)
def test_what_the_board_reads_is_short(name: str, pages: Callable[[str], Mapping[str, str]]) -> None:
    assert pages(name)["strategy.md"].count("\n") <= MOST_LINES
    assert "".join(pages(name)[page] for page in PAGES).count("\n") > 4 * MOST_LINES  # it was all in one


@pytest.mark.parametrize("name", SAMPLES)
def test_every_fact_reaches_one_of_the_three(
    name: str, sample: Callable[[str], StrategyFile], pages: Callable[[str], Mapping[str, str]]
) -> None:
    read = squeezed(" ".join(text for page in PAGES for text in see(pages(name)[page]).texts))
    strategy = sample(name).strategy.model_dump()
    titles = {one["id"]: one["title"] for one in strategy["objectives"]}
    for one in strategy["candidates"]:
        one["title"] = titles.get(one["id"], one["title"])  # told as it was worded last
    told = [fact for fact in facts(strategy) if fact not in read]
    numbers = [
        kpi["id"]
        for kpi in build_context(sample(name).strategy, sample(name).notes)["kpis"]
        for field in ("baseline_text", "target_text", "red_text")
        if kpi[field] is None or squeezed(kpi[field]) not in read
    ]
    assert (told, numbers) == ([], [])
    assert len(list(facts(strategy))) > 300


def test_control_a_fact_that_stands_nowhere_is_seen(pages: Callable[[str], Mapping[str, str]]) -> None:
    read = squeezed(" ".join(see(pages("riverbend")["strategy.md"]).texts))
    assert "Waiting is the main reason" in read
    assert "Exit survey among 300 people" not in read  # it stands in the annex


def facts(value: Any, name: str = "") -> Iterator[str]:
    """Yield what people said in their own words, as one line each."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from facts(inner, key)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from facts(inner, name)
    elif isinstance(value, str) and value and name not in FIXED_NAMES | {"customer_word"}:
        yield from (squeezed(line) for line in value.splitlines())


def squeezed(text: str) -> str:
    return one_line(text).replace("‘", "“").replace("’", "”")


# Links


def leads_nowhere(found: Mapping[str, str]) -> list[str]:
    """Return the links of a set that lead to no file of it, or to no anchor there."""
    wrong = []
    for page in PAGES:
        for target in LINK.findall(found[page]):
            file, _, anchor = target.partition("#")
            there = found.get(file or page)
            if there is None or (anchor and anchor not in ANCHOR.findall(there)):
                wrong.append(f"{page}: {target}")
    return wrong


@pytest.mark.parametrize("name", SAMPLES)
def test_every_link_leads_to_an_anchor_that_is_there_once(
    name: str, pages: Callable[[str], Mapping[str, str]]
) -> None:
    assert leads_nowhere(pages(name)) == []
    for page in PAGES:
        anchors = ANCHOR.findall(pages(name)[page])
        assert len(anchors) == len(set(anchors))
        assert not any("\\" in anchor for anchor in anchors)
    lost = {**pages(name), "annex.md": pages(name)["annex.md"].replace('<a id="O1"></a>', "")}
    assert "strategy.md: annex.md#O1" in leads_nowhere(lost)  # the control


@pytest.mark.parametrize("name", SAMPLES)
def test_every_id_in_the_pages_is_a_link(name: str, pages: Callable[[str], Mapping[str, str]]) -> None:
    ids = {one for page in PAGES for one in ANCHOR.findall(pages(name)[page]) if one[0].isupper()}
    assert len(ids) > 80
    for page in PAGES:
        text = pages(name)[page]
        own = {anchor for anchor in ANCHOR.findall(text) if page != "strategy.md"}
        outside = ANCHOR.sub("", LINK.sub("", text))
        bare = {one for one in re.findall(r"[A-Z]{1,4}[0-9]+(?:\.[0-9]+)?(?![\w.-])", outside) if one in ids}
        assert bare - own == set()  # where an id is told whole it does not lead to itself


def test_a_set_of_anything_leads_somewhere() -> None:
    for strategy, notes in ((EMPTY, NO_NOTES), (RIVERBEND, RIVERBEND_NOTES)):
        assert leads_nowhere(pages_of(strategy, notes)) == []


def test_on_a_screen_all_links_stay_within_the_text() -> None:
    text = render_whole(RIVERBEND, RIVERBEND_NOTES)
    ids = [target for target in LINK.findall(text) if re.fullmatch(r".*#[A-Z]+[0-9.]+", target)]
    assert len(ids) > 20
    assert all(target.startswith("#") and target[1:] in ANCHOR.findall(text) for target in ids)


def test_the_map_stands_beside_the_pages_or_a_sentence_says_why_not() -> None:
    made = pages_of(RIVERBEND, NO_NOTES)
    assert f"]({MAP})" in made["strategy.md"]
    assert made[MAP].startswith("<svg")
    many = tuple(Enabler(id=f"L{n}", title="Skills") for n in range(1, 700))
    large = pages_of(Strategy(enablers=many), NO_NOTES)
    assert MAP not in large
    assert "too large to be drawn" in large["strategy.md"]
    assert "```mermaid" in render_strategy(RIVERBEND, NO_NOTES, chart=True)


# What people wrote


@cache
def seen_with(text: str) -> Mapping[str, Seen]:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    made = pages_of(strategy, notes)
    return {page: see(made[page]) for page in PAGES}


@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_leave_every_page_as_it_is(text: str) -> None:
    for page, expected in seen_with("word").items():
        found = seen_with(text)[page]
        assert (page, found.blocks, found.inlines) == (page, expected.blocks, expected.inlines)
    assert any(as_read(text) in seen.texts for seen in seen_with(text).values())


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("Voted after F1, because of F1.1.", "Voted after [F1](#F1), because of [F1.1](#F1.1)."),
        ("Not X99, and no F1-racing", "Not X99, and no F1-racing"),
        ("see https://a.b/F1 or v.F1", "see https://a.b/F1 or v.F1"),
        ("[F1](evil)", r"\[[F1](#F1)\](evil)"),
    ],
)
def test_an_id_in_what_people_wrote_leads_there_and_nothing_else_does(said: str, told: str) -> None:
    decision = Decision(id="D9", title="Wait", reason=said)
    text = render_whole(RIVERBEND.model_copy(update={"decisions": (decision,)}), NO_NOTES)
    assert f"Wait – {told}" in text


# What is asked, and what comes next


def between(text: str, heading: str) -> list[str]:
    """Return the lines below a heading, up to the next one."""
    return [line for line in text.partition(f"\n## {heading}\n")[2].partition("\n## ")[0].split("\n") if line]


def test_the_board_is_asked_what_waits_for_it() -> None:
    strategy = Strategy(
        decisions=(
            Decision(id="D1", title="Close the north wing", status="proposed", reason="Nobody comes"),
            Decision(id="D2", title="Open the south wing", status="proposed", date="2027-03"),
            Decision(id="D3", title="Keep the garden", status="decided"),
            Decision(id="D4", title="Sell the garden", status="proposed"),
            Decision(id="D5", title="Rent the garden", status="decided", replaces="D4"),
        ),
        initiatives=(
            Initiative(id="N1", title="Paint it", resources="One painter"),
            Initiative(id="N2", title="Heat it", owner_role="CFO"),
        ),
        parking=(
            Parked(id="Q1", title="Merge?", outcome="open", owner="CEO", due="2027-02"),
            Parked(id="Q2", title="Split?", outcome="dropped"),
            Parked(id="Q3", title="Call them", outcome="action", owner="CEO"),
        ),
    )
    assert between(render_whole(strategy, NO_NOTES), "What we ask the board") == [
        "- To decide: [D1](#D1) Close the north wing – Nobody comes",
        "- To decide by March 2027: [D2](#D2) Open the south wing",
        "- To find means for: [N2](#N2) Heat it (nobody has named money or people; owner: CFO)",
        "- To answer by February 2027: [Q1](#Q1) Merge? (CEO)",
    ]


def test_nothing_to_ask_to_differ_on_or_to_wait_for_is_said() -> None:
    text = render_whole(Strategy(organisation=Organisation(name="Acme")), NO_NOTES)
    assert between(text, "What we ask the board")[0].startswith("Nothing: no proposal, no initiative")
    assert between(text, "Where we see it differently") == ["Nobody has said otherwise."]
    assert between(text, "What is next") == ["No date has been set."]
    assert between(text, "Scorecard") == ["Nothing stands on the map yet that could be followed."]


def test_points_that_nobody_settled_are_asked_and_concerns_are_told() -> None:
    text = render_whole(RIVERBEND, RIVERBEND_NOTES)
    asked = between(text, "What we ask the board")
    assert [line for line in asked if line.startswith("- To settle: one point (")] != []
    differing = between(text, "Where we see it differently")
    assert "- Luis Ortega (3 – consent): Cash in 2027" in differing


@pytest.mark.parametrize(
    ("language", "dissent", "told"),
    [
        ("en", "Nobody: all agree", 0),
        ("en", "None.", 0),
        ("nl", "Niemand", 0),
        ("en", "Nobody asked the nurses", 1),
        ("nl", "Niemand van de nachtdienst", 1),
    ],
)
def test_a_dissent_that_says_there_is_none_is_none(language: str, dissent: str, told: int) -> None:
    strategy = Strategy(language=language, decisions=(Decision(id="D1", title="Close", dissent=dissent),))
    assert len(build_context(strategy, NO_NOTES)["differing"]) == told


def test_dates_come_in_order_and_targets_are_left_to_the_scorecard() -> None:
    told = build_context(RIVERBEND, RIVERBEND_NOTES)["next"]
    days = [last_day(one["when"]) for one in told]
    assert days == sorted(days)
    assert {one["kind"] for one in told} >= {"review", "test"}
    assert "target" not in {one["kind"] for one in told}


def test_every_table_row_has_as_many_cells_as_its_heading() -> None:
    for text in pages_of(RIVERBEND, RIVERBEND_NOTES).values():
        for table in re.findall(r"(?:^\|.*\|\n)+", text, re.MULTILINE):
            assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1
    assert READER.parse("| a |\n|---|\n")[0].type == "table_open"
