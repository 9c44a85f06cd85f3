"""The Mermaid chart of the map in strategy.md: whole, in order, and with text that stays text."""

from __future__ import annotations

import difflib
import re

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt

from bsc_coach.documents.board.pages import render_strategy
from bsc_coach.documents.map.mermaid import MOST_CHARACTERS, label
from bsc_coach.documents.templating.markdown import escape
from bsc_coach.strategy.model import Candidate, Enabler, Link, Objective, Strategy
from bsc_coach.text import clean, one_line
from tests.support.hostile import FIXED, hostile_text
from tests.support.maps import linked, maps
from tests.support.strategies import NO_NOTES, RIVERBEND

NODE = r"[A-Z]{1,4}[0-9]{1,5}(?:-[0-9]{1,4})?"
LINE = re.compile(
    rf' *(flowchart BT|end|subgraph (band[0-9]+|cluster-[a-z]+)\["[^"]*"\]|{NODE}\["[^"]*"\]'
    rf"|{NODE} (-->|-\.->) {NODE}|(band[0-9]+|{NODE}) ~~~ band[0-9]+)"
)
"""All that a line of the chart may be."""


def charts(document: str) -> list[str]:
    """Return the fenced Mermaid blocks of a document, as a Markdown reader finds them."""
    tokens = MarkdownIt("commonmark").parse(document)
    return [token.content for token in tokens if token.type == "fence" and token.info == "mermaid"]


def chart_of(strategy: Strategy) -> str:
    """Return the chart in strategy.md where it is asked for; there is exactly one."""
    (chart,) = charts(render_strategy(strategy, NO_NOTES, chart=True))
    return chart


def as_seen(text: str) -> str:
    """Return what a label shows: its numbers as characters."""
    return re.sub(r"#([0-9]+);", lambda found: chr(int(found[1])), text)


@settings(deadline=None)
@given(text=hostile_text)
def test_a_label_shows_the_text_and_escaping_it_for_markdown_changes_nothing(text: str) -> None:
    told = label(f"O1 {text}")
    assert as_seen(told) == one_line(clean(f"O1 {text}").text)
    assert re.sub(r"#[0-9]+;", "", told).isascii() is one_line(clean(text).text).isascii()
    assert not set(told) & set('"`[]{}<>|~&*_\\@$\n')
    assert escape(told) == told


def test_a_label_that_was_only_escaped_for_html_would_not_do() -> None:
    assert escape("O1 #45; up") != "O1 #45; up"
    assert "`" in "O1 `x`".replace("<", "&lt;")


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(strategy=maps(hostile_text))
def test_every_line_of_the_chart_is_of_a_known_kind(strategy: Strategy) -> None:
    for chart in charts(render_strategy(strategy, NO_NOTES, chart=True)):
        assert [line for line in chart.splitlines() if not LINE.fullmatch(line)] == []


@pytest.mark.parametrize("line", ["click O1 x", 'O1["a"b"]', "O1 --> O2; O3", "%%{init: {}}%%", "n1 --> O1"])
def test_the_check_of_lines_finds_a_foreign_one(line: str) -> None:
    assert not LINE.fullmatch(line)


@pytest.mark.parametrize("text", [*FIXED, "```", "~~~", "\n```\n# heading", "end"])
def test_no_title_ends_the_fence(text: str) -> None:
    chart = chart_of(linked(("O1", "C1"), objectives=(Objective(id="O1", title=text),)))
    assert as_seen(chart).count(one_line(clean(text).text)) >= 1
    assert chart.splitlines()[-1].strip() == "O1 --> C1"


def test_bands_stand_from_bottom_to_top_and_are_held_in_order() -> None:
    chart = chart_of(RIVERBEND)
    names = ("Learning and growth", "Internal processes", "Customer", "Financial", "Mission")
    found = [chart.index(f'["{name}"]') for name in names]
    assert found == sorted(found)
    assert re.findall(r"(band\d) ~~~ (band\d)", chart) == [
        ("band5", "band4"), ("band4", "band3"), ("band3", "band2"), ("band2", "band1")
    ]  # fmt: skip


def test_a_guess_is_a_broken_line() -> None:
    links = (
        Link(id="K1", cause="L1", effect="O1", confidence="low"),
        Link(id="K2", cause="L1", effect="C1", confidence="high"),
    )
    chart = chart_of(linked().model_copy(update={"links": links}))
    assert [line.strip() for line in chart.splitlines() if "->" in line] == ["L1 -.-> O1", "L1 --> C1"]


def changed(before: str, after: str) -> int:
    """Return how many lines went and how many came."""
    return sum(line[:1] in "-+" for line in difflib.ndiff(before.splitlines(), after.splitlines()))


def test_one_more_objective_with_its_link_changes_no_other_line() -> None:
    first = RIVERBEND.objectives[0]
    more = RIVERBEND.model_copy(
        update={
            "objectives": (
                Objective(id="O9", title="Answer the phone: always"),
                first,
                *RIVERBEND.objectives[1:],
            ),
            "candidates": (
                *RIVERBEND.candidates,
                Candidate(id="O9", cluster="operations", title="Answer the phone", selected=True),
            ),
            "links": (Link(id="K99", cause="O9", effect="C1"), *RIVERBEND.links),
        }
    )
    before, after = chart_of(RIVERBEND), chart_of(more)
    assert 2 <= changed(before, after) <= 5
    assert '      O9["O9 Answer the phone: always"]' in after.splitlines()
    assert "  O9 --> C1" in after.splitlines()


def test_nodes_that_are_counted_would_change_many_lines() -> None:
    """The control: the same two lines in a chart whose nodes have numbers, as charts once had."""
    nodes = re.findall(rf"({NODE})\[", chart_of(RIVERBEND))
    before, after = (
        "\n".join(f"n{number}[{name}]" for number, name in enumerate(some))
        for some in (nodes, ["O9", *nodes])
    )
    assert changed(before, after) > 5


def test_an_id_with_a_dot_is_a_name_without() -> None:
    chart = chart_of(linked(("O1.1", "C1"), objectives=(Objective(id="O1.1", title="Wait less"),)))
    assert 'O1-1["O1.1 Wait less"]' in chart
    assert chart.splitlines()[-1].strip() == "O1-1 --> C1"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("O1 My story: one high-risk ward (100%)?", "O1 My story: one high-risk ward (100%)?"),
        ("O1 R&D, a \"b\" <c> #1", "O1 R#38;D, a#32;#34;b#34;#32;#60;c#62;#32;#35;1"),
        ("O1 https://a.be www.b.be c@d.be", "O1 https#58;//a.be www#46;b.be c#64;d.be"),
        ("O1 %%{init} style:x", "O1 %%#123;init#125; style#58;x"),
        ("- one", "#45; one"),
        ("12. one", "12#46; one"),
        ("`one`", "#96;one#96;"),
    ],
)  # fmt: skip
def test_only_what_would_be_more_than_text_is_a_number(text: str, told: str) -> None:
    assert label(text) == told


def test_what_has_no_link_is_held_below_the_next_band() -> None:
    assert re.findall(r"  ([A-Z]\w+) ~~~ (band\d)", chart_of(linked(("O1", "C1")))) == [
        ("L1", "band4"), ("O2", "band3")
    ]  # fmt: skip


def test_links_that_are_not_drawn_are_told_below_the_chart() -> None:
    document = render_strategy(linked(("L1", "O1"), ("O1", "O1")), NO_NOTES, chart=True)
    assert "Not drawn: K2, because O1 cannot lead to itself." in document
    assert charts(document)[0].count("-->") == 1


def test_an_empty_map_says_so_instead() -> None:
    document = render_strategy(Strategy(), NO_NOTES, chart=True)
    assert charts(document) == []
    assert "Nothing stands on the map yet." in document


@pytest.mark.parametrize("count", [451, 5])
def test_a_chart_that_no_reader_would_draw_is_left_out(count: int) -> None:
    enablers = tuple(Enabler(id=f"L{n}", title="Skills") for n in range(1, count + 1))
    links = tuple(Link(id=f"K{n}", cause=f"L{n}", effect="O1") for n in range(1, count + 1))
    document = render_strategy(
        linked(enablers=enablers).model_copy(update={"links": links}), NO_NOTES, chart=True
    )
    assert bool(charts(document)) is (count == 5)
    assert ("too large" in document) is (count != 5)


def test_a_chart_stays_below_the_characters_that_readers_take() -> None:
    made = [
        linked(objectives=tuple(Objective(id=f"O{n}", title="Wait #" * 30) for n in range(1, count)))
        for count in range(40, 140, 3)
    ]
    lengths = [len(chart) for one in made for chart in charts(render_strategy(one, NO_NOTES, chart=True))]
    assert 0 < len(lengths) < len(made)
    assert MOST_CHARACTERS // 2 < max(lengths) <= MOST_CHARACTERS
