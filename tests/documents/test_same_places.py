"""An objective stands in one place: under the same cluster in every document, in every picture and on screen.

An objective that no cluster claims, as a file edited by hand may hold it, has a place of its own everywhere.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from html.parser import HTMLParser
from pathlib import Path

import pytest
from lxml import etree

from bsc_coach.conversation.side_views import map_of
from bsc_coach.documents.board.pages import render_strategy
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.drawing.layout import draw
from bsc_coach.strategy.comparison import compare
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Objective, Strategy
from bsc_coach.words import say
from tests.support.faulty_scripts import source
from tests.support.odd_scripts import HEAD, fills, listed, step
from tests.support.pages import unlinked
from tests.support.playing import begun, play
from tests.support.strategies import NO_NOTES, RIVERBEND

OUTSIDE = {"en": "Outside the four clusters", "nl": "Buiten de vier clusters"}
AIMS = (
    HEAD
    + listed("aims", fills("objectives[]"), prefix="X")
    + step("wording", "text", fills("objectives[].title"), within="aims")
)
Places = Mapping[str, str]
"""The heading that each objective stands under, by its short id."""


def made(strategy: Strategy, name: str) -> str:
    format_ = document_format({"md": "annex"}.get(name, name))
    (data,) = format_.make(DocumentInput(strategy)).values()
    return data.decode("utf-8-sig")


def in_markdown(strategy: Strategy) -> Places:
    title = say("document.heading.internal", strategy.language)
    annex = unlinked(made(strategy, "md"))
    internal = annex.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", internal, flags=re.MULTILINE)[1:]
    return {
        short: heading
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
        for short in re.findall(r"^#### (\w+)", text, flags=re.MULTILINE)
    }


def in_mermaid(strategy: Strategy) -> Places:
    chart = render_strategy(strategy, NO_NOTES, chart=True)
    clusters = re.findall(r'subgraph cluster-\w+\["(.+?)"\](.+?)\n    end', chart, re.DOTALL)
    return {
        short: re.sub(r"#(\d+);", lambda found: chr(int(found[1])), title)
        for title, nodes in clusters
        for short in re.findall(r'\["(\w+)', nodes)
    }


class _Headings(HTMLParser):
    """Reads which h4 stands under which h3 of the part on internal processes."""

    def __init__(self) -> None:
        super().__init__()
        self.tag, self.heading, self.found = "", "", dict[str, str]()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tag = tag

    def handle_data(self, data: str) -> None:
        if self.tag == "h3" and data.strip():
            self.heading = data.strip()
        elif self.tag == "h4" and data.strip():
            self.found[data.split(maxsplit=1)[0]] = self.heading


def in_html(strategy: Strategy) -> Places:
    headings = _Headings()
    headings.feed(made(strategy, "html"))
    return headings.found


def in_svg(strategy: Strategy) -> Places:
    """Read the picture: a box, and the name of a cluster, stand in the frame that lies around them."""
    page = etree.fromstring(made(strategy, "svg").encode())
    frames, names, boxes = [], {}, {}
    for group in page.iterfind(".//{*}g[{*}rect]"):
        rectangle = group.find("{*}rect")
        left, top, wide, high = (float(rectangle.get(name)) for name in ("x", "y", "width", "height"))
        middle = left + wide / 2, top + high / 2
        if rectangle.get("stroke-width") == "1.2":
            frames.append((left, top, left + wide, top + high))
        elif rectangle.get("stroke-width") == "1.6":
            boxes[group.findtext("{*}title").split()[0]] = middle
        elif rectangle.get("stroke") is None:
            names[group.findtext("{*}text")] = middle

    def around(point: tuple[float, float]) -> object:
        x, y = point
        return next((one for one in frames if one[0] < x < one[2] and one[1] < y < one[3]), None)

    titles = {around(middle): name for name, middle in names.items()}
    return {short: titles[frame] for short, middle in boxes.items() if (frame := around(middle))}


def in_register(strategy: Strategy) -> Places:
    """Read kpis.csv, where each objective has a KPI."""
    measured = tuple(Kpi(id=f"{one.id}.9", measures=one.id) for one in strategy.objectives)
    text = made(strategy.model_copy(update={"kpis": measured}), "csv")
    rows = csv.reader(io.StringIO(text), delimiter=";" if strategy.language == "nl" else ",")
    return {row[0].partition(".")[0]: row[3].partition(": ")[2] for row in list(rows)[1:]}


def in_stratml(strategy: Strategy) -> Places:
    plan = etree.fromstring(made(strategy, "stratml").encode())
    return {
        objective.findtext("{*}SequenceIndicator"): goal.findtext("{*}Name")
        for goal in plan.iter("{*}Goal")
        for objective in goal.iter("{*}Objective")
    }


READERS = {
    "Markdown": in_markdown,
    "Mermaid": in_mermaid,
    "HTML": in_html,
    "SVG": in_svg,
    "register": in_register,
    "StratML": in_stratml,
}


@pytest.fixture(params=["en", "nl"])
def edited(request: pytest.FixtureRequest) -> Strategy:
    """Riverbend as somebody edited it: S9 without a candidate, and X1 that belongs nowhere."""
    more = (Objective(id="S9", title="Open a garden"), Objective(id="X1", title="Give the roof a tower"))
    language = request.param
    return RIVERBEND.model_copy(update={"objectives": (*RIVERBEND.objectives, *more), "language": language})


def expected(strategy: Strategy) -> Places:
    """The cluster of the candidate, else of the letters; X1 has neither."""
    clusters = {one.id: one.cluster for one in strategy.candidates} | {"S9": "social"}
    return {
        one.id: OUTSIDE[strategy.language]
        if one.id.startswith("X")
        else say(f"document.choice.cluster.{clusters[one.id]}", strategy.language)
        for one in strategy.objectives
    }


@pytest.mark.parametrize("name", READERS)
def test_each_document_has_each_objective_under_its_cluster(name: str, edited: Strategy) -> None:
    found = READERS[name](edited)
    assert {short: found.get(short) for short in expected(edited)} == expected(edited)


@pytest.mark.parametrize("name", READERS)
def test_control_an_objective_under_another_heading_is_seen(
    name: str, edited: Strategy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: with every cluster called Operations, each reader tells the place from another one."""
    monkeypatch.setattr("bsc_coach.strategy.points.cluster_of_letters", lambda _: "operations")
    # What documents are made from is made once for a strategy that was just looked at: this is another one.
    more = Objective(id="X2", title="Mow the roof")
    found = READERS[name](edited.model_copy(update={"objectives": (*edited.objectives, more)}))
    assert found.get("X1") != OUTSIDE[edited.language]


def test_a_map_without_such_an_objective_has_four_clusters() -> None:
    assert len(draw(RIVERBEND).frames) == 4
    assert OUTSIDE["en"] not in made(RIVERBEND, "svg") + made(RIVERBEND, "md") + made(RIVERBEND, "html")


def test_on_screen_it_stands_in_the_same_place(tmp_path: Path) -> None:
    talk = begun(tmp_path / "session", source(AIMS))
    play(talk)
    strategy = talk.session.strategy()
    process = next(band for band in map_of(talk.plan) if band.id == "process")
    shown = {item.short: group.title for group in process.groups for item in group.items}
    assert shown == in_mermaid(strategy) == in_svg(strategy)
    assert shown.keys() == {one.id for one in strategy.objectives} != set()
    assert set(shown.values()) == {OUTSIDE["en"]}


def test_a_comparison_moves_nothing_to_a_cluster_that_nobody_gave_it(edited: Strategy) -> None:
    without = edited.model_copy(update={"objectives": RIVERBEND.objectives})
    told = [change for change in compare(without, edited) if change.id == "X1"]
    assert [(change.what, change.field) for change in told] == [("new", None)]
    claimed = edited.model_copy(
        update={
            "objectives": tuple(
                o.model_copy(update={"id": "I9"}) if o.id == "X1" else o for o in edited.objectives
            )
        }
    )
    moved = [change for change in compare(edited, claimed) if change.field == "cluster"]
    assert [(change.id, change.before, change.after) for change in moved] == [("I9", None, "innovation")]
