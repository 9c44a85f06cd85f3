"""Real browsers as phones: offline, reloads, a driver that begins anew, no script, and axe on each page."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from bsc_coach.conversation.room_view import ResultLine, RoundResult, WallTimer
from bsc_coach.interview.live_round import FormChoice, FormLine, RoundForm
from bsc_coach.room.kept import KeptRoom
from bsc_coach.room.server import RoomServer
from tests.support.browser import SIZES, axe_source, browser, violations
from tests.support.room_client import HERE, open_room
from tests.support.room_host import DOTS, RANK, SURE, VOTE, WRITING, FakeHost
from tests.support.waiting import until

if TYPE_CHECKING:
    from playwright.async_api import Browser, Page

RESULT = RoundResult(
    "f1",
    "How sure are we?",
    "team",
    (ResultLine("O1", "Sure", 8, "3.5", 0.25, (("3", 1), ("4", 5), ("5", 2)), (("Ann", "4"),)),),
    sentences=("Hear me",),
)
MIXED = RoundForm(
    "f5",
    "ballot",
    "All at once",
    "A line of help.",
    (
        replace(SURE, choices=(FormChoice("1", "a guess"), FormChoice("5", "certain"))),
        FormLine("p", "O2 Quick", "Points", "points", 0, 10, meaning="Divide."),
    ),
    each=10,
    sentence=True,
    names="everyone",
)


@asynccontextmanager
async def phone(started: Browser, server: RoomServer, name: str = "", **how: object) -> AsyncIterator[Page]:
    """Open a phone that has scanned the code, and let it join; whatever it asks elsewhere fails the test."""
    context = await started.new_context(viewport={"width": 320, "height": 568}, **how)  # type: ignore[arg-type]
    page = await context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if "Policy" in said.text else None)
    page.on("request", lambda one: None if one.url.startswith(server.place) else wrong.append(one.url))
    await page.goto(server.url)
    if name:
        await page.fill("#name", name)
    if how.get("java_script_enabled") is False:
        await page.fill("#code", server.seats.codes.room)
    await page.click("button.main")
    await page.wait_for_selector("h1:not(:text('Join'))")
    try:
        yield page
    finally:
        await context.close()
    assert wrong == []


def texts_of(host: FakeHost) -> list[tuple[str, ...]]:
    now = host.live.now
    return [] if now is None else [ballot.texts for ballot in now.ballots.values()]


async def test_a_phone_scans_writes_hands_in_and_changes() -> None:
    host = FakeHost()
    async with browser() as started, open_room(host) as server, phone(started, server, "Ann") as page:
        host.open(WRITING)
        await page.wait_for_selector("#ballot")
        await page.fill("textarea >> nth=0", "Park for free")
        await page.click("#more")
        await page.fill("textarea >> nth=3", "Less paper")
        await page.click("button.main")
        await page.wait_for_selector("#handed-in")
        assert texts_of(host) == [("Park for free", "Less paper")]
        await page.click("#change")
        await page.fill("textarea >> nth=1", "Less queueing")
        await page.click("button.main")
        await page.wait_for_selector("text=Less queueing")
        assert texts_of(host) == [("Park for free", "Less queueing")]
        await page.click("#take-back button")
        await page.wait_for_selector("#ballot")
        assert await page.input_value("textarea >> nth=1") == "Less queueing", "kept on the phone"
        assert texts_of(host) == []


@pytest.mark.slow
async def test_without_a_network_nothing_is_lost_and_nothing_doubled() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        await page.fill("textarea >> nth=0", "Park for free")
        await page.context.set_offline(True)
        await page.click("button.main")
        await page.wait_for_selector("#status:has-text('no connection')")
        assert texts_of(host) == []
        await page.context.set_offline(False)
        await page.wait_for_selector("#handed-in")
        assert texts_of(host) == [("Park for free",)]


@pytest.mark.slow
async def test_an_answer_that_never_came_back_is_asked_for_again_and_counts_once() -> None:
    """The vote arrives, the answer to it does not: the phone sends the same once more."""
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        tried = []

        async def swallow(route):  # type: ignore[no-untyped-def]
            tried.append(await route.fetch())
            if len(tried) < 3:
                await route.abort()
            else:
                await route.fulfill(response=tried[-1])

        await page.route("**/hand-in", swallow)
        await page.fill("textarea >> nth=0", "Park for free")
        await page.click("button.main")
        await page.wait_for_selector("#handed-in")
        assert len(tried) == 3
        assert texts_of(host) == [("Park for free",)]


@pytest.mark.slow
async def test_a_reload_keeps_what_was_typed_and_what_was_handed_in() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        await page.fill("textarea >> nth=2", "Half a tho")
        await page.reload()
        assert await page.input_value("textarea >> nth=2") == "Half a tho"
        await page.click("button.main")
        await page.wait_for_selector("#handed-in")
        await page.reload()
        await page.wait_for_selector("#handed-in")
        assert texts_of(host) == [("Half a tho",)]


@pytest.mark.slow
async def test_phones_hand_in_again_by_themselves_after_the_driver_was_killed() -> None:
    kept: list[KeptRoom] = []
    host = FakeHost(WRITING)
    async with browser() as started:
        server = RoomServer(host, KeptRoom(), keep=kept.append)
        await server.open(HERE)
        async with (
            phone(started, server, "Ann") as ann,
            phone(started, server, "Bob") as bob,
            phone(started, server, "Cas") as cas,
        ):
            for page, text in ((ann, "Park"), (bob, "Paper")):
                await page.fill("textarea >> nth=0", text)
                await page.click("button.main")
                await page.wait_for_selector("#handed-in")
            await cas.fill("textarea >> nth=0", "Not yet handed in")
            server.abort()  # as when the process is killed: nobody is told
            await ann.wait_for_selector("#status:not(:empty)")
            again = FakeHost(WRITING)
            async with open_room(again, kept[-1]) as second:
                assert second.port == server.port
                await until(lambda: len(texts_of(again)) == 2)
                assert sorted(texts_of(again)) == [("Paper",), ("Park",)]
                assert await cas.input_value("textarea >> nth=0") == "Not yet handed in"
                await cas.click("button.main")
                await cas.wait_for_selector("#handed-in")
                assert len(texts_of(again)) == 3


@pytest.mark.slow
async def test_the_control_another_round_gets_nothing_of_it() -> None:
    kept: list[KeptRoom] = []
    async with browser() as started:
        server = RoomServer(FakeHost(WRITING), KeptRoom(), keep=kept.append)
        await server.open(HERE)
        async with phone(started, server) as page:
            await page.fill("textarea >> nth=0", "Park")
            await page.click("button.main")
            await page.wait_for_selector("#handed-in")
            server.abort()
            again = FakeHost(replace(WRITING, id="f9", ask="Another question?"))
            async with open_room(again, kept[-1]):
                await page.wait_for_selector("text=Another question?")
                assert await page.input_value("textarea >> nth=0") == ""
                assert again.live.count == 0


@pytest.mark.slow
async def test_what_was_not_handed_in_before_closing_is_shown_to_its_writer() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        await page.fill("textarea >> nth=0", "One moment please")
        host.close()
        await page.wait_for_selector("#missed:has-text('One moment please')")


@pytest.mark.slow
async def test_a_count_that_comes_while_somebody_types_takes_neither_focus_nor_text() -> None:
    host = FakeHost(WRITING)
    async with (
        browser() as started,
        open_room(host) as server,
        phone(started, server) as typing,
        phone(started, server) as other,
    ):
        await typing.focus("textarea >> nth=1")
        await typing.keyboard.type("Half ")
        await other.fill("textarea >> nth=0", "Done")
        await other.click("button.main")
        await other.wait_for_selector("#handed-in")
        host.change()
        async with typing.expect_response("**/state"):
            await typing.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        await typing.keyboard.type("a thought")
        assert await typing.input_value("textarea >> nth=1") == "Half a thought"


@pytest.mark.slow
async def test_a_phone_that_slept_through_a_round_wakes_up_in_the_present() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        session = await page.context.new_cdp_session(page)
        await session.send("Page.setWebLifecycleState", {"state": "frozen"})
        host.close()
        host.open(VOTE)
        await session.send("Page.setWebLifecycleState", {"state": "active"})
        await page.wait_for_selector("text=How sure are we?")


@pytest.mark.slow
async def test_without_a_script_all_of_it_works_with_forms() -> None:
    host = FakeHost(VOTE)
    async with (
        browser() as started,
        open_room(host) as server,
        phone(started, server, "Ann", java_script_enabled=False) as page,
    ):
        await page.check("input[name=v0][value='4']")
        await page.check("input[name=v1][value='yes']")
        await page.click("button.main")
        await page.wait_for_selector("text=Handed in")
        assert host.live.count == 1
        assert await page.locator("meta[http-equiv=refresh]").count() == 1
        await page.click("#change")
        await page.check("input[name=v0][value='2']")
        assert await page.locator("meta[http-equiv=refresh]").count() == 0, "nobody who types is interrupted"
        await page.click("button.main")
        await page.wait_for_selector("text=Sure: 2")
        assert not await page.is_visible(".scripted >> nth=0")
        host.close()
        host.change(result=RESULT)
        await page.wait_for_selector("text=spread 0.25")  # by the page's own refresh


@pytest.mark.slow
async def test_dots_are_counted_down_and_buttons_stay_within_bounds() -> None:
    host = FakeHost(DOTS)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        for _ in range(2):
            await page.click("button[data-for=v0][data-by='1']")
        assert "1 left" in (await page.text_content("#each") or "")
        await page.click("button[data-for=v1][data-by='-1']")
        assert await page.input_value("#v1") == "0"
        await page.fill("#v2", "3")
        assert "2 too many" in (await page.text_content("#each") or "")
        await page.click("button.main")
        await page.wait_for_selector(".fault")
        await page.fill("#v2", "1")
        await page.click("button.main")
        await page.wait_for_selector("#handed-in")
        assert host.live.count == 1


@pytest.mark.slow
async def test_the_page_ends_with_the_session_and_keeps_nothing() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        await page.fill("textarea >> nth=0", "A thought")
        await until(lambda: server.hub is not None and bool(server.hub.seats))
        await server.close()
        await page.wait_for_selector("h1:has-text('The room is closed')")
        assert await page.evaluate("localStorage.length") == 0
        assert "A thought" not in await page.content()


@pytest.mark.slow
async def test_eight_phones_a_scribe_and_a_wall_at_once() -> None:
    host = FakeHost()
    host.svg = '<svg xmlns="http://www.w3.org/2000/svg" width="1920" height="900"></svg>'
    async with browser() as started, open_room(host) as server, AsyncExitStack() as here:
        phones = [await here.enter_async_context(phone(started, server, f"P{n}")) for n in range(8)]
        wall = await (await started.new_context(viewport={"width": 1280, "height": 800})).new_page()
        host.change(address=server.url)
        await wall.goto(f"{server.place}/wall#{server.seats.codes.room}")
        await wall.wait_for_selector(".columns")
        host.open(VOTE)

        async def vote(page: Page, number: int) -> None:
            await page.wait_for_selector("#ballot")
            await page.check(f"input[name=v0][value='{number % 5 + 1}']")
            await page.check("input[name=v1][value='yes']")
            await page.click("button.main")
            await page.wait_for_selector("#handed-in")

        await asyncio.gather(*(vote(page, number) for number, page in enumerate(phones)))
        await wall.wait_for_selector("#count:has-text('8 of')")
        # All of it is seen without scrolling: nobody scrolls on a beamer.
        assert await wall.evaluate("document.documentElement.scrollHeight") <= 800
        box = await wall.locator(".map").bounding_box()
        assert box is not None
        assert box["height"] > 200
        now = host.live.now
        assert now is not None
        assert sorted(ballot.values["sure[O1]"] for ballot in now.ballots.values()) == list("11223345")


Show = Callable[["Page", FakeHost, RoomServer], Awaitable[None]]


async def _wrong_code(page: Page, host: FakeHost, server: RoomServer) -> None:
    await page.context.clear_cookies()
    await page.goto(server.place)
    await page.fill("#code", "AAAA-AAAA")
    await page.click("button.main")
    await page.wait_for_selector(".fault")


async def _observing(page: Page, host: FakeHost, server: RoomServer) -> None:
    await page.fill("#code", server.seats.codes.room)
    await page.check("#follows")
    await page.click("button.main")
    await page.wait_for_selector("#count")


def _form(form: RoundForm) -> Show:
    async def show(page: Page, host: FakeHost, server: RoomServer) -> None:
        host.close()
        host.open(form)
        await page.goto(server.place)

    return show


async def _wrong(page: Page, host: FakeHost, server: RoomServer) -> None:
    await page.fill("#v0", "9")
    await page.evaluate("document.getElementById('ballot').noValidate = true")
    await page.click("button.main")
    await page.wait_for_selector(".fault")


async def _thanks(page: Page, host: FakeHost, server: RoomServer) -> None:
    host.close()
    host.open(WRITING)
    await page.goto(server.place)
    await page.fill("textarea >> nth=0", "A thought")
    await page.click("button.main")
    await page.wait_for_selector("#handed-in")


async def _waiting(page: Page, host: FakeHost, server: RoomServer) -> None:
    host.close()
    host.change(items=(("C1", "Park"),), options=(("1", "One"),), about="C1 Park", hint="A hint")
    await page.goto(server.place)


async def _outcome(page: Page, host: FakeHost, server: RoomServer) -> None:
    host.change(result=RESULT)
    await page.goto(server.place)


async def _wall(page: Page, host: FakeHost, server: RoomServer) -> None:
    timer = WallTimer(datetime.now(UTC) + timedelta(minutes=5), 5)
    host.change(address=server.url, timer=timer)
    await page.goto(f"{server.place}/wall")


async def _wall_without_outcome(page: Page, host: FakeHost, server: RoomServer) -> None:
    host.change(result=None)
    host.open(VOTE)
    await page.goto(f"{server.place}/wall")


async def _scribe(page: Page, host: FakeHost, server: RoomServer) -> None:
    await page.context.clear_cookies()
    await page.goto(server.place)
    await page.fill("#code", server.seats.codes.scribe)
    await page.click("button.main")
    await page.wait_for_selector("#propose")


async def _refused(page: Page, host: FakeHost, server: RoomServer) -> None:
    await page.goto(f"{server.place}/nothing")


async def _ended(page: Page, host: FakeHost, server: RoomServer) -> None:
    host.close()
    host.change(ended=True)
    await page.goto(server.place)


PAGES: tuple[tuple[str, Show], ...] = (
    ("vote", _form(VOTE)), ("dots", _form(DOTS)), ("wrong", _wrong), ("rank", _form(RANK)),
    ("mixed", _form(MIXED)), ("write", _form(WRITING)), ("thanks", _thanks), ("waiting", _waiting),
    ("outcome", _outcome), ("wall", _wall), ("wall in a round", _wall_without_outcome),
    ("wrong code", _wrong_code), ("observing", _observing), ("scribe", _scribe),
    ("refused", _refused), ("ended", _ended),
)  # fmt: skip
"""Each page there is, in an order in which one leads to the next."""


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
async def test_axe_finds_nothing_on_any_page(size: tuple[int, int], scheme: str, language: str) -> None:
    source, found = axe_source(), []
    host = FakeHost(language=language)
    async with browser() as started, open_room(host, clock=_rushing()) as server:
        context = await started.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme=scheme,  # type: ignore[arg-type]
        )
        page = await context.new_page()
        await page.goto(server.url)
        found += [f"join: {one}" for one in await violations(page, source)]
        await page.click("button.main")
        await page.wait_for_load_state()
        for name, show in PAGES:
            await show(page, host, server)
            found += [f"{name}: {one}" for one in await violations(page, source)]
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide <= size[0], f"{name} is wider than the screen"
            assert await page.get_attribute("html", "lang") == language
    assert found == []


def _rushing() -> Callable[[], float]:
    """A clock that lets nobody be too often."""
    now = [0.0]

    def clock() -> float:
        now[0] += 10
        return now[0]

    return clock


@pytest.mark.slow
async def test_the_control_axe_finds_a_field_without_a_name() -> None:
    host = FakeHost(WRITING)
    async with browser() as started, open_room(host) as server, phone(started, server) as page:
        await page.evaluate("document.querySelector('textarea').removeAttribute('aria-label')")
        assert any(one.startswith("label") for one in await violations(page, axe_source()))
        assert re.search("textarea", str(await violations(page, axe_source())))
