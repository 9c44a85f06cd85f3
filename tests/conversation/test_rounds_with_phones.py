"""Rounds with phones: opened and closed with Enter, hidden until then, with names only as was said before."""

from __future__ import annotations

from pathlib import Path

from bsc_coach.conversation.commands.registry import COMMAND_BY_NAME
from bsc_coach.conversation.submit import run_command
from bsc_coach.interview.live_round import Ballot
from bsc_coach.script.slots import Slot, StepId
from tests.support.people import begins, comes_back
from tests.support.rounds import ROUNDS, hands_in, influence, votes

# With phones


def test_enter_opens_a_round_says_how_many_are_in_and_closes_it(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("")
    form = person.talk.live.form
    assert form is not None
    assert [line.about for line in form.lines] == ["O1 plan faster", "O2 Plan without paper"]
    assert [line.kind for line in form.lines] == ["scale", "scale"]
    assert person.prompt.round is not None
    assert person.prompt.round.open
    person.types("")
    assert "Nobody has handed in" in person.heard()
    votes(person.talk, anna="4 2", bob="5 2", cees="5 1", dirk="3 2")
    assert person.prompt.round is not None
    assert person.prompt.round.handed_in == 4
    person.types("")
    assert person.value("points[O1]/points.votes") == ("3", "4", "5", "5")
    assert person.talk.live.form is None


def test_paper_and_phones_come_together(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.talk.seats_here = 3
    person.types("")
    votes(person.talk, anna="4 2", bob="5 2", cees="5 1")
    person.types("2 3\n1 1")
    assert "5 are in" in person.heard()
    assert person.value("points[O1]/points.votes") is None
    person.types("")
    assert person.value("points[O1]/points.votes") == ("1", "2", "4", "5", "5")


def test_sentences_are_heard_and_kept_without_a_name(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("")
    form = person.talk.live.form
    assert form is not None
    assert form.sentence
    values = {line.id: "3" for line in form.lines}
    for seat, sentence in (("a", "Paper is law here"), ("b", ""), ("c", "Ask the drivers"), ("d", "")):
        hands_in(person.talk, seat, Ballot(values, sentence=sentence, named="Anna"))
    person.types("")
    assert "Somebody wanted this said: Ask the drivers" in person.heard()
    assert sorted(str(person.value("heard")).split("\n")) == ["Ask the drivers", "Paper is law here"]
    assert "Anna" not in (tmp_path / "session" / "journal.jsonl").read_text("utf-8")


def test_a_round_that_is_left_leaves_nothing(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("")
    votes(person.talk, anna="4 2", bob="5 2")
    person.types("/drop")
    assert person.talk.live.form is None
    assert person.value("points[O1]/points.votes") is None
    assert "No round is open" in person.tries("/close")


def test_a_vote_that_is_reopened_is_given_anew(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("4 4 4 4", "3 3 3 3")
    person.types("/jump points.votes", "/open 2")
    form = person.talk.live.form
    assert form is not None
    assert len(form.lines) == 2
    votes(person.talk, anna="1 2", bob="1 2", cees="1 2", dirk="2 2")
    person.types("/close")
    assert person.value("points[O1]/points.votes") == ("1", "1", "1", "2")


def test_after_a_restart_the_same_form_is_open_and_empty(tmp_path: Path) -> None:
    person = influence(tmp_path)
    person.types("")
    form = person.talk.live.form
    votes(person.talk, anna="4 2", bob="5 2")
    person.talk.session.close()  # as a kill does: nothing is remembered
    again = comes_back(tmp_path)
    assert again.at == "points[O1]/points.votes"
    again.types("/where")
    assert again.talk.live.form == form
    assert again.talk.live.count == 0
    assert form is not None
    assert again.talk.live.hand_in("anna", form.id, Ballot({line.id: "3" for line in form.lines})) is None


# Who sees what


def test_looser_names_touch_nothing_that_was_given_before(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/jump sure", "/open nobody")
    first = person.talk.live.form
    votes(person.talk, anna="9", bob="8")
    person.types("/open everyone")
    assert person.talk.live.form is not None
    assert first is not None
    assert person.talk.live.form.id == first.id
    votes(person.talk, cees="7", dirk="3")
    person.types("/close")
    assert dict(person.state.named[Slot(StepId("sure"))]) == {"cees": "7", "dirk": "3"}
    journal = (tmp_path / "session" / "journal.jsonl").read_text("utf-8")
    assert "anna" not in journal
    assert "cees" in journal  # the control: where everyone knew, it is kept


def test_the_team_sees_names_while_it_looks_and_no_file_ever_has_them(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/jump sure", "/open team")
    votes(person.talk, anna="9", bob="8", cees="9", dirk="2")
    person.types("/close")
    assert person.talk.result is not None
    assert person.talk.result.lines[0].named[0] == ("anna", "9")
    assert "anna" not in (tmp_path / "session" / "journal.jsonl").read_text("utf-8")
    person.types("/jump worth", "yes 4 no 2")
    assert person.talk.result is not None
    assert person.talk.result.lines[0].named == ()


def everything_written(folder: Path) -> str:
    """Return all that stands in any file of a folder, as text."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return "\n".join(path.read_bytes().decode("utf-8", "replace") for path in files)


def test_nothing_of_an_open_round_is_in_any_file_or_answer_until_it_is_closed(tmp_path: Path) -> None:
    person = begins(tmp_path, ROUNDS)
    person.types("/together", "")
    secret = "the chairman sleeps"
    hands_in(person.talk, "a", Ballot(texts=(secret, "more light")))
    hands_in(person.talk, "b", Ballot(texts=("less noise",)))
    person.talk.remember()
    person.talk.session.write_strategy()
    person.talk.session.write_document()
    run_command(person.talk, COMMAND_BY_NAME["where"])
    shown = f"{person.prompt} {person.heard()}"
    assert secret not in everything_written(tmp_path)
    assert secret not in shown
    person.types("")
    assert secret in everything_written(tmp_path)  # the control: this finds it once it is there
    assert secret in person.prompt.offers
