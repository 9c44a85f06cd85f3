"""strategy.html: all that strategy.md tells, for eyes and ears, and nothing in it that acts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from itertools import count, pairwise

import pytest
from hypothesis import HealthCheck, assume, example, given, settings

from bsc_coach.documents.board.pages import render_pages
from bsc_coach.documents.templating import render
from bsc_coach.documents.web.html import page_context, render_html
from bsc_coach.strategy.measures import Benchmark, Kpi
from bsc_coach.strategy.model import Objective, Strategy
from bsc_coach.strategy.notes import Notes
from tests.documents.filling import rewritten, with_text
from tests.support.hostile import FIXED, READER, as_read, hostile_text
from tests.support.maps import maps
from tests.support.pages import whole
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

VOID = {"meta", "br", "hr", "link", "img", "input", "rect", "path", "circle"}
HARMLESS = {
    "html", "head", "meta", "title", "style", "body", "a", "header", "nav", "main", "section", "article",
    "div", "span", "p", "h1", "h2", "h3", "h4", "ol", "ul", "li", "dl", "dt", "dd", "strong", "blockquote",
    "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "svg", "desc", "defs", "marker", "g",
    "rect", "path", "circle", "text", "tspan",
}  # fmt: skip
ATTACKS = (
    *FIXED,
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onload='x",
    "</style></title><svg onload=x>",
    "javascript:alert(1) url(http://a.b/c) @import 'x'",
    "{{ title }} {% raw %} {{ 7 * 7 }}",
    "]]> <!-- a",
)


class Element:
    """One element of a page: its tag, its attributes, the tags around it and the text in it."""

    def __init__(self, tag: str, attributes: dict[str, str], around: tuple[str, ...]) -> None:
        self.tag, self.attributes, self.around = tag, attributes, around
        self.text = ""

    @property
    def drawn(self) -> bool:
        """Tell whether it is part of a picture."""
        return "svg" in self.around


class Page(HTMLParser):
    """A page as a browser reads it; fails where an element is not closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: told or "" for name, told in attrs}, tuple(e.tag for e in self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self._open.pop().tag == tag

    def handle_data(self, data: str) -> None:
        for element in self._open:
            element.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def all(self, *tags: str) -> list[Element]:
        """Return the elements of these tags, in order."""
        return [element for element in self.elements if element.tag in tags]

    @property
    def headings(self) -> list[tuple[int, str]]:
        """The headings with their levels."""
        return [(int(one.tag[1]), one.text) for one in self.all("h1", "h2", "h3", "h4", "h5", "h6")]


@cache
def riverbend_page() -> Page:
    return Page(render_html(RIVERBEND, RIVERBEND_NOTES))


@cache
def empty() -> Page:
    return Page(render_html(EMPTY, NO_NOTES))


def headings_of(markdown: str) -> Iterator[str]:
    """Yield the headings of a Markdown document as they are read."""
    tokens = READER.parse(markdown)
    for at, token in enumerate(tokens):
        if token.type == "heading_open":
            yield "".join(child.content for child in tokens[at + 1].children or [])


@pytest.mark.parametrize(
    ("strategy", "notes"), [(RIVERBEND, RIVERBEND_NOTES), (EMPTY, NO_NOTES)], ids=["riverbend", "empty"]
)
def test_every_heading_of_the_markdown_is_there_in_the_same_order(strategy: Strategy, notes: Notes) -> None:
    headings = [told for _, told in Page(render_html(strategy, notes)).headings]
    for name, page in render_pages(strategy, notes).items():
        there = iter(headings)
        wanted = list(headings_of(page)) if name.suffix == ".md" else []
        if name.name != "strategy.md":
            wanted = wanted[1:]  # the others have a title of their own
        assert [told for told in wanted if told not in there] == []


def test_all_that_the_markdown_tells_is_told_in_words() -> None:
    numbers = count(1)
    strategy = Strategy.model_validate(rewritten(RIVERBEND.model_dump(), lambda: f"said{next(numbers)}"))
    notes = Notes.model_validate(rewritten(RIVERBEND_NOTES.model_dump(), lambda: f"said{next(numbers)}"))
    wanted = set(re.findall(r"said\d+", whole(strategy, notes)))
    page = Page(render_html(strategy, notes))
    told = " ".join(one.text for one in page.all("h1", "h3", "h4", "p", "li", "dt", "dd", "th", "td"))
    assert len(wanted) > 100
    assert wanted - set(re.findall(r"said\d+", told)) == set()


def test_the_headings_step_down_one_level_at_a_time() -> None:
    for page in (riverbend_page(), empty()):
        levels = [level for level, _ in page.headings]
        assert levels.count(1) == 1
        assert levels[0] == 1
        assert all(below - above <= 1 for above, below in pairwise(levels))
        assert all(told for _, told in page.headings)


def test_the_alarms_stand_with_the_pages_for_the_board() -> None:
    html = render_html(RIVERBEND, RIVERBEND_NOTES)
    before, _, after = html.partition('<section class="behind"')
    for alarm in RIVERBEND_NOTES.alarms:
        assert alarm.say in before
        assert alarm.say not in after


def test_the_contents_lead_to_every_section() -> None:
    for page in (riverbend_page(), empty()):
        links = [one.attributes["href"] for one in page.all("a") if "nav" in one.around]
        sections = [f"#{one.attributes['id']}" for one in page.all("h2") if "nav" not in one.around]
        assert links == sections[sections.index("#behind") + 1 :]
        ids = {one.attributes.get("id") for one in page.elements}
        assert {one.attributes["href"][1:] for one in page.all("a")} <= ids


def test_a_screen_reader_finds_language_landmarks_and_headers_of_tables() -> None:
    page = riverbend_page()
    assert page.all("html")[0].attributes["lang"] == "en"
    assert [len(page.all(landmark)) for landmark in ("header", "nav", "main")] == [1, 1, 1]
    assert {one.attributes.get("scope") for one in page.all("th")} == {"col", "row", "rowgroup"}


def test_every_picture_is_told_or_only_decoration() -> None:
    pictures = riverbend_page().all("svg")
    titles = [one.text for one in riverbend_page().all("title") if one.drawn]
    told = [one for one in pictures if one.attributes.get("role") == "img"]
    assert len(told) == 1 + len(RIVERBEND.kpis)
    assert all(titles)
    assert all(one in told or one.attributes.get("aria-hidden") == "true" for one in pictures)


def test_the_chart_of_a_kpi_is_told_from_worse_to_better() -> None:
    (told,) = [one.text for one in riverbend_page().all("title") if one.text.startswith("F1.1")]
    assert told.endswith("better on the right: Baseline $14,200; Red line $13,900; Target $13,100.")


def test_what_a_chart_lacks_is_said_with_who_finds_it_by_when() -> None:
    unknown = Kpi(id="O1.1", measures="O1", target=3, owner_role="Head of care", baseline_by="2027-03")
    no_target = Kpi(id="O1.2", measures="O1", baseline=3)
    nothing = Kpi(id="O1.3", measures="O1", unit="days")
    kpis = page_context(Strategy(kpis=(unknown, no_target, nothing)), NO_NOTES)["kpis"]
    assert [kpi["missing"] for kpi in kpis] == [
        ("Nobody knows the baseline yet; Head of care finds it by March 2027.",),
        ("No target has been set yet.",),
        ("No numbers have been settled yet.",),
    ]
    assert kpis[2]["chart"] is None


def test_the_balance_counts_what_is_on_the_map() -> None:
    clusters, horizons, lead_lag, perspectives = page_context(RIVERBEND, NO_NOTES)["balance"]
    assert [bar["number"] for bar in clusters["bars"]] == [1, 1, 1, 0]
    assert clusters["note"] == "3 of 4 clusters of internal processes hold an objective."
    assert sum(bar["number"] for bar in horizons["bars"]) == len(RIVERBEND.objectives)
    assert sum(bar["number"] for bar in lead_lag["bars"]) == len(RIVERBEND.kpis)
    assert [bar["number"] for bar in perspectives["bars"]] == [
        len(RIVERBEND.missions),
        len(RIVERBEND.outcomes),
        len(RIVERBEND.promises),
        len(RIVERBEND.objectives),
        len(RIVERBEND.enablers),
    ]
    assert max(bar["share"] for bar in perspectives["bars"]) == 100


def test_an_objective_that_no_cluster_claims_counts_as_not_settled() -> None:
    (clusters, *_) = page_context(Strategy(objectives=(Objective(id="X1"),)), NO_NOTES)["balance"]
    assert [bar["number"] for bar in clusters["bars"]] == [0, 0, 0, 0, 1]


def test_ids_are_unique_even_where_those_of_the_strategy_are_not() -> None:
    twice = RIVERBEND.model_copy(
        update={
            "objectives": RIVERBEND.objectives * 2,
            "kpis": RIVERBEND.kpis * 2,
            "links": RIVERBEND.links * 2,
        }
    )
    for page in (riverbend_page(), Page(render_html(twice, RIVERBEND_NOTES))):
        ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
        assert len(ids) == len(set(ids))


def dangling(page: Page) -> set[str]:
    """Return the ids that links of a page name and nothing on it has."""
    ids = {one.attributes.get("id") for one in page.elements}
    return {one.attributes["href"].removeprefix("#") for one in page.all("a")} - ids


def test_what_has_an_id_is_linked_by_it() -> None:
    page = riverbend_page()
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    parts = (
        *RIVERBEND.missions, *RIVERBEND.outcomes, *RIVERBEND.promises, *RIVERBEND.objectives,
        *RIVERBEND.enablers, *RIVERBEND.kpis, *RIVERBEND.initiatives, *RIVERBEND.assumptions,
        *RIVERBEND.decisions, *RIVERBEND.segments, *RIVERBEND.candidates, *RIVERBEND.parking,
    )  # fmt: skip
    assert [one.id for one in parts if one.id not in ids] == []
    assert len(ids) == len(set(ids))
    assert dangling(page) == set()
    wanted = {f"#{one.id}" for one in (*RIVERBEND.objectives, *RIVERBEND.kpis)}
    assert wanted <= {one.attributes["href"] for one in page.all("a")}


def test_an_objective_holds_the_id_that_its_candidate_has_too() -> None:
    (holder,) = [one for one in riverbend_page().elements if one.attributes.get("id") == "O1"]
    assert holder.tag == "article"
    assert "O1" in {one.id for one in RIVERBEND.candidates if one.selected}


def test_a_link_to_what_is_not_on_the_page_is_found() -> None:
    """The control, and an id of nothing at all, which is told as text."""
    assert dangling(Page('<p id="O1"></p><a href="#O1">O1</a><a href="#O2">O2</a>')) == {"O2"}
    lost = RIVERBEND.model_copy(update={"kpis": (Kpi(id="ZZ1.1", measures="ZZ1", formula="a / b"),)})
    page = Page(render_html(lost, NO_NOTES))
    assert dangling(page) == set()
    assert any("ZZ1" in one.text for one in page.all("dd"))


def test_an_anchor_stays_when_something_is_put_before_it() -> None:
    def place(strategy: Strategy) -> str:
        page = Page(render_html(strategy, NO_NOTES))
        return next(
            one.text for one in page.all("article") if one.attributes.get("id") == RIVERBEND.kpis[-1].id
        )

    first = Kpi(id="C9.1", measures="C9", name="First", formula="a / b")
    assert place(RIVERBEND) == place(RIVERBEND.model_copy(update={"kpis": (first, *RIVERBEND.kpis)}))


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(maps())
def test_no_map_has_a_link_that_leads_nowhere(strategy: Strategy) -> None:
    page = Page(render_html(strategy, NO_NOTES))
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    assert len(ids) == len(set(ids))
    assert dangling(page) == set()


@pytest.mark.parametrize("word", ["None", "Undefined", "{{", "{%", "()", "[]"])
def test_no_trace_of_the_template_is_left(word: str) -> None:
    for page in (riverbend_page(), empty()):
        assert word not in page.all("body")[0].text


NOT_IN_XML = re.compile("[\ufffe\uffff]")
"""Characters that no XML may hold, so that no picture on the page could."""


def check_harmless(page: Page) -> None:
    """Assert that nothing on the page acts, or asks for anything from elsewhere."""
    for one in page.elements:
        assert one.tag in HARMLESS
        for name, told in one.attributes.items():
            assert not name.startswith("on")
            assert name not in ("src", "srcset", "action", "data", "xlink:href", "style")
            assert name != "href" or told.startswith("#")
            assert name not in ("marker-end", "fill", "stroke") or re.fullmatch(
                r"url\(#tip-\d+\)|#[0-9a-f]{6}|none|currentColor", told
            )
    for style in page.all("style"):
        assert not re.search(r"url\(|@import|expression\(", style.text)
    assert [one.attributes.get("http-equiv") for one in page.all("meta")].count(
        "Content-Security-Policy"
    ) == 1


@cache
def filled_with(text: str) -> Page:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    return Page(render_html(strategy, Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))))


def structure(page: Page) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements and what is around them; how a label breaks in the picture is its own affair."""
    return [(one.tag, one.around) for one in page.elements if not one.drawn]


def check_hostile(text: str) -> None:
    page = filled_with(text)
    check_harmless(page)
    assert structure(page) == structure(filled_with("word"))
    shown = " ".join(NOT_IN_XML.sub("\ufffd", as_read(text)).split())
    assert shown in {" ".join(one.text.split()) for one in page.all("dd")}


@pytest.mark.parametrize("text", ATTACKS)
def test_known_attacks_stay_text(text: str) -> None:
    check_hostile(text)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@example(text="a\ufffe")
@given(text=hostile_text)
def test_hostile_answers_stay_text(text: str) -> None:
    assume(as_read(text))
    check_hostile(text)


@pytest.fixture
def _no_escaping(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("bsc_coach.documents.templating.environment._is_markup", lambda name: False)
    monkeypatch.setattr("bsc_coach.documents.templating.environment.escape", str)
    render._environment.cache_clear()
    filled_with.cache_clear()
    yield
    render._environment.cache_clear()
    filled_with.cache_clear()


@pytest.mark.usefixtures("_no_escaping")
def test_the_check_catches_a_page_without_escaping() -> None:
    """The control."""
    with pytest.raises(AssertionError):
        check_hostile("<b>a</b>")


@pytest.mark.parametrize(
    "slip",
    [
        "<script>x</script>",
        '<p onclick="x">a</p>',
        '<a href="https://a.b">a</a>',
        '<a href="javascript:x">a</a>',
        '<img src="x">',
        "<style>p { background: url(//a.b) }</style>",
        '<rect fill="url(https://a.b#c)"/>',
    ],
)
def test_the_check_catches_what_acts_or_comes_from_elsewhere(slip: str) -> None:
    """The control."""
    policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">'
    check_harmless(Page(f"{policy}<p>a</p>"))
    with pytest.raises(AssertionError):
        check_harmless(Page(policy + slip))


def test_numbers_of_any_size_are_drawn() -> None:
    huge = Kpi(id="O1.1", measures="O1", baseline=-1e308, target=10**300, benchmark=Benchmark(value=0))
    page = Page(render_html(Strategy(kpis=(huge,)), NO_NOTES))
    assert any("1.000000e+300" in one.text for one in page.all("text"))
