"""The threads of a session screen: jobs after the end, waiting lines, refused lines, leaving early."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path

import pytest

from bsc_coach.conversation.submit import start_talk
from bsc_coach.conversation.talk import Talk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.tui.app import CoachApp
from bsc_coach.tui.worker import SessionWorker
from tests.support.app import enter, paste, press, running, session_screen, settled
from tests.support.sessions import new_session, played, same_environment


@pytest.fixture
def session(tmp_path: Path, environment: Environment) -> Session:
    """A new session."""
    return new_session(tmp_path / "s", environment)


async def test_a_job_after_the_end_is_not_done_and_breaks_nothing(session: Session) -> None:
    done: list[str] = []
    worker = SessionWorker(start_talk(session), lambda error: None)
    await worker.do(lambda talk: done.append("before"))
    worker.end(lambda talk: done.append("last"))
    assert worker.begin(lambda talk: done.append("after")).cancelled()
    with pytest.raises(asyncio.CancelledError):
        await worker.do(lambda talk: done.append("after"))
    assert await worker.look(lambda: done.append("after")) is None
    assert done == ["before", "last"]


async def test_of_looks_that_wait_only_the_newest_is_done(session: Session) -> None:
    worker, free, done = (
        SessionWorker(start_talk(session), lambda error: None),
        threading.Event(),
        list[str](),
    )

    def look(name: str) -> str:
        free.wait(60)  # a guard against hanging
        done.append(name)
        return name

    looks = []
    for name in ("begun", "passed over", "newest"):
        looks.append(asyncio.create_task(worker.look(partial(look, name))))
        await asyncio.sleep(0)  # it is in the line
    free.set()
    assert await asyncio.gather(*looks) == ["begun", None, "newest"]
    assert done == ["begun", "newest"]
    worker.end(lambda talk: None)


def test_whoever_ends_it_second_waits_for_the_last_job_of_the_first(session: Session) -> None:
    worker, told = SessionWorker(start_talk(session), lambda error: None), list[str]()

    def last(_: Talk) -> None:
        second.start()
        second.join(0.1)  # long enough for somebody who does not wait
        told.append("done")

    def comes_second() -> None:
        worker.end(lambda talk: told.append("never"))
        told.append("second")

    second = threading.Thread(target=comes_second)
    worker.end(last)
    second.join()
    assert told == ["done", "second"]


async def test_an_empty_line_among_waiting_ones_holds_up_none_of_them(session: Session) -> None:
    async with running(session) as pilot:
        controller = session_screen(pilot).controller
        for line in ("Acme", "", "the next answer"):
            controller.submit(line)
        await settled(pilot)
        assert session_screen(pilot).composer.text == "the next answer"  # the next question is a choice


async def test_a_refused_answer_is_kept_as_a_draft(session: Session) -> None:
    async with running(session) as pilot:
        await enter(pilot, "Acme")
        slot = str(session_screen(pilot).now.slot)  # type: ignore[union-attr]
        await paste(pilot, "none of the choices, and a long text")
        await press(pilot, "enter")
        session_screen(pilot).controller.flush_draft()
        await settled(pilot)
        assert session.drafts.get(slot) == "none of the choices, and a long text"


async def test_an_accepted_answer_leaves_no_draft(session: Session) -> None:
    """The control."""
    async with running(session) as pilot:
        slot = str(session_screen(pilot).now.slot)  # type: ignore[union-attr]
        await paste(pilot, "Acme")
        await press(pilot, "enter")
        session_screen(pilot).controller.flush_draft()
        await settled(pilot)
        assert session.drafts.get(slot) is None


async def test_leaving_before_the_files_were_looked_at_leaves_an_edited_file_alone(tmp_path: Path) -> None:
    session = played(tmp_path / "s", 60, same_environment())
    session.write_strategy()
    name = session.strategy().organisation.name
    session.close()
    path = tmp_path / "s" / "strategy.toml"
    path.write_text(
        path.read_text(encoding="utf-8").replace(str(name), "Edited by hand", 1), encoding="utf-8"
    )
    app = CoachApp(open_session(tmp_path / "s", same_environment()))
    async with app.run_test(size=(120, 40)):
        await app.action_quit()
    assert "Edited by hand" in path.read_text(encoding="utf-8")
    again = open_session(tmp_path / "s", same_environment())
    assert again.edited_file() is not None
    again.close()
