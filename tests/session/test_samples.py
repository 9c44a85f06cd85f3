"""The recorded hospital: played the same each time, and with nothing left undone at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.recording import play_sample
from bsc_coach.errors import UsageError
from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import parse_slot
from bsc_coach.script.source import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.journal import JOURNAL
from bsc_coach.session.opening import create_session, open_session
from bsc_coach.session.samples import read_sample, sample_names
from bsc_coach.session.session import Session
from tests.support.clock import Clock, item_ids
from tests.support.sessions import same_environment


@pytest.fixture(scope="module")
def recorded(riverbend_folder: Path) -> Session:
    return open_session(riverbend_folder, Environment(by="ann"), read_only=True)


@pytest.mark.slow
def test_playing_it_twice_gives_the_same_bytes(recorded: Session, tmp_path: Path) -> None:
    said = (recorded.folder / JOURNAL).read_bytes()
    other = Environment(clock=Clock(), ids=item_ids("other"), by="bob", writer="elsewhere")
    again = play_sample(read_sample("riverbend"), tmp_path / "again", other)
    again.close()
    assert (tmp_path / "again" / JOURNAL).read_bytes() == said
    assert again.strategy() == recorded.strategy()
    # What is said afterwards is said by whoever is there now.
    again = open_session(tmp_path / "again", replace(other, by="eve"))
    again.do(Accept(parse_slot("organisation.name"), "Riverbend"))
    again.close()
    grown = (tmp_path / "again" / JOURNAL).read_bytes()
    assert grown.startswith(said)
    assert grown != said
    assert again.actions[-1].by == "eve"


def test_at_its_end_nothing_is_open_stale_parked_or_remarked_on(recorded: Session) -> None:
    left = [
        str(status.slot)
        for status in recorded.plan.statuses.values()
        if status.active
        and (
            status.needs_asking or status.stale or status.answer_state == "parked" or status.refusals
        )
    ]  # fmt: skip
    assert left == []
    assert findings(recorded.plan) == ()
    assert recorded.notes().confirmed
    assert recorded.strategy().extra == ()


@pytest.mark.slow
@pytest.mark.parametrize("name", sample_names())
def test_the_coach_is_silent_on_every_answer(name: str, sample_folder: Callable[[str], Path]) -> None:
    plan = open_session(sample_folder(name), Environment(by="ann"), read_only=True).plan
    # A candidate may be rough: it is worded with care once it is chosen.
    careful = [slot for slot in plan.statuses if slot.step != "candidates.title"]
    assert {str(slot): found for slot in careful if (found := remarks(plan, slot))} == {}


def test_it_shows_what_a_session_is_like(recorded: Session) -> None:
    sample = read_sample("riverbend")
    done = {command["do"] for command in sample.commands}
    assert {"accept", "add", "close", "fill", "undo", "park", "decline", "still_right", "confirm"} <= done
    times = [action.at for action in recorded.actions]
    assert sample.start < times[0]
    assert times == sorted(times)
    assert {action.by for action in recorded.actions} >= {"Facilitator", "Daniel Kowalski"}


def test_it_reads_back_as_it_was_played(recorded: Session) -> None:
    reader = open_session(recorded.folder, Environment(by="eve"), read_only=True)
    assert reader.state == recorded.state
    assert reader.messages == []
    reader.close()


def test_there_is_no_recording_of_anything_else(tmp_path: Path) -> None:
    assert sample_names() == tuple(sorted(sample_names()))
    assert "riverbend" in sample_names()
    for name in ("no such", "../riverbend", "", "riverbend.jsonl"):
        with pytest.raises(UsageError):
            play_sample(read_sample(name), tmp_path / "x", Environment())
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("kind", "asked"), [("business", True), ("public", False)])
def test_a_public_body_is_not_asked_what_one_customer_is_worth(
    kind: str, asked: bool, tmp_path: Path
) -> None:
    session = create_session(tmp_path / "s", bundled_source(), same_environment())
    session.do(Accept(parse_slot("organisation.kind"), kind))
    status = session.plan.statuses[parse_slot("organisation.customer_value")]
    assert status.active == asked
    session.close()
