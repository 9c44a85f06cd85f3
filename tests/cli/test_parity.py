"""Line mode and the talk give the same journal, byte for byte, when clock, ids and writer are the same."""

from __future__ import annotations

import io
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

from bsc_coach.cli.line_mode import run_plain
from bsc_coach.conversation.submit import start_talk, submit
from bsc_coach.strategy.model import Strategy
from tests.cli.conftest import BEGUN
from tests.support.sessions import new_session
from tests.support.typing_riverbend import next_line, riverbend_goal, typed

DIALOGUES = {
    "a section": BEGUN + "Ann\nDirector\n1\nBob\nPlanner\n4\n\n",
    "undo, redo, park, not applicable": BEGUN
    + "/undo\n/undo\n/redo\n/jump segments\n/park ask sales\nAnn\n2027-01\n/back\n/na not for us\n/next\n",
    "edits that touch others": BEGUN
    + "/edit organisation.year\n2031\nc\n/edit organisation.year\n2032\n\n/edit organisation.ambition\n\n",
    "refused and unknown": "Acme\n9\n/nonsense\n\n//slash\n1\n/keep\n/right\n/redo\n/move T1\n/remove T1\n",
    "lists": BEGUN
    + "Ann\nDirector\n1\nBob\nPlanner\n4\n/move T2 1\n/remove T1\n/restore T1\n/done\n/undo\n\n",
    "several lines": "Acme\n1\ntenants\n2030\nEverybody pays less.\\\nAnd is warm.\n\nAnn\\\nBob\n\n",
}


def by_talk(folder: Path, lines: list[str]) -> bytes:
    """Give ``lines`` to the talk, as the app does, and return the journal."""
    session = new_session(folder)
    talk = start_talk(session)
    talk.resume()
    for line in lines:
        talk.prompt()  # as both front ends do: the question is shown before it is answered
        reply = submit(talk, line)
        assert reply.screen is None
    session.close()
    return (folder / "journal.jsonl").read_bytes()


def by_line_mode(folder: Path, text: str, patch: pytest.MonkeyPatch) -> bytes:
    """Type ``text`` in line mode and return the journal."""
    session = new_session(folder)
    patch.setattr(sys, "stdin", io.StringIO(text))
    assert run_plain(session) == 0
    return (folder / "journal.jsonl").read_bytes()


def as_lines(text: str) -> list[str]:
    """Return typed text as the lines that are submitted: one that ends in a backslash goes on."""
    return text.replace("\\\n", "\v").removesuffix("\n").split("\n")


@pytest.mark.parametrize("text", DIALOGUES.values(), ids=DIALOGUES.keys())
def test_the_same_lines_give_the_same_journal(
    text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line.replace("\v", "\n") for line in as_lines(text)]
    one = by_talk(tmp_path / "talk", lines)
    other = by_line_mode(tmp_path / "lines", text, monkeypatch)
    assert one == other
    assert one.count(b"\n") >= 2


def test_other_lines_give_another_journal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    one = by_talk(tmp_path / "talk", ["Acme"])
    assert one != by_line_mode(tmp_path / "lines", "Acmes\n", monkeypatch)


def test_the_first_sections_of_riverbend(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    session = new_session(tmp_path / "talk")
    talk = start_talk(session)
    talk.resume()
    goal, lines = riverbend_goal(), []
    while (prompt := talk.prompt()) is not None and prompt.section in ("Ambition", "Segments"):
        line = next_line(talk, goal)
        assert line is not None
        lines.append(line)
        submit(talk, line)
    session.close()
    assert len(lines) > 50
    text = "".join(line.replace("\n", "\\\n") + "\n" for line in lines)
    assert (
        by_line_mode(tmp_path / "lines", text, monkeypatch)
        == (tmp_path / "talk" / "journal.jsonl").read_bytes()
    )


@pytest.mark.slow
def test_the_whole_of_riverbend_typed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, riverbend_folder: Path
) -> None:
    """Typed from the first question to the last: the recorded strategy, and the same journal in line mode."""
    session = new_session(tmp_path / "talk")
    talk = start_talk(session)
    talk.resume()
    lines = list(typed(talk, riverbend_goal()))
    session.write_strategy()
    session.close()
    written = (tmp_path / "talk" / "strategy.toml").read_bytes()
    recorded = tomllib.loads((riverbend_folder / "strategy.toml").read_text(encoding="utf-8"))
    assert _strategy_alone(tomllib.loads(written.decode())) == _as_asked_today(_strategy_alone(recorded))
    text = "".join(line.replace("\n", "\\\n") + "\n" for line in lines)
    journal = by_line_mode(tmp_path / "lines", text, monkeypatch)
    assert journal == (tmp_path / "talk" / "journal.jsonl").read_bytes()
    assert (tmp_path / "lines" / "strategy.toml").read_bytes() == written


def _strategy_alone(table: dict[str, Any]) -> dict[str, Any]:
    """Return a strategy.toml without what it says of its session: how it was typed is told there."""
    return {name: value for name, value in table.items() if name in Strategy.model_fields}


def _as_asked_today(recorded: dict[str, Any]) -> dict[str, Any]:
    """Take from a strategy what the first version of the questions asked and today's do not.

    That is: that somebody merely takes part, and details of a segment that the team does not aim at.
    """
    for person in recorded["participants"]:
        if person["part"] == "member":
            del person["part"]
    for segment in recorded["segments"]:
        if segment["choice"] == "not_served":
            for detail in ("income", "age", "lifestyle", "price"):
                segment.pop(detail, None)
    return recorded
