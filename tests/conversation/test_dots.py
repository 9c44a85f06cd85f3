"""Dots that prepare a pick, ballots that may stay open, sentences to be heard, on the manual's script."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bsc_coach.interview.outcomes import given_in_all
from bsc_coach.script.loader import load_script
from bsc_coach.script.model import PickStep
from bsc_coach.script.validation import find_problems
from tests.support.faulty_scripts import source
from tests.support.manual_rounds import shown_script
from tests.support.people import Person, begins

POINTS = ("Fewer mails", "A room that is quiet", "Lunch together", "")
SCORES = ("2", "2", "2")


def without_help(script: str) -> str:
    """Return a script without the lines that the support adds to each step."""
    return re.sub(r"^help = .*\n", "", script, flags=re.MULTILINE)


def with_points(folder: Path, script: str = "") -> Person:
    """Somebody whose list has three points, each with a weight, and who is at the pick."""
    person = begins(folder, without_help(script or shown_script()))
    person.types(*POINTS, *SCORES)
    assert person.at == "first"
    return person


def at_the_dots(folder: Path, script: str = "") -> Person:
    """Somebody who chose that everybody gives dots first."""
    person = with_points(folder, script)
    person.types("/together")
    assert person.at == "points[P1]/points.dots"
    return person


def test_the_script_of_the_manual_has_no_problem_and_every_kind_of_round() -> None:
    assert find_problems(source(shown_script())) == ()
    script = load_script(source(shown_script()))
    assert {name: str(step.id) for name, step in script.prepared.items()} == {
        "hopes.written": "points",
        "points.votes": "points.weight",
        "points.dots": "first",
    }


CHOICE = 'kind = "choice"\nchoices = [{ id = "a", text = "A" }, { id = "b", text = "B" }]\nask = "Which'


@pytest.mark.parametrize(
    ("was", "is_", "key"),
    [
        ('kind = "pick"\nask = "Which', CHOICE, "out_of_reach"),
        ('together = "points.dots"', 'together = "hopes.written"', "together_no_ballot"),
        ('together = "points.dots"', 'together = "points.dots"', None),
    ],
)
def test_a_pick_alone_may_name_a_ballot_about_each_of_its_items(was: str, is_: str, key: str | None) -> None:
    text = shown_script().replace(was, is_)
    if 'kind = "choice"' in is_:
        text = text.replace('from = ["points"]\n', "")
    problems = [one.key for one in find_problems(source(text)) if one.severity == "error"]
    assert problems == ([key] if key else [])


def test_the_pick_waits_for_the_dots_and_begins_with_those_that_got_most(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    person.types("P1 5, P3 1")
    assert person.at == "first"
    assert person.prompt.start == "P1"
    assert person.prompt.ballots == "P1 Fewer mails: 5; P3 Lunch together: 1; P2 A room that is quiet: 0"
    person.types("")
    assert person.value("first") == (person.state.item_by_name("P1"),)


def test_by_talking_the_pick_begins_with_nothing(tmp_path: Path) -> None:
    person = with_points(tmp_path)
    assert person.prompt.start == ""
    assert person.prompt.by_round


def test_what_was_left_out_has_no_dots(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    person.types("P1 4x1 2x2; P2 1 1")
    assert person.value("points[P1]/points.dots") == ("1", "1", "1", "1", "2", "2")
    assert person.value("points[P2]/points.dots") == ("0", "0", "0", "0", "1", "1")
    assert person.value("points[P3]/points.dots") == ("0",) * 6


def test_dots_about_one_item_say_nothing_of_the_others(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    person.types("5")
    assert person.at == "points[P2]/points.dots"
    assert person.value("points[P2]/points.dots") is None


@pytest.mark.parametrize(
    ("dots", "start"),
    [
        ("P1 3, P2 3, P3 1", "P1 P2"),  # who is level goes along
        ("P1 3, P2 3, P3 3", ""),  # and where all are, nothing is proposed
        ("P1 1, P2 7, P3 1", "P2"),
        ("P1 4, P2 5, P3 0", "P2 P1"),
    ],
)
def test_of_equals_all_or_none_are_proposed(tmp_path: Path, dots: str, start: str) -> None:
    person = at_the_dots(tmp_path)
    person.types(dots)
    assert person.prompt.start == start


def test_equals_that_do_not_all_fit_are_left_to_the_talk(tmp_path: Path) -> None:
    one = shown_script().replace('from = ["points"]\n', 'from = ["points"]\ncount = { min = 1, max = 1 }\n')
    person = at_the_dots(tmp_path, one)
    person.types("P1 3, P2 3, P3 1")
    assert person.prompt.start == ""
    person.types("/undo", "P1 4, P2 3, P3 1")
    assert person.prompt.start == "P1"


def test_a_slip_has_three_dots_and_no_more(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    assert "Line 2 " in person.tries("2 1 0\n2 2 0\n1 1 1\n0 3 0")
    person.types("2 1 0\n2 1 0\n1 1 1\n0 3 0")
    plan = person.talk.plan
    step = plan.script.step(person.talk.position.at.step) if person.talk.position.at else None
    assert isinstance(step, PickStep)
    assert list(given_in_all(plan, step, ()).values()) == [6.0, 5.0, 1.0]


def test_dots_are_added_up_also_where_only_their_mean_is_kept(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    person.types("2 1 0\n2 0 1\n1 1 1")
    assert person.value("points[P1]/points.dots") == ("1.67",) * 3
    assert person.prompt.ballots.startswith("P1 Fewer mails: 5;")


def test_of_dots_nobody_is_said_to_be_far_apart(tmp_path: Path) -> None:
    person = at_the_dots(tmp_path)
    person.types("3 0 0\n0 3 0\n3 0 0\n0 0 3")
    assert "apart" not in person.heard()
    assert person.heard().startswith("P1 Fewer mails: 6 dots; ")


def test_what_somebody_wants_said_is_typed_between_quotation_marks(tmp_path: Path) -> None:
    person = begins(tmp_path, without_help(shown_script()))
    person.types(
        *POINTS, "/together", 'P1 3 3 2 1 “Not before summer.”; P2 1 1 1 1; P3 2 2 2 2 "And who pays?"'
    )
    assert "Somebody wanted this said: Not before summer." in person.heard()
    assert sorted(str(person.value("hopes.said")).split("\n")) == ["And who pays?", "Not before summer."]
    assert person.value("points[P1]/points.votes") == ("1", "2", "3", "3")


def test_control_without_quotation_marks_those_are_no_ballots(tmp_path: Path) -> None:
    person = begins(tmp_path, without_help(shown_script()))
    person.types(*POINTS, "/together")
    assert person.tries("P1 3 3 2 1 Not before summer.")
    assert person.value("hopes.said") is None


def test_a_ballot_that_may_stay_open_is_passed_where_nobody_has_a_phone(tmp_path: Path) -> None:
    person = with_points(tmp_path)
    person.types("P1")
    assert person.at == "worth"
    assert person.prompt.round is not None
    assert person.prompt.round.passes
    person.types("")
    assert person.at == "done"
    assert person.value("worth") is None
    assert person.state.rounds == {}


def test_and_is_opened_with_enter_where_phones_are_here(tmp_path: Path) -> None:
    person = with_points(tmp_path)
    person.types("P1")
    person.talk.seats_here = 8
    person.types("")
    assert person.at == "worth"
    assert len(person.state.rounds) == 1


def test_hands_that_were_counted_answer_it(tmp_path: Path) -> None:
    person = with_points(tmp_path)
    person.types("P1", "4x3 2x5")
    assert person.value("worth") == ("3", "3", "3", "3", "5", "5")


def test_where_things_are_put_in_order_the_first_places_are_proposed(tmp_path: Path) -> None:
    in_order = shown_script().replace("each = 3\n", "rank = true\n")
    person = at_the_dots(tmp_path, in_order)
    person.types("1 2 3\n1 3 2\n2 1 3\n1 2 3")
    assert person.prompt.start == "P1"
    assert [part.partition(" ")[0] for part in person.prompt.ballots.split("; ")] == ["P1", "P2", "P3"]
