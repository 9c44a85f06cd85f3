"""Whatever is typed, in whatever order: the talk goes on, says something, and loses nothing."""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.side_views import balance, map_of, pinned, review
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.conversation.transcript import transcript
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.opening import create_session, open_session
from tests.support.people import ALL
from tests.support.scripts import BAKERY, source_of
from tests.support.sessions import same_environment

SAID = [
    "", "1", "2", "3", "2030", "2028-06", "12,5", "Halve the waste", "Excellence in handling", "a\nb", "c",
    "w", "y", "j", "O1", "CM1", "P1 P2", "x" * 400, "//slash", "/nonsense", "[b]\x1b[31m", "– ß {{ slogan }}",
]  # fmt: skip
ARGUMENTS = ["", "because", "O1", "P1", "p1 1", "T1 2", "about", "ambition", "1", "2", "slogan", "en", "xx"]
COMMAND_LINES = st.builds(
    lambda command, rest: f"/{command.name} {rest}".strip(),
    st.sampled_from(COMMANDS),
    st.sampled_from(ARGUMENTS),
)
LINES = st.lists(st.one_of(st.sampled_from(SAID), st.sampled_from(ALL), COMMAND_LINES), max_size=40)


def typed(source_name: str, start: int, lines: list[str]) -> None:
    """Type lines into a new session, looking at everything that is shown after each."""
    source = source_of(BAKERY) if source_name == "bakery" else bundled_source()
    # /elsewhere makes folders where the program was started.
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        session = create_session(Path(folder) / "session", source, same_environment())
        talk = start_talk(session)
        talk.resume()
        for line in ALL[:start]:
            submit(talk, line)
        for line in lines:
            before = session.actions[:]
            reply = submit(talk, line)
            assert session.actions[: len(before)] == before
            if reply.keep_text:
                assert session.actions == before
                assert reply.turns
            prompt = talk.prompt()
            assert prompt is None or prompt.ask
            assert headline(talk.plan, talk.at).title
            assert all(turn.text for turn in reply.turns)
        looked_at = (map_of(talk.plan), balance(session.strategy()), pinned(talk.plan))
        assert looked_at[0]
        assert all(one.say for one in findings(talk.plan))
        assert all(section.cells for section in review(talk.plan))
        assert len(transcript(talk.plan)) >= len(session.actions) - 1
        talk.remember()
        session.close()
        again = open_session(session.folder, same_environment(), read_only=True)
        assert again.state == session.state
        said = [e.value for action in session.actions for e in action.do if isinstance(e, SlotAnswered)]
        assert said == [e.value for action in again.actions for e in action.do if isinstance(e, SlotAnswered)]


QUICK = settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@QUICK
@given(st.integers(0, len(ALL)), LINES)
def test_any_lines_in_the_small_interview(start: int, lines: list[str]) -> None:
    typed("bakery", start, lines)


@QUICK
@given(LINES)
def test_any_lines_in_the_bundled_interview(lines: list[str]) -> None:
    typed("strategy_map", 0, lines)


@pytest.mark.slow
@settings(QUICK, max_examples=500, derandomize=settings().derandomize)
@given(st.integers(0, len(ALL)), LINES)
def test_any_lines_in_the_small_interview_for_long(start: int, lines: list[str]) -> None:
    typed("bakery", start, lines)


def test_a_talk_that_forgets_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    from bsc_coach.session.session import Session

    real = Session.record

    def forgetful(self: Session, events: object, **rest: object) -> object:
        outcome = real(self, events, **rest)  # type: ignore[arg-type]
        self.actions = self.actions[-1:]
        return outcome

    monkeypatch.setattr(Session, "record", forgetful)
    with pytest.raises(AssertionError):
        typed("bakery", 0, ["Korenaar", "1", "2030"])
