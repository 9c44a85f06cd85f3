"""An answer that is no value of its question's kind is shown as not fitting and asked again, never a crash.

It comes from another version of the script, in which a question is of another kind, or from a journal that
some other program wrote.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.conversation.rehearsal.path import text_formats
from bsc_coach.interview.navigation import resume_slot
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from tests.support.cli import Ran
from tests.support.journals import append_action

Run = Callable[..., Ran]

KINDS = {
    "text": "as soon as possible",
    "long_text": "as soon\nas possible",
    "number": 7,
    "date": "2027-03",
    "choice": "up",
    "several": ["up", "down"],
    "pick": ["north"],
    "confirm": None,
}
MORE = {
    "choice": 'choices = [{ id = "up", text = "Up" }, { id = "down", text = "Down" }]\n',
    "several": 'choices = [{ id = "up", text = "Up" }, { id = "down", text = "Down" }]\n',
    "pick": 'from = ["places"]\n',
    "confirm": "of = []\n",
}
HEAD = """\
[script]
id = "kinds"
version = {version}
title = "Kinds"
languages = ["en"]

[[step]]
id = "places"
kind = "fixed"
title = "Places"
items = [{{ id = "north", text = "North", prefix = "N" }}]

[[step]]
id = "place"
in = "places"
kind = "text"
ask = "What of {{{{ places.label }}}}?"
help = "Help."

"""


def script_of(kinds: list[str], version: int) -> str:
    """Return a script that asks one question of each kind, in this order, and mentions each answer."""
    steps, mentioned = "", ""
    for at, kind in enumerate(kinds):
        stand_in = "" if kind in ("several", "pick", "confirm") else 'stand_in = "it"\n'
        steps += (
            f'[[step]]\nid = "q{at}"\nkind = "{kind}"\nask = "Question {at}{mentioned}?"\n'
            f'help = "Help."\n{MORE.get(kind, "")}{stand_in}\n'
        )
        mentioned = f" after {{{{ q{at} }}}}" if stand_in else ""
    return HEAD.format(version=version) + steps


def fits(kind: str, other: str) -> bool:
    """Tell whether an answer to a question of one kind is a value of the other kind."""
    if kind == other:
        return True
    return kind in ("text", "long_text", "choice", "date") and other in ("text", "long_text")


def answered(folder: Path, first: list[str], run: Run) -> None:
    """Make a session in which every question is answered."""
    script = folder.with_suffix(".toml")
    script.write_text(script_of(first, 1), encoding="utf-8")
    assert run("new", folder, "--script", script, "--plain").code == 0
    requests = [
        {"do": "confirm", "step": f"q{at}"}
        if kind == "confirm"
        else {"do": "accept", "step": f"q{at}", "value": KINDS[kind], "literal": True}
        for at, kind in enumerate(first)
    ]
    ran = run("apply", folder, typed="".join(json.dumps(one) + "\n" for one in requests))
    assert all(json.loads(line)["accepted"] for line in ran.out.splitlines()), ran.out


@pytest.mark.parametrize(
    "turn", [6, *(pytest.param(turn, marks=pytest.mark.slow) for turn in range(1, len(KINDS)) if turn != 6)]
)
def test_every_pair_of_kinds_goes_through_every_command(turn: int, tmp_path: Path, run: Run) -> None:
    folder, first = tmp_path / "s", list(KINDS)
    later = first[turn:] + first[:turn]
    answered(folder, first, run)
    (tmp_path / "later.toml").write_text(script_of(later, 2), encoding="utf-8")
    assert run("script", "check", tmp_path / "later.toml").code == 0
    looks = "y\n/review\n/agenda\n/document\n/findings\n/map\n/end\n/history q0\n"
    ran = run("open", folder, "--plain", "--script", tmp_path / "later.toml", typed=looks)
    assert ran.code == 0
    # What does not fit is known as such, and asked again.
    session = open_session(folder, Environment(), read_only=True)
    assert session.script.header.version == 2
    statuses = session.plan.statuses.values()
    unfit = {one.slot.step for one in statuses if one.refusals or one.answer_state == "open"}
    wanted = {
        f"q{at}"
        for at, (old, new) in enumerate(zip(first, later, strict=True))
        if old != "confirm" and not fits(old, new)
    }
    assert wanted
    assert wanted <= unfit
    assert resume_slot(session.plan) is not None
    session.close()
    # Everything else that reads answers.
    for command in (["status"], ["status", "--json"], ["check"], ["plan"], ["homework"]):
        assert run(*command, folder).code in (0, 1)
    formats = ",".join(text_formats())
    assert run("render", folder, "--format", formats, "-o", tmp_path / "out").code == 0
    assert run("diff", folder, folder).code == 0
    assert run("new", tmp_path / "next", "--from", folder, "--plain").code == 0


def record(step: str, value: object) -> dict[str, object]:
    return {"t": "answered", "slot": step, "value": value}


@pytest.mark.parametrize(
    "events",
    [
        [record("organisation.horizon_year", "as soon as possible")],
        [record("organisation.horizon_year", ["a", "b"])],
        [record("organisation.name", 7)],
        [record("organisation.name", ["a", "b"])],
        [record("review.first", 3.5)],
        [{"t": "added", "slot": "outcomes", "item": "x1", "short": "not an id at all"}],
        [
            {"t": "added", "slot": "segments", "item": "x1", "short": "T1 | T2"},
            {"t": "added", "slot": "segments", "item": "x2", "short": ""},
            record("segments[x1]/segments.name", "Tenants"),
        ],
        [{"t": "took_over", "source": "x", "digest": "y", "as_of": "yesterday"}],
        [{"t": "added", "slot": "segments", "item": "é", "short": "T1"}],
        [
            {**record("organisation.values", "We keep our word"), "basis": {"[": "0123"}},
            {"t": "adopted", "version": 3, "digest": "", "renames": {"organisation.name": "| no id"}},
            {"t": "adopted", "version": 3, "digest": "", "renames": {"organisation.kind": "sort"}},
        ],
        [{"t": "undone", "number": number} for number in range(1, 12)],
        [{"t": "language", "language": "../../nowhere"}, {"t": "language", "language": "x" * 300}],
        [{"t": "language", "language": "fr"}, {"t": "language", "language": "fr", "documents": True}],
    ],
)
def test_a_journal_that_says_what_no_question_asks_is_opened_and_told(
    events: list[dict[str, object]], begun: Path, run: Run
) -> None:
    append_action(begun, *events)
    for command in (["status"], ["check"], ["render", "--check", "--format", ",".join(text_formats())]):
        assert run(*command, begun).code in (0, 1)
    assert run("open", begun, "--plain", typed="/review\n/document\n/end\n").code == 0
    for name in ("F1", "T1", "x1"):
        assert run("why", name, begun).code in (0, 1, 2)


@pytest.mark.parametrize("moment", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
@pytest.mark.parametrize("offset", ["+14:00", "-12:00"])
def test_a_clock_that_is_wrong_by_centuries_hides_no_answer(
    moment: str, offset: str, begun: Path, run: Run
) -> None:
    path = begun / "journal.jsonl"
    before = run("status", begun, "--json").out
    append_action(begun, record("organisation.name", "Centuries away"), offset=offset, shown=moment)
    assert json.loads(run("status", begun, "--json").out).keys() == json.loads(before).keys()
    assert run("render", begun, "-o", begun / "out").code == 0
    assert "Centuries away" in (begun / "out" / "annex.md").read_text(encoding="utf-8")
    assert b"Centuries away" in path.read_bytes()
