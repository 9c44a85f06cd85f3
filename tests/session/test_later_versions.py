"""A session that a later version of the program wrote in: read for what is known, and left alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.errors import FolderError
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.session import Undo
from bsc_coach.script.slots import parse_slot
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.session import Session
from tests.support.journals import append_action
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment

NAME = parse_slot("organisation.name")
ANSWERED = {"t": "answered", "slot": "organisation.name", "value": "Bakker"}
DANCED = {"t": "danced", "slot": "organisation.name", "steps": [1, {"to": 2}]}
DAMAGED = {"t": "declined", "slot": "slogan"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A session in which one thing was said."""
    session = create_session(tmp_path / "bakery", source_of(BAKERY), same_environment("ann"))
    session.do(Accept(NAME, "Korenaar"))
    session.close()
    return session.folder


def opened(folder: Path) -> Session:
    return open_session(folder, same_environment("ann", ids="j"))


def test_what_is_known_counts_beside_what_is_not(folder: Path) -> None:
    append_action(folder, DANCED, ANSWERED, needs="0.2")
    session = opened(folder)
    assert session.plan.answer(NAME) == "Bakker"
    assert [action.unknown for action in session.actions] == [(), ("danced",)]
    assert session.strategy().organisation.name == "Bakker"


def test_it_is_open_for_reading_only_and_the_file_stays_as_it_is(folder: Path) -> None:
    append_action(folder, ANSWERED, DANCED)
    before = (folder / JOURNAL).read_bytes()
    session = opened(folder)
    assert session.read_only
    for act in (
        lambda: session.do(Accept(NAME, "Bakers")),
        lambda: session.do(Undo()),
        session.write_strategy,
    ):
        with pytest.raises(FolderError):
            act()
    session.close()
    assert (folder / JOURNAL).read_bytes() == before


def test_nobody_is_kept_out_by_a_program_that_cannot_write(folder: Path) -> None:
    """The control is a session that this version knows whole: there the second comes too late."""
    first = opened(folder)
    assert "ann" in "".join(opened(folder).messages)
    first.close()
    append_action(folder, DANCED)
    first = opened(folder)
    assert "ann" not in "".join(opened(folder).messages)


@pytest.mark.parametrize(
    ("needs", "said"),
    [
        (("0.2",), "0.2"), (("0.10", "0.9"), "0.10"), (("1", "0.9.9"), "1"), ((None, "0.2"), "0.2"),
        ((None,), None), (("soon",), None), ((3,), None), (("0.2; rm",), None),
    ],
)  # fmt: skip
def test_it_is_said_which_version_is_needed(
    needs: tuple[object, ...], said: str | None, folder: Path
) -> None:
    for one in needs:
        append_action(folder, DANCED, **({} if one is None else {"needs": one}))
    (message,) = opened(folder).messages
    assert "later version" in message
    assert f"Update bsc_coach to {said} or later" in message or said is None
    assert ("Update bsc_coach to go on" in message) is (said is None)


def test_it_is_said_in_dutch_where_the_session_is(folder: Path) -> None:
    append_action(folder, DANCED, {"t": "language", "language": "nl"}, needs="0.2")
    (message,) = opened(folder).messages
    assert "nieuwere versie van bsc_coach" in message
    assert "0.2 of nieuwer" in message


@pytest.mark.parametrize("needs", ["0.1", "0.2", "9"])
def test_what_is_known_whole_is_open_for_writing_whatever_it_says_it_needs(needs: str, folder: Path) -> None:
    append_action(folder, ANSWERED, needs=needs)
    session = opened(folder)
    assert not session.read_only
    assert session.messages == []


def test_an_action_of_which_nothing_is_known_is_undone_like_any_other(folder: Path) -> None:
    append_action(folder, ANSWERED)
    append_action(folder, DANCED)
    append_action(folder, {"t": "undone", "number": 3})
    append_action(folder, {"t": "undone", "number": 2})
    session = opened(folder)
    assert session.plan.answer(NAME) == "Korenaar"
    assert [action.number for action in session.state.undone] == [3, 2]


def test_a_damaged_event_is_no_later_version(folder: Path) -> None:
    """The control: its action is left out and counted, and the session goes on."""
    damaged = append_action(folder, ANSWERED, DAMAGED)
    session = opened(folder)
    assert not session.read_only
    assert session.plan.answer(NAME) == "Korenaar"
    assert [action.number for action in session.actions] == [1]
    (message,) = session.messages
    assert message.startswith("1 action in the journal cannot be read")
    session.do(Accept(NAME, "Bakers"))
    session.close()
    assert damaged in (folder / JOURNAL).read_bytes()
    assert opened(folder).plan.answer(NAME) == "Bakers"
