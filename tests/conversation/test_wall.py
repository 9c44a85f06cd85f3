"""The wall and the console: what a room sees of a talk, what only the driver does, and who reads along."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.conversation.console import MOST_NEXT, coming_next, console_of, silent_seats
from bsc_coach.conversation.reading_along import ReadingAlong
from bsc_coach.conversation.room_view import ResultLine, RoundResult, Seat
from bsc_coach.conversation.side_views import map_on_wall
from bsc_coach.conversation.submit import start_homework, start_talk, submit
from bsc_coach.conversation.talk import Talk
from bsc_coach.conversation.wall import driver_now, tell_followers, wall_view
from bsc_coach.interview.homework import NOBODY
from bsc_coach.interview.live_round import Names
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.following import Follower
from bsc_coach.session.notes_file import read_notes
from bsc_coach.session.now_file import DriverNow
from bsc_coach.session.opening import open_session
from tests.support.canaries import BETWEEN, DRAFT, NOTE, PRIVATE, WRITTEN, in_an_open_round
from tests.support.clock import SetClock
from tests.support.following import looked_until
from tests.support.sessions import new_session, played, same_environment
from tests.support.two_facilitators import bytes_in

RESULT = RoundResult(
    "r1",
    "How much does each decide?",
    "nobody",
    lines=(ResultLine("O1 Park for free", "Influence", 5, "7.2", 0.31, (("5", 1), ("8", 4))),),
    sentences=("The lease forbids it.",),
)


@pytest.fixture
def talk(tmp_path: Path) -> Talk:
    talk = start_talk(played(tmp_path / "s", 57, same_environment()))
    talk.resume()
    return talk


def followed(talk: Talk, moved: int) -> tuple[Follower, DriverNow]:
    follower = Follower(talk.session.folder)
    now = looked_until(follower, moved).now
    assert now is not None
    return follower, now


# What stands on it


def test_the_wall_asks_what_the_driver_is_asked(talk: Talk) -> None:
    prompt = talk.prompt()
    assert prompt is not None
    view = tell_followers(talk)
    assert (view.ask, view.about, view.section) == (prompt.ask, prompt.about, prompt.section)
    assert view.options == tuple((str(one.number), one.text) for one in prompt.options)
    assert view.title == "Riverbend Regional Hospital"


def test_a_list_is_shown_as_it_grows(tmp_path: Path) -> None:
    talk = start_talk(new_session(tmp_path / "s"), at=parse_slot("segments"))
    assert tell_followers(talk).items == ()
    submit(talk, "Families in the old town")
    talk.position.jump(parse_slot("segments"))
    assert tell_followers(talk).items == (("SEG1", "Families in the old town"),)


def test_followers_see_the_same_wall(talk: Talk) -> None:
    submit(talk, "/timer 5")
    talk.result, talk.seats_here, talk.address = RESULT, 2, "http://192.168.1.5:8421/#K7"
    view = tell_followers(talk)
    follower, now = followed(talk, view.moved)
    plan = follower.look().plan
    assert plan is not None
    assert wall_view(plan, now) == view
    assert view.result == RESULT
    assert view.seats == 2
    assert map_on_wall(plan) == map_on_wall(talk.plan)
    talk.session.close()


def test_an_outcome_that_is_none_is_not_shown(talk: Talk) -> None:
    for told in ({}, {"form_id": 3}, {"lines": "x", "form_id": "r", "ask": "", "names": "nobody"}):
        assert wall_view(talk.plan, DriverNow(result=told)).result is None  # type: ignore[arg-type]


def test_where_nobody_has_told_it_is_where_the_session_goes_on(talk: Talk) -> None:
    assert wall_view(talk.plan, None).ask == wall_view(talk.plan, driver_now(talk)).ask


@pytest.mark.parametrize("path", ["", "no such", "organisation.name[", "gone.step", "x" * 5000, "\x1b[2J"])
def test_a_question_that_is_not_there_is_not_asked(talk: Talk, path: str) -> None:
    assert wall_view(talk.plan, DriverNow(slot=path)).ask == ""


def test_the_end(riverbend: Path) -> None:
    talk = start_talk(open_session(riverbend, same_environment()))
    talk.resume()
    view = tell_followers(talk)
    assert view.ended
    assert view.ask == ""
    talk.session.close()


def test_homework_leaves_the_wall_where_it_was(riverbend: Path) -> None:
    talk = start_homework(open_session(riverbend, same_environment()), NOBODY)
    tell_followers(talk)
    talk.session.close()
    assert not (riverbend / ".local" / "now.json").exists()


def test_the_map_of_the_wall_tells_no_status(talk: Talk) -> None:
    items = [item for band in map_on_wall(talk.plan) for group in band.groups for item in group.items]
    assert items
    assert {item.status for item in items} == {""}


# What does not


def test_nothing_private_is_on_the_wall_or_in_the_now_file(tmp_path: Path) -> None:
    talk = in_an_open_round(tmp_path)
    view = tell_followers(talk)
    follower, now = followed(talk, view.moved)
    plan = follower.look().plan
    assert plan is not None
    assert wall_view(plan, now) == view
    assert (view.handed_in, view.seats) == (1, 3)
    reader = start_talk(open_session(talk.session.folder, same_environment(), read_only=True))
    ReadingAlong(reader).look(reader)
    read = reader.prompt()
    assert read is not None
    assert read.round is not None
    assert read.round.handed_in == 1
    assert view.round is not None
    local = talk.session.folder / ".local"
    shown = [repr(view), repr(map_on_wall(plan)), (local / "now.json").read_text(encoding="utf-8")]
    assert not [secret for secret in PRIVATE for text in shown if secret in text]
    # The control: the secrets are where they belong, and this way of looking finds them there.
    everywhere = b"".join(bytes_in(talk.session.folder).values()).decode("utf-8", "replace")
    assert [secret for secret in PRIVATE if secret in everywhere] == [DRAFT, BETWEEN, NOTE]
    assert WRITTEN in repr(talk.live.now)
    talk.session.close()


def test_what_was_written_is_on_the_wall_once_the_round_is_closed(tmp_path: Path) -> None:
    talk = in_an_open_round(tmp_path)
    submit(talk, "/close")
    view = tell_followers(talk)
    assert view.round is None
    assert view.options == (("1", f"{WRITTEN} alone"),)
    assert view.result is None  # its texts stand there once, with the numbers that take them
    _, now = followed(talk, view.moved)
    assert wall_view(talk.plan, now) == view
    talk.session.close()


def test_what_was_written_leaves_the_wall_as_it_goes_into_points(tmp_path: Path) -> None:
    talk = in_an_open_round(tmp_path)
    submit(talk, "/close")
    submit(talk, "1: Plan without paper")
    view = tell_followers(talk)
    assert (view.items, view.options) == ((("O1", "Plan without paper"),), ())
    talk.session.close()


@pytest.mark.parametrize("names", ["team", "everyone"])
def test_who_gave_what_is_in_no_file_but_where_everyone_may_know(talk: Talk, names: Names) -> None:
    line = replace(RESULT.lines[0], named=(("Ann", "5"),))
    talk.result = replace(RESULT, names=names, lines=(line,))
    followed(talk, tell_followers(talk).moved)
    told = (talk.session.folder / ".local" / "now.json").read_text(encoding="utf-8")
    assert ("Ann" in told) == (names == "everyone")
    talk.session.close()


def test_a_note_is_in_no_document(talk: Talk) -> None:
    submit(talk, f"/note {NOTE} he is not convinced")
    session = talk.session
    assert session.write_strategy() is None
    session.write_document()
    session.close()
    found = {name for name, data in bytes_in(session.folder).items() if NOTE.encode() in data}
    assert found == {".local/notes.jsonl"}
    assert (session.folder / ".local" / ".gitignore").read_text() == "*\n"


# The console


def test_notes_are_kept_listed_and_cleaned(talk: Talk) -> None:
    at = str(talk.at)
    submit(talk, "/note the mayor\x07 leaves\x9b at\x1b ten")
    submit(talk, "/note “second”")
    assert [note.text for note in read_notes(talk.session.folder, talk.session.disk)] == [
        "the mayor leaves at ten",
        "“second”",
    ]
    assert read_notes(talk.session.folder, talk.session.disk)[0].slot == at
    told = [turn.text for turn in submit(talk, "/notes").turns]
    assert [line.partition("  ")[2] for line in told] == ["the mayor leaves at ten", "“second”"]
    assert [text for _, text in console_of(talk).notes] == ["“second”", "the mayor leaves at ten"]


def test_a_torn_note_costs_that_note(talk: Talk) -> None:
    submit(talk, "/note first")
    path = talk.session.folder / ".local" / "notes.jsonl"
    with path.open("ab") as file:
        file.write(b'{"c":"1234')
    submit(talk, "/note second")
    assert [note.text for note in read_notes(talk.session.folder, talk.session.disk)] == ["first", "second"]


def test_a_note_that_cannot_be_kept_stays_where_it_was_typed(talk: Talk) -> None:
    (talk.session.folder / ".local" / "notes.jsonl").mkdir()
    assert submit(talk, "/note a thought").keep_text
    assert not submit(talk, "/note").keep_text


def test_notes_go_along_to_another_folder(talk: Talk, tmp_path: Path) -> None:
    submit(talk, "/note a thought")
    submit(talk, f"/elsewhere {tmp_path / 'other'}")
    assert [note.text for note in read_notes(talk.session.folder, talk.session.disk)] == ["a thought"]
    assert talk.session.folder == tmp_path / "other"
    talk.session.close()


def test_who_only_reads_notes_nothing(talk: Talk) -> None:
    reader = start_talk(open_session(talk.session.folder, same_environment(), read_only=True))
    assert submit(reader, "/note a thought").keep_text
    assert not (talk.session.folder / ".local" / "notes.jsonl").exists()


def test_the_next_questions_are_those_that_come(talk: Talk) -> None:
    expected = coming_next(talk.plan, talk.at)
    assert len(expected) == MOST_NEXT
    for slot in expected:
        submit(talk, "/next")
        assert talk.at == slot


def test_nothing_comes_after_the_end(riverbend: Path) -> None:
    session = open_session(riverbend, same_environment(), read_only=True)
    assert coming_next(session.plan, session.plan.order[-1]) == []


def test_silent_are_those_who_could_hand_in_and_have_not(talk: Talk) -> None:
    seats = (
        Seat(1, "Ann", handed_in=True),
        Seat(2, ""),
        Seat(3, "Cor", "observer"),
        Seat(4, "Dee", "scribe"),
    )
    assert silent_seats(seats, "en") == ("Seat 2", "Dee")
    assert console_of(talk).silent is None
    talk.seats = seats
    assert console_of(talk).silent is None


def test_the_console_tells_who_is_silent_while_a_round_is_open(tmp_path: Path) -> None:
    talk = in_an_open_round(tmp_path)
    talk.seats = (Seat(1, "Ann", handed_in=True), Seat(2, ""))
    assert console_of(talk).silent == ("Seat 2",)
    talk.session.close()


# Reading along


def test_a_reader_goes_where_the_driver_goes(talk: Talk) -> None:
    reader = start_talk(open_session(talk.session.folder, same_environment(), read_only=True))
    along = ReadingAlong(reader)
    looked = tell_followers(talk)
    followed(talk, looked.moved)
    along.look(reader)
    assert reader.at == talk.at
    submit(talk, "4")
    followed(talk, tell_followers(talk).moved)
    said = along.look(reader)
    assert said is not None
    assert [turn.text for turn in said if turn.speaker == "team"]
    assert reader.at == talk.at
    assert dict(reader.plan.statuses) == dict(talk.plan.statuses)
    assert along.look(reader) is None
    # Where one has gone oneself, one stays until the driver moves again.
    submit(reader, "/back")
    assert reader.at != talk.at
    submit(talk, "/next")
    followed(talk, tell_followers(talk).moved)
    along.look(reader)
    assert reader.at == talk.at
    talk.session.close()


def test_a_clock_that_jumps_moves_no_follower(tmp_path: Path) -> None:
    clock = SetClock()
    talk = start_talk(played(tmp_path / "s", 20, replace(same_environment(), clock=clock)))
    talk.resume()
    follower, _ = followed(talk, tell_followers(talk).moved)
    for jump in (-(10**6), 10**6):
        clock.on(jump)
        submit(talk, "/next")
        view = tell_followers(talk)
        found = looked_until(follower, view.moved)
        assert found.plan is not None
        assert dict(found.plan.statuses) == dict(talk.plan.statuses)
        assert wall_view(found.plan, found.now).ask == view.ask
    talk.session.close()
