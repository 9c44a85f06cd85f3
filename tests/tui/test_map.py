"""The strategy map on a whole screen: what stands on it, and the walk from card to card and along links."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.pilot import Pilot

from bsc_coach.conversation.side_views import MapBand, MapGroup, MapItem, MapLink
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.tui.screens.map import MapPage
from bsc_coach.tui.views.card_links import links_around
from bsc_coach.tui.views.large_map import Drawing, items_of, large_map, towards
from tests.support.app import USUAL, frame, press, running, same_frame, session_screen, settled
from tests.support.sessions import new_session

WIDTHS = (30, 38, 77, 117, 197)
HOSTILE = (
    "",
    "Aansprakelijkheidsverzekeringsmaatschappijen",
    "[b]bold[/b] [@click=app.quit]quit[/] [/",
    "مراقبة الأسطول عن بعد للعملاء",
    "👩‍👩‍👧‍👦 families 🇳🇱 first 病院で待つ時間を短くする",
    "\u202eright \u2066to left\u2069 e\u0301e\u0301",
    "=1+1 <script>alert(1)</script> & \\n \t tab",
    "x" * 5_000,
    "two\nlines",
)


def item(short: str, title: str = "Shorten the wait", **more: object) -> MapItem:
    """Return a point of a map."""
    return replace(MapItem(short, title, "settled", None), **more)  # type: ignore[arg-type]


def link(cause: str, effect: str) -> MapLink:
    """Return a link that says what it links."""
    return MapLink(cause, effect, f"If {cause}, then {effect}.")


def bands(titles: Sequence[str] = ("one", "two"), *, reason: str = "") -> tuple[MapBand, ...]:
    """Return a map with these titles in three bands, and one cluster of four left empty."""
    financial = tuple(item(f"F{n}", title) for n, title in enumerate(titles, start=1))
    learning = tuple(item(f"L{n}", title) for n, title in enumerate(titles, start=1))
    clusters = (
        MapGroup("Operations", tuple(item(f"O{n}", title) for n, title in enumerate(titles, start=1))),
        MapGroup("Customer management", (item("CM1", titles[-1]),)),
        MapGroup("Innovation", (), reason),
        MapGroup("Social and societal", (item("S1", titles[0], horizon="long"),)),
    )
    return (
        MapBand("financial", "Financial", (MapGroup("", financial),)),
        MapBand("customer", "Customer", (MapGroup("", ()),)),
        MapBand("process", "Internal processes", clusters),
        MapBand("learning", "Learning and growth", (MapGroup("", learning),)),
    )


def crooked(drawing: Drawing) -> list[str]:
    """Return the cards whose borders do not stand in the cells where the drawing says that they do."""
    found = []
    for short, spot in drawing.spots.items():
        for line in drawing.lines[spot.line : spot.line + spot.height]:
            text = line.plain
            borders = {cell_len(text[:at]) for at, letter in enumerate(text) if letter in "╭╮│╰╯"}
            if not {spot.left, spot.left + spot.width - 1} <= borders:
                found.append(short)
    return found


@pytest.mark.parametrize("width", WIDTHS)
def test_cards_are_straight_whatever_their_titles(width: int) -> None:
    drawing = large_map(bands(HOSTILE, reason="\u202e[b] " * 40), links_around("", ()), width, "en")
    assert crooked(drawing) == []
    assert max(line.cell_length for line in drawing.lines) <= width
    assert set(drawing.spots) == {one.short for one in items_of(bands(HOSTILE))}


def test_a_crooked_card_is_seen() -> None:
    drawing = large_map(bands(), links_around("", ()), 77, "en")
    spot = drawing.spots["O1"]
    drawing.lines[spot.line + 1] = drawing.lines[spot.line + 1].pad_left(1)
    assert "O1" in crooked(drawing)


@pytest.mark.parametrize("width", WIDTHS)
def test_arrow_keys_come_to_every_card(width: int) -> None:
    shown = bands(("a", "b", "c", "d", "e", "f", "g"))
    spots = large_map(shown, links_around("", ()), width, "en").spots
    seen, reached = {"F1"}, ["F1"]
    for short in reached:
        new = {towards(spots, short, key) for key in ("up", "down", "left", "right")} - seen
        seen |= new
        reached += new
    assert seen == {one.short for one in items_of(shown)}


def test_what_is_empty_says_so() -> None:
    drawing = large_map(bands(reason="we buy new things"), links_around("", ()), 117, "en")
    shown = "\n".join(line.plain.rstrip() for line in drawing.lines)
    assert "left empty: we buy new" in shown
    assert shown.count("nothing yet") == 1
    assert "nothing yet" in shown[shown.index("CUSTOMER") : shown.index("INTERNAL")]
    assert "nog niets" in str(large_map(bands(), links_around("", ()), 77, "nl").lines)


def test_where_ids_do_not_fit_their_number_is_told() -> None:
    many = item("O1", "Wait", effects=("C1", "C2", "F1", "F2", "F3"), causes=("L1", "L1"), horizon="short")
    shown = (MapBand("financial", "Financial", (MapGroup("", (many,) * 4),)),)
    assert "▲ ×5 ▼ ×1" in str(large_map(shown, links_around("", ()), 77, "en").lines[-1])
    assert "▲ C1 C2 F1 F2 F3  ▼ L1" in str(large_map(shown, links_around("", ()), 197, "en").lines[-1])


def page(pilot: Pilot[int]) -> MapPage:
    """Return the map that is open."""
    assert isinstance(pilot.app.screen, MapPage)
    return pilot.app.screen


def here(pilot: Pilot[int]) -> str:
    """Return the short id of the card in focus."""
    focused = page(pilot).map.item
    assert focused is not None
    return focused.short


async def go_to(pilot: Pilot[int], short: str) -> None:
    """Put a card in focus."""
    sheet = page(pilot).map
    sheet.place = [one.short for one in sheet.items].index(short)
    await settled(pilot)


async def test_the_card_in_focus_tells_its_causes_and_effects(
    riverbend: Path, environment: Environment
) -> None:
    async with running(open_session(riverbend, environment)) as pilot:
        await press(pilot, "f2", "f2")
        await go_to(pilot, "CM1")
        same_frame(pilot, "map-120x40")
        shown = frame(pilot)
        roles = {sign: set(re.findall(f"{sign} ✓ ([A-Z]+[0-9]+)", shown)) for sign in "┏╔┌"}
        assert roles == {"┏": {"CM1"}, "╔": {"C2", "F3"}, "┌": {"S1", "CM3"}}
        assert shown.count("▲ effect") == 2
        assert shown.count("▼ cause") == 2
        assert "because the contact person delivers the promise" in shown
        await press(pilot, "tab")
        assert "because unpaid returns disappear" in frame(pilot)


async def test_a_walk_along_the_links_and_back(riverbend: Path, environment: Environment) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        await press(pilot, "f2", "f2", "end")
        way = [here(pilot)]
        for key in ("u", "pageup", "u", "u"):
            await press(pilot, key)
            way.append(here(pilot))
        assert way == ["L3", "O2", "F3", "F1", "M1"]
        await press(pilot, "u")
        assert here(pilot) == "M1"
        back = []
        for _ in range(5):
            await press(pilot, "backspace")
            back.append(here(pilot))
        assert back == ["F1", "F3", "O2", "L3", "M1"]  # where End was pressed
        await press(pilot, "d", "pagedown")
        assert here(pilot) == "F2"


async def test_the_chosen_link_is_the_one_that_is_walked(riverbend: Path, environment: Environment) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        await press(pilot, "f2", "f2")
        await go_to(pilot, "CM1")
        await press(pilot, "tab", "u")
        assert here(pilot) == "F3"
        await press(pilot, "backspace", "shift+tab", "d")
        assert here(pilot) == "CM3"


async def test_the_chosen_link_can_be_read_in_full(riverbend: Path, environment: Environment) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        await press(pilot, "f2", "f2")
        await go_to(pilot, "CM1")
        for link in page(pilot).map.around.links:
            pane = frame(pilot).split("─" * 80)[1]
            told = " ".join(word for line in pane.split("\n") for word in line[:78].split())  # no scrollbar
            assert link.sentence in told
            await press(pilot, "tab")


@pytest.mark.slow
async def test_the_card_in_focus_is_in_view(riverbend: Path, environment: Environment) -> None:
    async with running(open_session(riverbend, environment), size=USUAL) as pilot:
        await press(pilot, "f2", "f2")
        sheet = page(pilot).map
        for short in [one.short for one in reversed(sheet.items)]:
            await go_to(pilot, short)
            corner = next(line for line in frame(pilot).split("\n") if "┏" in line)
            assert f"┏ ✓ {short} " in corner
            assert "┗" in frame(pilot)


async def test_enter_leads_to_the_answer(riverbend: Path, environment: Environment) -> None:
    async with running(open_session(riverbend, environment)) as pilot:
        await press(pilot, "f2", "f2", "down")
        focused = page(pilot).map.item
        assert focused is not None
        await press(pilot, "enter")
        now = session_screen(pilot).now
        assert pilot.app.screen is session_screen(pilot)
        assert now is not None
        assert now.slot == focused.slot
        assert focused.title in frame(pilot)


async def test_links_that_go_in_circles_or_nowhere(tmp_path: Path, environment: Environment) -> None:
    odd = (link("F1", "F2"), link("F2", "F1"), link("F1", "F1"), link("F1", "Q9"), link("Q8", "F1"))
    async with running(new_session(tmp_path / "s", environment)) as pilot:
        pilot.app.push_screen(MapPage(bands(), odd, "en"))
        await settled(pilot)
        assert "▲▼ both" in frame(pilot)
        assert "Q9 not on the map" in frame(pilot)
        await press(pilot, "tab", "tab", "u")
        assert here(pilot) == "F2"  # the chosen link leads nowhere, the first does
        await press(pilot, "d", "d")
        assert here(pilot) == "F2"
        await press(pilot, "left", "left", "down", "u", "d", "tab", "backspace", "backspace", "backspace")
        assert "No cause or effect is drawn here yet." not in frame(pilot)


async def test_a_click_goes_to_a_card_and_a_second_works_on_it(
    riverbend: Path, environment: Environment
) -> None:
    async with running(open_session(riverbend, environment)) as pilot:
        await press(pilot, "f2", "f2")
        sheet = page(pilot).map
        spot = large_map(sheet.bands, sheet.around, 117, "en").spots["F2"]
        at = (spot.left + 5, spot.line + 1)
        await pilot.click(sheet, offset=at)
        assert here(pilot) == "F2"
        await pilot.click(sheet, offset=at)
        await settled(pilot)
        assert pilot.app.screen is session_screen(pilot)


async def test_an_empty_map_says_so_and_takes_every_key(tmp_path: Path, environment: Environment) -> None:
    async with running(new_session(tmp_path / "s", environment), size=USUAL) as pilot:
        await press(pilot, "f2", "f2", "down", "u", "d", "tab", "end", "backspace", "enter")
        shown = frame(pilot)
        assert "Nothing stands on the map yet." in shown
        assert shown.count("nothing yet") == 7
        await press(pilot, "escape")
        assert pilot.app.screen is session_screen(pilot)
