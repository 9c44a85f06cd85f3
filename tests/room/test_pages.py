"""A phone joins, votes, changes and takes back with forms alone, and sees what is its own."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from bsc_coach.conversation.room_view import ResultLine, RoundResult, WallTimer
from bsc_coach.interview.live_round import Ballot, FormChoice, RoundForm
from tests.support.room_client import Phone, joined, open_room
from tests.support.room_host import DOTS, RANK, SURE, VOTE, WORTH, WRITING, FakeHost, fixed_time


async def test_a_phone_joins_with_the_code_on_the_wall_however_it_is_typed() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        code = server.seats.codes.room
        for typed in (code, code.lower(), code.replace("-", " "), f" {code} "):
            phone = Phone(server.port)
            told = await phone.join(typed)
            assert (told.status, told.headers["location"]) == (303, "/")
            assert "How sure are we?" in (await phone.get("/")).text


async def test_a_wrong_code_lets_nobody_in_and_says_so() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        phone = Phone(server.port)
        told = await phone.join("AAAA-AAAA", "Ann")
        assert told.status == 403
        assert "That is not the code on the wall" in told.text
        assert 'value="Ann"' in told.text, "what was typed stands there again"
        assert not phone.cookie
        assert len(server.seats.records) == 0


async def test_a_stranger_sees_nothing_of_the_session() -> None:
    async with open_room(FakeHost(VOTE)) as server:
        stranger = Phone(server.port)
        for path in ("/", "/wall", "/seat", "/nothing", "/part", "/state", "/events", "/map.svg"):
            text = (await stranger.get(path)).text
            assert "How sure" not in text
            assert "Riverbend" not in text
            assert "f1" not in text
        assert "Riverbend" in (await (await joined(server)).get("/")).text  # the control


async def test_a_vote_is_handed_in_changed_and_taken_back_with_forms_alone() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server, "Ann")
        assert (await phone.vote("f1", 1, "3", "yes")).headers["location"] == "/"
        thanks = (await phone.get("/")).text
        assert "Handed in. Thank you." in thanks
        assert "1 of 1 has handed in" in thanks
        changing = (await phone.get("/?change=1")).text
        assert re.search(r'name="v0" value="3" required checked', changing)
        assert 'name="turn" value="2"' in changing
        await phone.vote("f1", 2, "5", "no")
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own == Ballot({"sure[O1]": "5", "worth": "no"}, turn=2)
        await phone.post("/take-back", [("form", "f1"), ("turn", "2")])
        assert host.own(seat.id) is None
        assert "1 of 1" not in (await phone.get("/")).text


async def test_what_is_not_complete_comes_back_with_what_was_typed() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server)
        told = await phone.vote("f1", 1, "4")
        assert told.status == 422
        assert "Something has no answer yet" in told.text
        assert re.search(r'name="v0" value="4" required checked', told.text)
        assert host.live.count == 0


@pytest.mark.parametrize(
    ("form", "values", "fault"),
    [
        (VOTE, ("9", "yes"), "none of those offered"),
        (VOTE, ("3", "perhaps"), "none of those offered"),
        (VOTE, ("٣", "yes"), "none of those offered"),
        (DOTS, ("2", "2", "0"), "more than there is to give"),
        (DOTS, ("-1", "0", "0"), "none of those offered"),
        (RANK, ("1", "1", "2"), "a number was given twice"),
        (RANK, ("1", "2", ""), "Something has no answer yet"),
    ],
)
async def test_each_wrong_ballot_has_its_sentence(form, values, fault) -> None:  # type: ignore[no-untyped-def]
    host = FakeHost(form)
    async with open_room(host) as server:
        phone = await joined(server)
        told = await phone.vote(form.id, 1, *values)
        assert told.status == 422
        assert fault in told.text
        assert host.live.count == 0


@pytest.mark.parametrize(
    ("form", "values", "kept"),
    [(DOTS, ("2", "", "01"), ["2", "0", "1"]), (RANK, ("3", "1", "2"), list("312"))],
)
async def test_dots_are_divided_and_ranks_put_in_order(form, values, kept) -> None:  # type: ignore[no-untyped-def]
    host = FakeHost(form)
    async with open_room(host) as server:
        phone = await joined(server)
        assert (await phone.vote(form.id, 1, *values)).status == 303
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own is not None
        assert [own.values[line.id] for line in form.lines] == kept


async def test_what_is_written_is_cleaned_and_each_text_is_one_line() -> None:
    host = FakeHost(WRITING)
    async with open_room(host) as server:
        phone = await joined(server)
        texts = ["Park\x1b[31m for\nfree", "  ", "<b>Less</b> paper\u202e"]
        sent = [("form", "f4"), ("turn", "1"), *(("text", text) for text in texts)]
        assert (await phone.post("/hand-in", sent)).status == 303
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own is not None
        assert own.texts == ("Park[31m for free", "<b>Less</b> paper")
        page = (await phone.get("/")).text
        assert "&lt;b&gt;Less&lt;/b&gt; paper" in page
        assert "<b>Less" not in page


async def test_an_observer_follows_and_hands_nothing_in() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server, "Olga", ("follows", "1"))
        assert "You follow along" in (await phone.get("/")).text
        assert (await phone.vote("f1", 1, "3", "yes")).status == 403
        assert host.live.count == 0


async def test_the_scribe_proposes_with_a_code_of_their_own_and_nobody_else_does() -> None:
    host = FakeHost()
    async with open_room(host) as server:
        scribe, member = Phone(server.port), await joined(server, "Ann")
        assert (await scribe.join(server.seats.codes.scribe, "Sam")).headers["location"] == "/seat"
        sent = [("kind", "parked"), ("proposal", "Merge with the\ncounty clinic?")]
        assert (await scribe.post("/propose", sent)).status == 303
        assert "1 proposal of yours was sent." in (await scribe.get("/seat")).text
        assert 'href="/seat"' in (await scribe.get("/")).text
        assert 'href="/seat"' not in (await member.get("/")).text
        assert (await member.post("/propose", sent)).status == 403
        assert (await member.get("/seat")).status == 403
        assert host.proposed == [("parked", "Merge with the county clinic?", "Sam")]
        host.most_proposals = 1
        assert "queue is full" in (await scribe.post("/propose", sent)).text
        assert "too long" in (await scribe.post("/propose", [("kind", "note"), ("proposal", "x" * 281)])).text
        assert "nothing in it yet" in (await scribe.post("/propose", [("kind", "note")])).text


async def test_the_wall_shows_question_count_timer_outcome_code_and_map() -> None:
    host = FakeHost(VOTE)
    timer = WallTimer(fixed_time().replace(minute=5), 5)
    async with open_room(host, now=fixed_time) as server:
        host.change(address=server.url, timer=timer, items=(("C1", "Park & ride"),))
        wall = Phone(server.port)
        assert "Join" in (await wall.get("/wall")).text
        assert (await wall.join(server.seats.codes.room, "", ("to", "wall"))).headers["location"] == "/wall"
        text = (await wall.get("/wall?theme=dark")).text
        assert 'data-theme="dark"' in text
        assert server.seats.codes.room in text
        assert f"http://127.0.0.1:{server.port}" in text
        assert "QR code" in text
        assert "0 of" in text
        assert (await wall.get("/state")).told["left"] == 300
        host.close()
        host.change(
            result=RoundResult(
                "f1", "How sure?", "nobody", (ResultLine("O1", "Sure", 4, "3.5", 0.25, (("3", 1), ("4", 3))),)
            )
        )
        text = (await wall.get("/wall")).text
        assert "3.5" in text
        assert "from 4 answers, spread 0.25" in text
        # What can be answered is told once where it is the same for all, and not at all where it is not.
        scale = replace(SURE, choices=(FormChoice("1", "Hardly"), FormChoice("5", "All of it")))
        host.change(result=None)
        host.open(RoundForm("f9", "ballot", "Sure", lines=(scale, replace(scale, id="sure[O2]", about="O2"))))
        assert (await wall.get("/wall")).text.count("<b>1</b> Hardly") == 1
        host.open(replace(VOTE, lines=(scale, WORTH)))
        assert "Hardly" not in (await wall.get("/wall")).text


@pytest.mark.parametrize(("language", "spread"), [("en", "0.41"), ("nl", "0,41")])
async def test_an_outcome_names_its_question_once_and_has_the_decimal_sign_of_the_language(
    language: str, spread: str
) -> None:
    host = FakeHost(VOTE, language)
    lines = tuple(ResultLine(f"O{n} Rye", "Influence", 5, "3.2", 0.414) for n in (1, 2))
    async with open_room(host) as server:
        phone = await joined(server)
        host.close()
        host.change(result=RoundResult("f1", "Influence", "nobody", lines))
        page = (await phone.get("/wall")).text
    assert f" {spread}" in page
    assert page.count("Influence") == 1


async def test_pages_speak_the_language_of_the_session() -> None:
    async with open_room(FakeHost(WRITING, "nl")) as server:
        text = (await Phone(server.port).get("/")).text
        assert '<html lang="nl"' in text
        assert "Doe mee aan de sessie" in text
        assert "Eén gedachte per veld" in (await (await joined(server)).get("/")).text


@pytest.mark.parametrize(
    ("names", "said", "named"),
    [
        ("nobody", "neither now nor later", ""),
        ("team", "it is not kept", "Ann"),
        ("everyone", "stands in the documents", "Ann"),
    ],
)
async def test_who_will_see_it_is_said_before_and_names_go_along_only_where_everyone_may(
    names: str, said: str, named: str
) -> None:
    host = FakeHost(replace(VOTE, names=names))  # type: ignore[arg-type]
    async with open_room(host) as server:
        phone = await joined(server, "Ann")
        assert said in (await phone.get("/")).text
        fields = [("form", "f1"), ("v0", "3"), ("v1", "yes"), ("rule", names), ("named", "Somebody else")]
        await phone.post("/hand-in", [*fields, ("turn", "1")])
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own is not None
        assert own.named == named


async def test_a_rule_that_is_loosened_while_somebody_types_does_not_touch_them() -> None:
    host = FakeHost(VOTE)
    async with open_room(host) as server:
        phone = await joined(server, "Ann")
        assert 'name="rule" value="nobody"' in (await phone.get("/")).text
        host.open(replace(VOTE, names="everyone"))
        fields = [("form", "f1"), ("turn", "1"), ("v0", "3"), ("v1", "yes")]
        await phone.post("/hand-in", [*fields, ("rule", "nobody")])
        (seat,) = server.seats.records
        own = host.own(seat.id)
        assert own is not None
        assert own.named == ""
        # The control: whoever read the new rule is named.
        await phone.post("/hand-in", [*fields, ("turn", "2"), ("rule", "everyone")])
        own = host.own(seat.id)
        assert own is not None
        assert own.named == "Ann"
