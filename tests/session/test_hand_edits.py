"""Hand edits of strategy.toml in a session's folder: what is told, taken, and left."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bsc_coach.interview.facts.answers import Accept
from bsc_coach.interview.facts.lists import RemoveItem
from bsc_coach.interview.reconcile import Import
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from bsc_coach.strategy.schema import strategy_schema
from bsc_coach.strategy.toml import read_file

NAME = Slot(StepId("organisation.name"))


@pytest.fixture
def opened(riverbend: Path) -> Session:
    """Riverbend's session in a folder of its own."""
    return open_session(riverbend, Environment(by="Ann"))


def text_of(session: Session) -> str:
    return (session.folder / "strategy.toml").read_text(encoding="utf-8")


def edit(session: Session, old: str, new: str) -> str:
    """Change the file in one place, as in an editor; return its text."""
    text = text_of(session)
    assert text.count(old) == 1, text.count(old)
    (session.folder / "strategy.toml").write_text(text.replace(old, new), encoding="utf-8")
    return text.replace(old, new)


def block(text: str, head: str, short: str) -> str:
    """Return the block of an item, with the empty line behind it."""
    begin = text.index(f'{head}\nid = "{short}"\n')
    return text[begin : text.index("\n[[", begin) + 1]


def found_in(session: Session) -> Import:
    found = session.edited_file()
    assert found is not None
    return found


def told(found: Import) -> list[tuple[str, str]]:
    return [(one.kind, one.what) for one in found.differences]


def test_a_block_of_an_objective_that_was_deleted_is_told_and_stays(opened: Session) -> None:
    edit(opened, block(text_of(opened), "[[objectives]]", "O2"), "")
    found = found_in(opened)
    assert told(found) == [("stays", "O2")]
    assert not found.events


def test_an_objective_whose_candidate_is_no_longer_selected_goes(opened: Session) -> None:
    """The control: with the mark of its candidate the objective goes."""
    edit(opened, block(text_of(opened), "[[objectives]]", "O2"), "")
    candidate = block(text_of(opened), "[[candidates]]", "O2")
    edit(opened, candidate, candidate.replace("selected = true\n", ""))
    found = found_in(opened)
    assert ("stays", "O2") not in told(found)
    opened.take_edits(found)
    assert "O2" not in [one.id for one in opened.strategy().objectives]


def test_objectives_in_another_order_are_told_and_stay_in_that_of_their_candidates(opened: Session) -> None:
    text = text_of(opened)
    first, second = (block(text, "[[objectives]]", short) for short in ("O1", "O2"))
    edit(opened, first + second, second + first)
    found = found_in(opened)
    assert [(one.kind, one.what, one.now[:6]) for one in found.differences] == [
        ("order_stays", "objectives", "O1, O2")
    ]
    assert not found.events


def test_promises_in_another_order_are_taken(opened: Session) -> None:
    """The control: what is a list of its own takes the order of the file."""
    text = text_of(opened)
    first, second = (block(text, "[[promises]]", short) for short in ("C1", "C2"))
    edit(opened, first + second, second + first)
    found = found_in(opened)
    assert [one.kind for one in found.differences] == ["moved"]
    opened.take_edits(found)
    assert [one.id for one in opened.strategy().promises] == ["C2", "C1", "C3"]


def test_titles_that_an_edit_made_differ_are_told_with_both_lines(opened: Session) -> None:
    candidate = block(text_of(opened), "[[candidates]]", "O1")
    text = edit(opened, candidate, candidate.replace("Shorten the wait", "Halve the wait"))
    lines = text.split("\n")
    (remark,) = found_in(opened).remarks
    of_objective = next(n for n, line in enumerate(lines, 1) if line == "[[objectives]]") + 2
    of_candidate = next(n for n, line in enumerate(lines, 1) if "Halve the wait" in line)
    assert (remark.line, remark.place) == (of_objective, "O1.title")
    assert f"line {of_candidate}" in remark.sentence("en")
    assert f"regel {of_candidate}" in remark.sentence("nl")


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('confirmed = "2026-11-18"\n', "", "session"),
        ('reason = "Facilitates and does not vote"', 'reason = "Does not vote"', "points"),
        ('[[left_aside]]\nfield = "segments[].income"\nitems = [\n    "SEG4",\n]\n\n', "", "left_aside"),
        ("[session]", "redacted = true\n\n[session]", "redacted"),
    ],
)
def test_what_a_session_tells_of_itself_is_not_taken_and_that_is_said(
    opened: Session, old: str, new: str, what: str
) -> None:
    edit(opened, old, new)
    found = found_in(opened)
    assert told(found) == [("record", what)]
    assert not found.events


def test_an_edit_that_also_changes_a_question_is_no_edit_of_the_record(opened: Session) -> None:
    """The control: search and replace changes the name of an item in the list of points as well."""
    text = text_of(opened).replace("Cosmetic surgery", "Beauty surgery")
    (opened.folder / "strategy.toml").write_text(text, encoding="utf-8")
    assert [one.kind for one in found_in(opened).differences] == ["changed"]


def test_a_file_that_waited_takes_nothing_back_that_was_said_meanwhile(
    opened: Session,
) -> None:
    edit(opened, "horizon_year = 2030", 'horizon_year = "later"')
    edit(opened, 'customer_word = "patients"', 'customer_word = "residents"')
    found = found_in(opened)
    assert len(found.faults) == 1
    opened.take_edits(found)
    opened.do(Accept(NAME, "Riverbend Hospitals"))
    edit(opened, 'horizon_year = "later"', "horizon_year = 2031")
    again = found_in(opened)
    assert not again.faults
    assert [(one.kind, one.before, one.now) for one in again.differences] == [("changed", "2030", "2031")]
    opened.take_edits(again)
    kept = opened.strategy().organisation
    assert (kept.name, kept.horizon_year, kept.customer_word) == ("Riverbend Hospitals", 2031, "residents")
    assert opened.write_strategy() is not None  # what was edited is kept as it was
    assert read_file(text_of(opened).encode()).strategy == opened.strategy()


COMMENTED = (
    ("[organisation]\n", "# Who we are\n[organisation] # ours\n", "before and behind a table"),
    ("vote = 5\n", "# she was sure\nvote = 5 # really\n", "before and behind a key"),
    ('    { id = "M1"', '    # asked by the board\n    { id = "M1"', "in a list on one line each"),
)


def test_comments_survive_and_are_no_edit(opened: Session) -> None:
    text = text_of(opened)
    for old, new, _ in COMMENTED:
        text = text.replace(old, new, 1)
    text += "# The end\n"
    (opened.folder / "strategy.toml").write_text(text, encoding="utf-8")
    assert opened.edited_file() is None
    opened.do(Accept(NAME, "Riverbend Hospitals"))
    assert opened.write_strategy() is None  # nothing had to be put aside
    after = text_of(opened)
    assert 'name = "Riverbend Hospitals"' in after
    for line in (
        "# Who we are",
        "[organisation]  # ours",
        "# she was sure",
        "vote = 5  # really",
        "# The end",
    ):
        assert line in after.split("\n"), line
    assert '    # asked by the board\n    { id = "M1"' in after
    assert after.index("# she was sure") < after.index("vote = 5  # really")
    opened.write_strategy()
    assert text_of(opened) == after


def test_a_comment_follows_its_item(opened: Session) -> None:
    edit(opened, '[[promises]]\nid = "C2"', '# the families want this\n[[promises]]\nid = "C2"')
    text = text_of(opened)
    begin, second, third = (
        text.index(start) for start in ("[[promises]]", "# the fam", '[[promises]]\nid = "C3"')
    )
    moved = text[:begin] + text[second:third] + text[begin:second] + text[third:]
    (opened.folder / "strategy.toml").write_text(moved, encoding="utf-8")
    opened.take_edits(found_in(opened))
    opened.write_strategy()
    assert [one.id for one in opened.strategy().promises] == ["C2", "C1", "C3"]
    assert '# the families want this\n[[promises]]\nid = "C2"' in text_of(opened)


def test_comments_of_what_is_gone_stand_at_the_end_once(opened: Session) -> None:
    edit(opened, 'title = "Evening surgery hours"', 'title = "Evening surgery hours" # ask in May')
    gone = next(item for item, short in opened.state.shorts.items() if short == "Q2")
    assert opened.do(RemoveItem(gone)).action is not None
    for _ in range(2):
        opened.write_strategy()
        assert text_of(opened).endswith(
            "\n# Comments of what is no longer in this file:\n# parking.Q2.title: ask in May\n"
        )


def test_the_schema_that_the_file_names_stands_beside_it(opened: Session) -> None:
    opened.write_strategy()
    named = text_of(opened).split("\n")[0].removeprefix("#:schema ")
    path = opened.folder / named
    assert json.loads(path.read_text(encoding="utf-8")) == strategy_schema()
    assert path.stat().st_mode & 0o077 == (opened.folder / "strategy.toml").stat().st_mode & 0o077
    path.write_text("{}", encoding="utf-8")
    opened.write_strategy()
    assert json.loads(path.read_text(encoding="utf-8")) == strategy_schema()


def test_the_schema_knows_every_table_of_the_file(opened: Session) -> None:
    properties = strategy_schema()["properties"]
    assert isinstance(properties, dict)
    assert {"session", "points", "kept", "redacted", "objectives"} <= properties.keys()
