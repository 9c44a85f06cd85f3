"""Opening tells of large answers, long lists and a translation without text, and refuses none of them."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach import sizes
from bsc_coach.interview.facts.answers import SlotAnswered
from bsc_coach.interview.facts.lists import ItemAdded, ItemRemoved
from bsc_coach.script.loader import bundled_source
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.script.source import ScriptSource
from bsc_coach.script.validation import find_problems
from bsc_coach.session.opening import open_session
from tests.support.cli import bsc_coach
from tests.support.sessions import new_session, same_environment

STORY = Slot(StepId("review.story"))
PARTICIPANTS = StepId("participants")


def opened(folder: Path) -> list[str]:
    session = open_session(folder, same_environment(), read_only=True)
    session.close()
    return session.messages


def test_a_long_answer_of_an_old_journal_stays_and_is_told(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    session.record([SlotAnswered(STORY, "x" * sizes.TEXT, 1, {})])
    session.close()
    assert opened(tmp_path / "s") == []
    session = open_session(tmp_path / "s", same_environment())
    session.record([SlotAnswered(STORY, "x" * (sizes.TEXT + 1), 1, {})])
    session.close()
    (told,) = opened(tmp_path / "s")
    assert told.startswith("1 answer in this session is longer than 65536 characters. It stays")
    session = open_session(tmp_path / "s", same_environment(), read_only=True)
    assert session.state.facts[STORY].value == "x" * (sizes.TEXT + 1)
    session.close()


def test_a_long_list_of_an_old_journal_stays_and_is_told(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    ids = session.environment.ids
    slot = Slot(PARTICIPANTS)
    session.record([ItemAdded(slot, next(ids), f"T{n}") for n in range(1, sizes.LIST + 2)])
    session.close()
    (told,) = opened(tmp_path / "s")
    assert told.startswith("1 list in this session has more than 300 items. It stays")
    session = open_session(tmp_path / "s", same_environment(), read_only=True)
    assert len(session.state.list_at(slot).live) == sizes.LIST + 1
    session.close()


def test_items_that_were_taken_off_make_no_list_long(tmp_path: Path) -> None:
    session = new_session(tmp_path / "s")
    ids, slot = [next(session.environment.ids) for _ in range(sizes.LIST + 1)], Slot(PARTICIPANTS)
    session.record([ItemAdded(slot, item, f"T{n}") for n, item in enumerate(ids, start=1)])
    session.record([ItemRemoved(slot, ids[7])])
    session.close()
    assert opened(tmp_path / "s") == []


@pytest.mark.parametrize(
    "left", [b"", b"\n\n", b"# nothing here\n", None], ids=["empty", "blank", "remark", "gone"]
)
def test_a_translation_without_text_is_told(left: bytes | None, tmp_path: Path) -> None:
    new_session(tmp_path / "s").close()
    assert opened(tmp_path / "s") == []
    translation = tmp_path / "s" / "script.nl.toml"
    if left is None:
        translation.unlink()
    else:
        translation.write_bytes(left)
    (told,) = opened(tmp_path / "s")
    assert told.startswith("script.nl.toml is gone or has no text in it")
    ran = bsc_coach("status", tmp_path / "s")
    assert "script.nl.toml is gone or has no text in it" in ran.err
    assert ran.code == 0


def test_an_empty_translation_is_one_remark_on_the_script() -> None:
    whole = bundled_source()
    assert find_problems(whole) == ()
    (problem,) = find_problems(ScriptSource(whole.name, whole.base, {"nl": b"\n"}))
    assert (problem.key, problem.severity) == ("sidecar_empty", "warning")


def test_a_step_with_more_choices_than_anybody_reads_is_told_once() -> None:
    def script(count: int) -> ScriptSource:
        choices = ", ".join(f'{{ id = "c{n}", text = "Choice {n}" }}' for n in range(count))
        text = (
            '[script]\nid = "x"\ntitle = "X"\nversion = 1\nlanguages = ["en"]\n\n'
            '[[step]]\nid = "s"\nkind = "section"\ntitle = "S"\n\n'
            '[[step]]\nid = "q"\nin = "s"\nkind = "choice"\nask = "Which?"\nhelp = "h"\n'
            f'good = "g"\npoor = "p"\nreason = "r"\nchoices = [{choices}]\n'
        )
        return ScriptSource("x.toml", text.encode())

    assert find_problems(script(sizes.CHOICES)) == ()
    (problem,) = find_problems(script(sizes.CHOICES + 1))
    assert (problem.key, problem.severity) == ("too_many_choices", "error")
