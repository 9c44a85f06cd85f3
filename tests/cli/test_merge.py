"""``merge``, and what comes after it: copies of a session that went on separately, put together."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from itertools import permutations
from pathlib import Path

import pytest

from bsc_coach.session.environment import Environment
from bsc_coach.session.line_format import Record, decode_line, encode_record, make_record
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.toml import read_toml
from tests.cli.conftest import Run
from tests.support.cli import one_sentence
from tests.support.two_facilitators import (
    BOB,
    SAID,
    bytes_in,
    carried_out,
    copied,
    ids_in,
    requests,
)

FILES = ("journal.jsonl", "strategy.toml", "strategy.md")


# What comes


@pytest.mark.parametrize("what", ["folder", "journal"])
def test_what_came_is_told_and_everything_is_in_the_document(
    what: str, run: Run, ann: Path, bob: Path
) -> None:
    ran = run("merge", ann, bob if what == "folder" else bob / "journal.jsonl")
    assert ran.code == 0
    assert f"{len(BOB)} actions by Bob came from {bob}" in ran.out
    assert "SEG4" in ran.out
    assert "1  The Acme Society (Bob" in ran.out or "2  The Acme Society (Bob" in ran.out
    assert "Acme Homes (Ann" in ran.out
    assert f"bsc-coach open {ann}" in ran.out
    for names in (["strategy.toml"], ["strategy.md", "kpis.md", "annex.md"]):
        text = "".join((ann / name).read_text(encoding="utf-8") for name in names)
        assert [said for said in SAID if said not in text] == [], names
    assert {name: n for name, n in Counter(ids_in(ann)).items() if n > 1} == {}


def test_one_copy_alone_lacks_what_the_other_says(ann: Path) -> None:
    """The control: what the test above looks for is not there by itself."""
    text = (ann / "strategy.toml").read_text(encoding="utf-8")
    assert [said for said in SAID if said not in text] == [said for said in SAID if said.startswith("Bob")]


def test_nothing_is_mixed_under_ids_that_were_given_twice(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    segments = read_toml((ann / "strategy.toml").read_bytes()).segments
    assert {one.name: one.age for one in segments if one.id in ("SEG3", "SEG4")} == {
        "Ann's shopkeepers": "Ann says twenty to sixty",
        "Bob's students": "Bob says under thirty",
    }


def test_in_any_order_it_comes_to_the_same_bytes(
    run: Run, ann: Path, bob: Path, carla: Path, tmp_path: Path
) -> None:
    found = set()
    for number, order in enumerate(permutations((ann, bob, carla))):
        target = copied(order[0], tmp_path / f"all {number}")
        # One after the other, and both at once.
        for others in ([[order[1]], [order[2]]], [[order[1], order[2]]])[number % 2]:
            assert run("merge", target, *others).code == 0
        found.add(
            tuple((target / name).read_bytes() for name in ("journal.jsonl", "strategy.toml", "strategy.md"))
        )
    assert len(found) == 1
    assert b"Carla's promise of quiet nights" in next(iter(found))[1]


def test_twice_changes_nothing(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    before = bytes_in(ann)
    ran = run("merge", ann, bob)
    assert ran.code == 0
    assert "nothing" in ran.out.splitlines()[0]
    assert bytes_in(ann) == before
    assert bytes_in(bob) != before  # the control: a folder that differs is seen to


def test_the_journal_as_it_was_is_kept(run: Run, ann: Path, bob: Path) -> None:
    before = (ann / "journal.jsonl").read_bytes()
    run("merge", ann, bob)
    (kept,) = (ann / ".local").glob("before-merge-*.jsonl")
    assert kept.read_bytes() == before
    assert (ann / "journal.jsonl").read_bytes() != before


def test_the_copies_stay_as_they_are(run: Run, ann: Path, bob: Path) -> None:
    before = bytes_in(bob)
    run("merge", ann, bob)
    assert bytes_in(bob) == before


def test_without_a_name_the_copies_beside_the_journal_are_taken(run: Run, ann: Path, bob: Path) -> None:
    assert "No copy of its journal" in one_sentence(run("merge", ann))
    (ann / "journal (1).jsonl").write_bytes((bob / "journal.jsonl").read_bytes())
    ran = run("merge", ann)
    assert ran.code == 0
    assert f"{len(BOB)} actions by Bob came" in ran.out
    assert "No copy of its journal" in one_sentence(run("merge", ann))


def test_a_session_merged_with_itself_stays_as_it_is(run: Run, ann: Path) -> None:
    before = bytes_in(ann)
    ran = run("merge", ann, ann)
    assert (ran.code, bytes_in(ann)) == (0, before)


def test_in_dutch(run: Run, ann: Path, bob: Path) -> None:
    carried_out(ann, "Ann", {"do": "language", "to": "nl"})
    ran = run("merge", ann, bob)
    assert f"{len(BOB)} handelingen van Bob kwamen uit {bob}." in ran.out
    assert "spreken de kopieën elkaar tegen" in ran.out
    assert "is opnieuw geschreven" in ran.out
    asked = run("open", ann, "--plain")
    assert "Kopieën van deze sessie spreken elkaar hier tegen" in asked.out
    assert "/take 2 " in asked.out


def test_a_setting_that_both_changed_is_told(run: Run, ann: Path, bob: Path) -> None:
    carried_out(ann, "Ann", {"do": "language", "to": "nl", "documents": True})
    carried_out(bob, "Bob", {"do": "language", "to": "nl", "documents": True})
    carried_out(bob, "Bob", {"do": "language", "to": "en", "documents": True})
    ran = run("merge", ann, bob)
    assert (
        "1 setting was changed in two copies; the later one counts: the language of the documents" in ran.out
    )


def test_an_item_that_somebody_took_off_is_told_once(run: Run, ann: Path, bob: Path) -> None:
    """Taken off with nobody against it, it is gone, and its answers did not fall away for another reason."""
    carried_out(bob, "Bob", {"do": "remove", "item": "C1"})
    ran = run("merge", ann, bob)
    assert "do not apply any more" not in ran.out
    assert "does not apply any more" not in ran.out
    assert "A warm house for the price of a call" not in (ann / "strategy.toml").read_text(encoding="utf-8")


def disputed(run: Run, folder: Path) -> int:
    told = json.loads(run("status", folder, "--json").out)
    assert isinstance(told["disputed"], int)
    return told["disputed"]


YEAR = {"step": "organisation.year"}
PAIRS: dict[str, tuple[dict[str, object], dict[str, object], int]] = {
    "the same answer": ({"do": "accept", **YEAR, "value": 2031}, {"do": "accept", **YEAR, "value": 2031}, 0),
    "two answers": ({"do": "accept", **YEAR, "value": 2031}, {"do": "accept", **YEAR, "value": 2032}, 1),
    "answered and parked": ({"do": "accept", **YEAR, "value": 2031}, {"do": "park", **YEAR}, 1),
    "answered and passed by": (
        {"do": "accept", **YEAR, "value": 2031},
        {"do": "accept", "step": "organisation.purpose", "value": "Whom to build for"},
        0,
    ),
    "one took off what the other left": ({"do": "remove", "item": "SEG2"}, {"do": "park", **YEAR}, 0),
    "both took off the same": ({"do": "remove", "item": "SEG2"}, {"do": "remove", "item": "SEG2"}, 0),
    "one took off what the other worked on": (
        {"do": "remove", "item": "SEG2"},
        {"do": "accept", "step": "segments.age", "of": "SEG2", "value": "Thirty"},
        1,
    ),
    "one finished the list, the other added": (
        {"do": "close", "list": "segments"},
        {"do": "add", "list": "segments", "answers": {"segments.name": "Students"}},
        0,
    ),
}


@pytest.mark.parametrize("name", PAIRS)
def test_what_becomes_of_what_both_did(name: str, run: Run, before: Path, tmp_path: Path) -> None:
    """The table of the manual, row by row: what is contested, and what is not."""
    one, two = copied(before, tmp_path / "one"), before
    hers, his, contested = PAIRS[name]
    carried_out(one, "Ann", hers)
    carried_out(two, "Bob", his)
    ran = run("merge", one, two)
    assert disputed(run, one) == contested
    assert ("Copies say different things" in ran.out) == bool(contested)
    text = (one / "strategy.md").read_text(encoding="utf-8")
    assert ("Copies say different things" in text) == bool(contested)
    if hers["do"] == "close":
        asked = run("open", one, "--plain", typed="/jump segments\n").out
        assert "Which other group" in asked


# What is refused


def unrelated(run: Run, folder: Path) -> Path:
    run("new", folder / "stranger", "--plain", typed="/where\nStrangers Ltd\n")
    return folder / "stranger"


def of_a_later_format(folder: Path) -> Path:
    """Let the last line of Bob's journal be of a format that this program does not know."""
    journal = folder / "bob" / "journal.jsonl"
    *lines, last = journal.read_bytes().splitlines()
    record = decode_line(last)
    assert isinstance(record, Record)
    moment = datetime.fromisoformat(record.at)
    later = make_record(record.number, record.writer, moment, {**record.body, "v": 2})
    return put(folder / "later" / "journal.jsonl", b"\n".join([*lines, encode_record(later)]))


def put(path: Path, data: bytes) -> Path:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


REFUSED: dict[str, tuple[Callable[[Run, Path], Path], str]] = {
    "unrelated": (unrelated, "no line in common"),
    "nothing": (lambda _, folder: folder / "nowhere", "no journal of a session"),
    "empty folder": (lambda _, folder: put(folder / "empty" / "x", b"").parent, "no journal of a session"),
    "text": (lambda _, folder: put(folder / "a" / "journal.jsonl", b"Dear diary,\n"), "not a journal"),
    "binary": (
        lambda _, folder: put(folder / "a" / "journal.jsonl", bytes(range(256)) * 40),
        "not a journal",
    ),
    "later": (lambda _, folder: of_a_later_format(folder), "newer version"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_copy_is_refused_and_everything_stays(name: str, run: Run, ann: Path, bob: Path) -> None:
    make, said = REFUSED[name]
    other = make(run, ann.parent)
    before = bytes_in(ann)
    ran = run("merge", ann, bob, other)
    assert ran.code == 1
    assert said in one_sentence(ran)
    assert bytes_in(ann) == before
    assert run("merge", ann, bob).code == 0  # the control: without it, it goes
    assert bytes_in(ann) != before


def test_a_session_that_is_open_elsewhere_is_not_merged_into(run: Run, ann: Path, bob: Path) -> None:
    before = (ann / "journal.jsonl").read_bytes()
    session = open_session(ann, Environment(by="Carla"))
    ran = run("merge", ann, bob)
    assert ran.code == 1
    assert "has had this session open" in one_sentence(ran)
    assert (ann / "journal.jsonl").read_bytes() == before
    session.close()
    assert run("merge", ann, bob).code == 0


def test_a_folder_without_a_session_has_nothing_to_merge_into(run: Run, bob: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    assert run("merge", tmp_path / "bare", bob).code == 1
    assert os.listdir(tmp_path / "bare") == []


def test_unrelated_ones_are_put_together_where_that_is_said(run: Run, ann: Path) -> None:
    other = unrelated(run, ann.parent)
    ran = run("merge", ann, other, "--unrelated")
    assert ran.code == 0
    assert "Strangers Ltd (tester" in ran.out
    assert name_in(ann) in ("Acme Homes", "Strangers Ltd")


# What is made of it


def test_all_that_reads_a_session_reads_both(
    run: Run, ann: Path, bob: Path, before: Path, tmp_path: Path
) -> None:
    run("merge", ann, bob)
    status = json.loads(run("status", ann, "--json").out)
    assert (status["copies"], status["disputed"]) == ([], 2)
    assert "2 places" in run("status", ann).err
    out = tmp_path / "out"
    assert run("render", ann, "--format", "md", "-o", out).code == 0
    why = run("why", "organisation.name", ann)
    assert "Acme Homes" in why.out
    assert "The Acme Society" in why.out
    changed = run("diff", before, ann)
    assert changed.code == 1
    assert "Bob's students" in changed.out
    assert "Ann's shopkeepers" in changed.out


def test_the_minutes_tell_both_sides_and_who_decided(run: Run, ann: Path, bob: Path, tmp_path: Path) -> None:
    run("merge", ann, bob)
    carried_out(ann, "Plenary", {"do": "take", "step": "organisation.name", "side": 1})
    assert run("render", ann, "--format", "minutes", "-o", tmp_path / "out").code == 0
    text = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "out").rglob("*.md"))
    for said in ("Acme Homes", "The Acme Society", "Plenary", "Bob's students", "Ann's shopkeepers"):
        assert said in text, said


# What is decided


def taken(run: Run, folder: Path, *typed: str) -> str:
    return run("--as", "Plenary", "open", folder, "--plain", typed="".join(f"{line}\n" for line in typed)).out


def name_in(folder: Path) -> str:
    return read_toml((folder / "strategy.toml").read_bytes()).organisation.name or ""


def sides_of(out: str) -> list[str]:
    """Return what each side says of the name, in the order in which it is asked."""
    lines = [line for line in out.splitlines() if line.startswith("  /take ")]
    return [line.split("  ")[2].partition(" (")[0] for line in lines[:2]]


def test_a_contested_answer_is_asked_first_and_decided_by_number(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    asked = taken(run, ann)
    sides = sides_of(asked)
    assert sorted(sides) == ["Acme Homes", "The Acme Society"]
    assert name_in(ann) == sides[0]  # until then the first stands
    for number, said in enumerate(sides, start=1):
        folder = copied(ann, ann.parent / f"took {number}")
        out = taken(run, folder, f"/take {number}")
        assert name_in(folder) == said
        assert "SEG2 Families goes off the list" in out  # and the next one comes
        assert disputed(run, folder) == 1


@pytest.mark.parametrize("typed", ["/take", "/take 0", "/take 3", "/take x", "/take 1 2", "/take ²"])
def test_a_number_that_is_none_decides_nothing(typed: str, run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    out = taken(run, ann, typed)
    assert "Choose a number from 1 to 2." in out
    assert disputed(run, ann) == 2


def test_enter_decides_nothing_and_says_how(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    out = taken(run, ann, "", "/right")
    assert out.count("Decide together: /take") == 3  # with the question, and for each of the two
    assert disputed(run, ann) == 2


def test_new_words_decide_it(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    taken(run, ann, "Acme Homes Society")
    assert name_in(ann) == "Acme Homes Society"
    assert disputed(run, ann) == 1


def test_parking_it_decides_it_for_now(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    taken(run, ann, "/park the board decides", "Ann", "2027-01")
    status = json.loads(run("status", ann, "--json").out)
    assert status["disputed"] == 1
    assert status["progress"]["parked"] == 1


def test_an_item_that_one_took_off_and_another_worked_on_is_decided(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    assert "Bob says two wages" in (ann / "strategy.toml").read_text(encoding="utf-8")
    for stays in (True, False):
        folder = copied(ann, ann.parent / f"stays {stays}")
        asked = taken(run, folder, "/take 1")
        line = next(
            line for line in asked.splitlines() if ("stays" if stays else "goes off the list") in line
        )
        out = taken(run, folder, line.split("  ")[1])
        assert (
            "Decided: SEG2 Families stays." if stays else "Decided: SEG2 Families goes off the list."
        ) in out
        text = (folder / "strategy.toml").read_text(encoding="utf-8")
        assert ("Bob says two wages" in text) == stays
        assert disputed(run, folder) == 0


def test_take_goes_to_the_next_place_where_copies_differ(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    out = taken(run, ann, "/edit C1", "/take 1", "/take 1", "/take 1", "/take 1")
    assert "This is the next place where they do not: Organisation." in out
    assert out.count("Decided:") == 1
    assert out.count("No two copies") == 1
    assert disputed(run, ann) == 0


def test_without_anything_contested_there_is_nothing_to_take(run: Run, ann: Path) -> None:
    assert "No two copies of this session say different things." in taken(run, ann, "/take 1")


def test_take_is_taken_back_by_undo(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    out = taken(run, ann, "/take 2", "/undo")
    assert "Undone: Organisation" in out
    assert disputed(run, ann) == 2


def test_apply_takes_a_side_and_refuses_what_is_none(run: Run, ann: Path, bob: Path) -> None:
    run("merge", ann, bob)
    ran = run(
        "apply",
        ann,
        typed=requests(
            {"do": "take", "step": "organisation.name", "side": 3},
            {"do": "still_right", "step": "organisation.name"},
            {"do": "take", "step": "organisation.year", "side": 1},
            {"do": "take", "step": "organisation.name", "side": 2},
            {"do": "take", "step": "organisation.name", "side": 2},
        ),
    )
    told = [json.loads(line) for line in ran.out.splitlines()]
    assert [one.get("refused", {}).get("key") for one in told] == [
        "no_such_side", "disputed", "nothing_disputed", None, "nothing_disputed",
    ]  # fmt: skip
    assert ran.code == 1
