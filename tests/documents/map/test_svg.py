"""The strategy map as SVG: plain, readable without colour, told in words, and safe with any text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings

from bsc_coach.documents.map.svg import path_of, render_svg
from bsc_coach.drawing.labels import BOLD, width_of
from bsc_coach.drawing.layout import draw
from bsc_coach.strategy.measures import Kpi
from bsc_coach.strategy.model import Cluster, Enabler, Link, Objective, Organisation, Strategy
from tests.support.maps import linked, maps
from tests.support.strategies import RIVERBEND

SVG = "{http://www.w3.org/2000/svg}"
ELEMENTS = {"svg", "title", "desc", "rect", "g", "text", "tspan", "path", "circle", "a"}
ANCHOR = re.compile(r"strategy\.html#[A-Z]{1,4}[0-9]{1,5}")
"""Where a box may lead: to the section of its point."""
SCRIPT = '<script>alert("1")</script><a href="x" onclick="y">'


def read(picture: str) -> ElementTree.Element:
    """Return the picture as any program reads it."""
    return ElementTree.fromstring(picture)


def strangers(root: ElementTree.Element) -> list[str]:
    """Return the elements and attributes that have no place in the picture."""
    found = [one.tag for one in root.iter() if one.tag.removeprefix(SVG) not in ELEMENTS]
    for one in root.iter():
        found += [name for name in one.attrib if name.startswith("on") or name == "style"]
        found += [text for name, text in one.attrib.items() if "href" in name and not ANCHOR.fullmatch(text)]
    return found


def words_of(root: ElementTree.Element) -> list[str]:
    """Return what is written on the picture, text by text."""
    return ["".join(text.itertext()).replace("\u00a0", " ") for text in root.iter(f"{SVG}text")]


def told(root: ElementTree.Element) -> str:
    """Return the description of the picture."""
    return "".join(root.find(f"{SVG}desc").itertext())  # type: ignore[union-attr]


@settings(deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(strategy=maps())
def test_text_of_people_stays_text(strategy: Strategy) -> None:
    assert strangers(read(render_svg(strategy))) == []


def test_the_check_for_strangers_finds_them() -> None:
    picture = render_svg(linked(outcomes=()))
    assert strangers(read(picture)) == []
    for spoilt in (
        "<script/>",
        '<a href="#"/>',
        '<a href="javascript:x"/>',
        '<g onclick="x"/>',
        "<image/>",
        '<g style="x"/>',
    ):
        assert strangers(read(picture.replace("</svg>", f"{spoilt}</svg>"))) != []


def test_markup_in_a_title_can_be_read() -> None:
    root = read(render_svg(linked(objectives=(Objective(id="O1", title=SCRIPT),))))
    assert f"O1 {SCRIPT}" in told(root)
    assert [one.text for one in root.iter(f"{SVG}title")].count(f"O1 {SCRIPT}") == 1


def test_the_picture_has_a_name_and_tells_the_map() -> None:
    root = read(render_svg(RIVERBEND))
    assert root.get("role") == "group"
    named = {one.get("id") for one in root if one.tag in (f"{SVG}title", f"{SVG}desc")}
    assert set((root.get("aria-labelledby") or "").split()) == named
    assert "Riverbend Regional Hospital" in "".join(root.find(f"{SVG}title").itertext())  # type: ignore[union-attr]
    for promise in RIVERBEND.promises:
        assert promise.title in told(root)
    assert "leads to" in told(root)


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Not drawn: K2, because O1 cannot lead to itself; K3 from O1 to O9, because they do not"),
        ("nl", "Niet getekend: K2, want O1 kan niet tot zichzelf leiden; K3 van O1 naar O9, want die"),
    ],
)
def test_links_that_are_not_drawn_are_told_on_the_picture_and_in_words(language: str, sentence: str) -> None:
    root = read(render_svg(linked(("L1", "O1"), ("O1", "O1"), ("O1", "O9"), language=language)))
    assert sentence in " ".join(words_of(root))
    assert sentence in told(root)


def test_nothing_is_said_of_links_when_all_are_drawn() -> None:
    root = read(render_svg(linked(("L1", "O1"))))
    assert "Not drawn" not in " ".join(words_of(root)) + told(root)


def test_many_links_that_are_not_drawn_are_counted_on_the_picture_and_all_told_in_words() -> None:
    root = read(render_svg(linked(*[("O1", "O1")] * 40)))
    assert "and 34 more" in " ".join(words_of(root))
    assert all(f"K{n}," in told(root) for n in range(1, 41))


def test_an_empty_map_says_so_band_by_band() -> None:
    root = read(render_svg(Strategy()))
    assert words_of(root).count("nothing yet") == 3 + 4
    assert "Financial: nothing yet." in told(root)


def test_an_empty_cluster_tells_its_reason() -> None:
    reason = "the municipality decides on that"
    root = read(render_svg(linked(clusters=(Cluster(id="social", empty_because=reason),))))
    assert reason in " ".join(words_of(root))
    assert any(reason in (title.text or "") for title in root.iter(f"{SVG}title"))


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("kind", ["public", "business"])
def test_no_name_of_a_band_or_cluster_is_cut_on_the_smallest_map(language: str, kind: str) -> None:
    picture = render_svg(Strategy(language=language, organisation=Organisation(kind=kind)))  # type: ignore[arg-type]
    root = read(picture)
    assert "…" not in "".join(words_of(root))
    bands = [one[0] for one in root.iter(f"{SVG}g") if len(one) and one[0].get("stroke") == "#c9ccd3"]
    named = [one for one in root.iter(f"{SVG}g") if any(text.get("transform") for text in one)]
    assert len(bands) == len(named) >= 4
    for band, name in zip(bands, named, strict=True):
        longest = max(width_of("".join(text.itertext()), 13) * BOLD for text in name if text.get("transform"))
        assert longest <= float(band.get("height", 0))


@pytest.mark.parametrize("strategy", [Strategy(), Strategy(language="nl"), linked(*[("O1", "O1")] * 40)])
def test_what_is_written_stays_on_the_picture(strategy: Strategy) -> None:
    root = read(render_svg(strategy))
    width, height = float(root.get("width", 0)), float(root.get("height", 0))
    for text in root.iter(f"{SVG}text"):
        if text.get("x"):
            bold = BOLD if text.get("font-weight") else 1.0
            end = float(text.get("x", 0)) + width_of("".join(text.itertext()), 12) * bold
            assert end <= width
            assert float(text.get("y", 0)) < height


def test_confidence_and_horizon_are_told_without_colour() -> None:
    strategy = linked().model_copy(
        update={
            "links": tuple(
                Link(id=f"K{n}", cause="L1", effect=effect, confidence=confidence)  # type: ignore[arg-type]
                for n, (effect, confidence) in enumerate([("O1", "high"), ("O2", "medium"), ("C1", "low")])
            )
        }
    )
    root = read(render_svg(strategy))
    groups = [one for one in root.iter(f"{SVG}g") if _title(one).startswith(("L1 →", "O1 S", "O2 P"))]
    dashes = {_title(one): one[2].get("stroke-dasharray") for one in groups if "→" in _title(one)}
    assert len(set(dashes.values())) == 3
    assert dashes["L1 → O1"] is None
    dots = {_title(one)[:2]: len(one.findall(f"{SVG}circle")) for one in groups if "→" not in _title(one)}
    assert dots == {"O1": 1, "O2": 3}


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (("high", "low"), ["seen before", "likely", "a guess"]),
        ((None, "low"), ["seen before, or not said", "likely", "a guess"]),
        ((None, None), []),
    ],
)
def test_the_legend_claims_of_no_link_what_nobody_said(
    said: Sequence[str | None], expected: list[str]
) -> None:
    links = tuple(
        Link(id=f"K{n}", cause="L1", effect=f"O{n}", confidence=confidence)  # type: ignore[arg-type]
        for n, confidence in enumerate(said, start=1)
    )
    told = [
        one.text for one in read(render_svg(linked().model_copy(update={"links": links}))).iter(f"{SVG}text")
    ]
    assert [one for one in told if one and ("seen" in one or one in ("likely", "a guess"))] == expected
    assert ("Link:" in told) == bool(expected)
    assert "Effect:" in told


def _title(group: ElementTree.Element) -> str:
    return group.findtext(f"{SVG}title") or ""


def test_the_reason_of_a_link_can_be_read_beside_it() -> None:
    because = "fewer days waiting & <less> worry"
    link = Link(id="K1", cause="O1", effect="C1", because=because)
    root = read(render_svg(linked().model_copy(update={"links": (link,)})))
    assert f"O1 → C1 – {because}" in [_title(one) for one in root.iter(f"{SVG}g")]


def test_the_name_of_a_frame_stands_where_no_link_passes_if_there_is_such_a_place() -> None:
    enablers = tuple(Enabler(id=f"L{n}", title="Skills") for n in range(1, 4))
    root = read(render_svg(linked(("O1", "C1"), ("O2", "C1"), ("O2", "F1"), enablers=enablers)))
    grounds = [
        (float(one[0].get("x", 0)), float(one[0].get("width", 0)))
        for one in root.iter(f"{SVG}g")
        if len(one) == 2 and one[1].text == "Operations"
    ]
    assert len(grounds) == 1
    left, width = grounds[0]
    starts = [
        float((path.get("d") or "M0 0").split()[0][1:])
        for group in root.iter(f"{SVG}g")
        if _title(group).startswith("O")
        for path in group.findall(f"{SVG}path")[:1]
    ]
    assert starts
    assert not any(left < x < left + width for x in starts)


def test_the_same_strategy_gives_the_same_bytes() -> None:
    assert render_svg(RIVERBEND) == render_svg(RIVERBEND.model_copy(deep=True))


def test_a_way_is_rounded_at_its_corners_and_ends_before_its_tip() -> None:
    path = path_of(((0.0, 100.0), (0.0, 50.0), (40.0, 50.0), (40.0, 0.0)))
    assert path == "M0 100 L0 57 Q0 50 7 50 L33 50 Q40 50 40 43 L40 9"


def test_a_reason_of_a_sentence_or_two_is_whole_on_the_picture() -> None:
    reason = "the municipality decides on that this year, and we sit at its table; what we could add is small"
    root = read(render_svg(linked(clusters=(Cluster(id="social", empty_because=reason),))))
    assert reason in " ".join(words_of(root))


def test_every_box_leads_to_the_section_of_its_point() -> None:
    root = read(render_svg(RIVERBEND))
    told = {one.get("href"): _title(one[0]).split()[0].rstrip(";") for one in root.iter(f"{SVG}a")}
    assert told == {f"strategy.html#{name}": name for name in told.values()}
    assert {one.id for one in RIVERBEND.objectives} <= set(told.values())


@pytest.mark.parametrize(
    ("stands", "expected"),
    [
        (None, ["Mission", "Financial", "Customer", "Internal processes", "Learning and growth"]),
        ("above", ["Mission", "Financial", "Customer", "Internal processes", "Learning and growth"]),
        ("below", ["Mission", "Customer", "Financial", "Internal processes", "Learning and growth"]),
    ],
)
def test_money_of_a_public_body_stands_where_its_team_says(stands: str | None, expected: list[str]) -> None:
    organisation = Organisation(kind="public", money_stands=stands)  # type: ignore[arg-type]
    assert bands_of(linked(organisation=organisation)) == expected


def test_money_beside_customers_stands_at_their_height() -> None:
    drawing = draw(linked(organisation=Organisation(kind="public", money_stands="beside")))
    areas = {band.id: band.area for band in drawing.bands}
    assert areas["financial"].y == areas["customer"].y
    assert areas["financial"].right <= areas["customer"].x


def test_control_money_of_a_firm_stands_on_top_whatever_is_said() -> None:
    organisation = Organisation(kind="business", money_stands="below")
    assert bands_of(linked(organisation=organisation))[0] == "Financial"


def bands_of(strategy: Strategy) -> list[str]:
    """Return the bands of the picture from its top, as its description tells them."""
    return [
        one.group(1) for one in re.finditer(r"(?:^|\. )([A-Z][a-z ]+):", told(read(render_svg(strategy))))
    ]


def test_what_a_link_does_is_told_by_its_tip() -> None:
    links = tuple(
        Link(id=f"K{n}", cause="L1", effect=effect, kind=kind)  # type: ignore[arg-type]
        for n, (effect, kind) in enumerate([("O1", "drives"), ("O2", "enables"), ("C1", "holds_back")])
    )
    root = read(render_svg(linked().model_copy(update={"links": links})))
    groups = [one for one in root.iter(f"{SVG}g") if _title(one).startswith("L1 →")]
    shapes = {re.sub(r"[-0-9.]+", "", one[3].get("d") or "") for one in groups}
    assert len(shapes) == 3
    assert {"enables", "holds back"} <= set(words_of(root))
    assert "holds back" not in words_of(read(render_svg(linked(("L1", "O1")))))


def test_chips_tell_where_a_kpi_goes_and_who_owns_a_point() -> None:
    objective = Objective(id="O1", title="Shorten the wait", owner_role="COO")
    kpi = Kpi(id="O1.1", measures="O1", baseline=31, target=14, unit="days")
    text = words_of(read(render_svg(linked(objectives=(objective,), kpis=(kpi,)))))
    assert {"31 → 14 days", "COO"} <= set(text)
