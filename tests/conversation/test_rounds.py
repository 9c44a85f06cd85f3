"""Rounds and ballots in the talk: opened, handed in, hidden, closed; on paper and with phones."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.transcript import latest_turns
from bsc_coach.interview.facts.answers import Accept, SlotAnswered
from bsc_coach.interview.facts.rounds import RoundOpened
from bsc_coach.interview.live_round import Ballot
from bsc_coach.interview.projection import value_in_words
from bsc_coach.script.slots import Slot, StepId
from tests.support.people import begins
from tests.support.rounds import ROUNDS, WRITTEN, influence, written

WORDS_AT_THE_END = """
[[step]]
id = "end"
kind = "section"
title = "End"

[[step]]
id = "mood"
in = "end"
kind = "text"
ask = "How do you feel?"
short = "Mood"

[[step]]
id = "words"
in = "end"
kind = "text"
ask = "What do you want said?"
short = "Words"
"""
"""A part of the agenda that comes after the rounds."""
AFTER_INFLUENCE = ("2 1\n1 2", "1 2\n1 2\n2 1\n1 2", "1 2 1 1", "7 8 7 9")
"""Dots, order, whether it was worth it, how sure: what the part with the rounds asks then."""


# Which way


def test_by_default_it_is_talked_about_and_the_question_says_that_there_is_another_way(
    tmp_path: Path,
) -> None:
    person = begins(tmp_path, ROUNDS)
    assert person.at == "points"
    assert person.prompt.by_round
    person.types("/together")
    assert person.at == "written"
    person.types("/together off")
    assert person.at == "points"
    assert "talked about" in person.heard()


def test_together_is_refused_where_there_is_no_round_and_undone_like_any_answer(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("/jump sure")
    assert "has a round of its own" in person.tries("/together")
    person.types("/jump points.influence", "/together off")
    assert StepId("points.votes") not in person.state.together
    person.types("/undo")
    assert StepId("points.votes") in person.state.together


def test_a_round_that_prepares_nothing_is_asked_without_being_chosen(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("Rye", "", "4")
    assert person.at == "points[O1]/points.dots"


# What is written alone


def test_what_is_written_is_kept_as_it_was_and_points_are_made_of_it_by_numbers(tmp_path: Path) -> None:
    person = written(tmp_path)
    assert sorted(person.value("written")) == ["less paper", "plan faster", "stop faxing"]  # type: ignore[call-overload]
    assert person.value("points[O1]/points.title") == "plan faster"
    assert person.value("points[O1]/points.originals") == "plan faster"
    assert person.value("points[O2]/points.title") == "Plan without paper"
    assert sorted(str(person.value("points[O2]/points.originals")).split("\n")) == [
        "less paper",
        "stop faxing",
    ]


def test_what_is_left_stays_on_offer_and_goes_into_a_point_that_is_there(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/together", WRITTEN)
    first, second, third = person.prompt.offers
    person.types("1")
    assert person.prompt.offers == (second, third)
    assert "numbers 1 to 2" in person.tries("3")
    person.types("1 2 O1")
    assert person.prompt.offers == ()
    assert person.value("points[O1]/points.originals") == "\n".join((first, second, third))
    person.types("/undo")
    assert person.prompt.offers == (second, third)


def test_words_that_begin_with_a_number_are_no_idea(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/together", WRITTEN)
    person.types("3 days from order to door")
    assert person.value("points[O1]/points.title") == "3 days from order to door"
    assert len(person.prompt.offers) == 3


def test_numbers_typed_while_an_item_is_worded_are_looked_at_once_more_at_the_list(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/together", WRITTEN, "2")
    title = person.value("points[O1]/points.title")
    person.types("/edit O1")
    assert "hand them in again" in person.tries("1 2: Plan without paper")
    assert person.at == "points"
    assert person.value("points[O1]/points.title") == title
    person.types("1 2: Plan without paper", "/edit O1", "7: a name where nothing is left")
    assert person.value("points[O2]/points.title") == "Plan without paper"
    assert person.value("points[O1]/points.title") == "7: a name where nothing is left"


def test_numbers_looked_at_once_more_lead_back_to_where_somebody_was(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS + WORDS_AT_THE_END)
    person.types("/together", WRITTEN, "2", "/jump words", "/edit O1")
    assert "hand them in again" in person.tries("1 2: Plan without paper")
    assert person.at == "points"
    person.types("1 2: Plan without paper", "", "4", "3", *AFTER_INFLUENCE)
    assert person.at == "words", "and not what is open before it"


def test_the_order_of_what_was_written_tells_nothing_of_who_wrote_when(tmp_path: Path) -> None:
    forth, back = begins(tmp_path / "a", ROUNDS), begins(tmp_path / "b", ROUNDS)
    lines = WRITTEN.split("\n")
    forth.types("/together", "\n".join(lines))
    back.types("/together", "\n".join(reversed(lines)))
    assert forth.prompt.offers == back.prompt.offers


# On paper


def test_ballots_on_paper_close_it_at_once_and_are_sorted(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("4 4 5 4 4")
    assert person.value("points[O1]/points.votes") == ("4", "4", "4", "4", "5")
    assert person.value("points[O1]/points.influence") == "4"
    assert person.at == "points[O2]/points.votes"


def test_hands_are_counted(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("3x4 1x5 1x2")
    assert person.value("points[O1]/points.votes") == ("2", "4", "4", "4", "5")
    person.types("/jump worth", "yes 5, no 3")
    assert person.value("worth") == ("yes",) * 5 + ("no",) * 3


def test_slips_have_a_number_for_each_point_and_lines_with_an_id_are_about_that_point(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("1 5\n2 5\n3 4\n3 4")
    assert person.value("points[O1]/points.votes") == ("1", "2", "3", "3")
    assert person.value("points[O2]/points.votes") == ("4", "4", "5", "5")
    person.types("/jump points.dots", "O2: 3 2 1 1\nO1: 0 1 2 2")
    assert person.value("points[O1]/points.dots") == ("0", "1", "2", "2")
    assert person.value("points[O2]/points.dots") == ("1", "1", "2", "3")


@pytest.mark.parametrize("line", ["6 4", "4", "4 five", "1 2 3\n1 2", "O9: 3 4", "0 3", "3.5. 4", "-1 2"])
def test_what_cannot_be_ballots_is_refused_in_a_sentence_and_stays_in_the_line(
    tmp_path: Path, line: str
) -> None:
    person = influence(tmp_path)
    said = person.tries(line)
    assert said.endswith((".", "off"))


def test_of_many_slips_the_one_that_does_not_fit_is_named(tmp_path: Path) -> None:
    person = influence(tmp_path)
    assert person.tries("1 5\n2 5\n3\n3 4").startswith("Line 3 does not fit this round: a slip has 2 numbers")
    assert person.tries("1 5\n2 9").startswith("Line 2 does not fit")
    assert person.tries("1\n2\n3").startswith("Those are no ballots")


def test_under_four_only_the_mean_is_kept(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("1 5 5")
    assert person.value("points[O1]/points.votes") == ("3.67", "3.67", "3.67")
    assert person.prompt.ballots == "" or "spread" not in person.prompt.ballots
    journal = (tmp_path / "session" / "journal.jsonl").read_text("utf-8")
    assert '"value":["1"' not in journal
    person.types("1 5 5 5")  # the next point: four are kept as they are
    assert '"value":["1","5","5","5"]' in (tmp_path / "session" / "journal.jsonl").read_text("utf-8")


# What comes of it


def test_the_middle_answers_what_is_prepared_but_for_the_two_most_apart(tmp_path: Path) -> None:
    person = written(tmp_path)
    person.types("/edit points", "Third", "Fourth", "")
    person.types("/jump points.influence", "/together")
    person.types("O1: 1 5 1 5\nO2: 4 4 4 3\nO3: 1 1 5 4\nO4: 2 5 1 3")
    assert person.value("points[O2]/points.influence") == "4"
    assert person.value("points[O4]/points.influence") == "3"
    assert person.value("points[O1]/points.influence") is None
    assert person.value("points[O3]/points.influence") is None
    heard = person.heard().split("\n")
    first, second = heard[0].split("; ")
    assert first.startswith("Most apart, so first: O1")
    assert second.startswith("O3")
    assert person.at == "points[O1]/points.influence"
    assert person.prompt.start == "3"
    person.types("")
    assert person.value("points[O1]/points.influence") == "3"


def test_what_a_vote_given_anew_leaves_to_talk_about_leads_back_to_where_somebody_was(tmp_path: Path) -> None:
    person = written(tmp_path, ROUNDS + WORDS_AT_THE_END)
    person.types("/jump points.influence", "/together", "O1: 1 5 1 5\nO2: 5 1 5 1", "/jump words")
    person.types("/edit points.votes", "O1: 1 5 5 1\nO2: 5 1 5 1")
    assert person.at == "points[O1]/points.influence"
    person.types("3", "2", *AFTER_INFLUENCE)
    assert person.at == "words", "and not what is open before it"


def test_an_answer_that_was_talked_about_is_not_overwritten_by_a_vote(tmp_path: Path) -> None:
    person = written(tmp_path)
    person.types("2", "5", "/jump points.influence", "/together")
    person.types("O1: 4 4 4 4\nO2: 4 4 4 4")
    assert person.value("points[O1]/points.influence") == "2"


def test_a_reworded_point_makes_its_ballot_stale_and_enter_keeps_it(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("4 4 4 4", "3 3 3 3")
    person.types("/edit O1", "Plan a day faster", "y")
    person.types("/jump points.votes")
    assert person.prompt.stale_because
    person.types("")
    assert not person.talk.plan.statuses[person.prompt.slot].stale
    assert person.value("points[O1]/points.votes") == ("4", "4", "4", "4")


def test_one_undo_takes_a_whole_closed_round_back_and_redo_brings_it(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("1 5\n2 5\n3 4\n3 4")
    person.types("/undo")
    assert person.value("points[O1]/points.votes") is None
    assert person.value("points[O2]/points.influence") is None
    person.types("/redo")
    assert person.value("points[O2]/points.influence") == "5"


def test_a_ballot_is_parked_declined_and_answered_by_a_program_like_anything(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    sure = Slot(StepId("sure"))
    person.types("/jump sure", "/park later", "Ann", "")
    assert person.talk.plan.statuses[sure].answer_state == "parked"
    person.types("/jump sure", "/na no time for it")
    assert person.talk.plan.statuses[sure].answer_state == "declined"
    person.talk.session.do(Accept(sure, [9, 7, 10, 8]))
    assert person.value("sure") == ("7", "8", "9", "10")


def test_places_are_as_far_apart_as_there_are_points_to_put_in_order(tmp_path: Path) -> None:
    person = written(tmp_path)
    person.types("/jump points.rank", "1 2\n2 1\n1 2\n2 1")
    assert person.talk.result is not None
    assert [line.spread for line in person.talk.result.lines] == [1.0, 1.0]
    person.types("/jump points.rank", "/open")
    form = person.talk.live.form
    assert form is not None
    assert [(line.kind, line.low, line.high) for line in form.lines] == [("rank", 1, 2)] * 2
    twice = {line.id: "1" for line in form.lines}
    assert person.talk.live.hand_in("a", form.id, Ballot(twice)) == "not_possible"


def test_choices_have_a_middle_and_no_mean(tmp_path: Path) -> None:
    person = written(tmp_path)
    person.types("/jump worth", "yes 3, no 2")
    status = person.talk.plan.statuses[Slot(StepId("worth"))]
    assert value_in_words(person.talk.plan, status).startswith("“Yes” in the middle, 5 ballots")


def test_what_several_wrote_stands_there_once_and_is_taken_as_often_as_it_was_written(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/together", "more light\nmore light\nless noise\nmore light")
    assert sorted(person.prompt.offers) == ["less noise", "more light (3×)"]
    person.types(str(person.prompt.offers.index("more light (3×)") + 1))
    assert person.value("points[O1]/points.title") == "more light"
    assert person.value("points[O1]/points.originals") == "\n".join(["more light"] * 3)
    assert person.prompt.offers == ("less noise",)


def test_an_idea_that_is_called_like_a_point_goes_into_it(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("Less Noise")
    person.types("/jump points", "/together", "less noise\nmore light")
    person.types("/jump points")
    person.types(str(person.prompt.offers.index("less noise") + 1))
    assert len(person.labels()) == 1
    assert person.value("points[O1]/points.originals") == "less noise"


def test_a_round_takes_as_long_as_all_of_its_questions_together(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("")
    form = person.talk.live.form
    assert form is not None
    assert form.minutes == 6  # two points, three minutes each


def test_a_journal_from_elsewhere_may_hold_no_ballots_and_another_word_for_names(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    room, sure = person.talk.session, Slot(StepId("sure"))
    room.record((RoundOpened(sure, "</td>", 3), SlotAnswered(sure, ("# heading", "7", "99", "8"))))
    status = person.talk.plan.statuses[sure]
    assert status.refusals, "it is asked again"
    assert value_in_words(person.talk.plan, status) == "7.5 on average, 2 ballots"
    assert person.state.rounds[sure].names == "nobody"
    person.types("/jump sure", "/where")
    assert "heading" not in str(latest_turns(person.talk.plan, 9))
