"""The talk as a person has it: answers, small questions in between, remarks, looking again, coming back."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.submit import submit
from bsc_coach.interview.remarks import remarks
from bsc_coach.words import say
from tests.support.people import ABOUT, ALL, OPERATIONS, SHOP, Person, begins, comes_back
from tests.support.scripts import BAKERY

TOPIC = "Supplier reliability"
O1 = "clusters[operations]/candidates[O1]"


def remarked(person: Person) -> list[str]:
    """Return the steps of the answers that the coach has a remark on."""
    return [slot.step for slot in person.talk.plan.statuses if remarks(person.talk.plan, slot)]


@pytest.fixture
def person(tmp_path: Path) -> Person:
    return begins(tmp_path)


@pytest.fixture
def done(tmp_path: Path) -> Person:
    """Somebody who has answered all but the confirmation."""
    person = begins(tmp_path)
    person.types(*ALL)
    assert person.at == "ending.confirm"
    return person


def test_a_whole_interview_can_be_typed(person: Person) -> None:
    person.types(*ALL)
    assert person.value("organisation.kind") == "business"
    assert person.value("organisation.year") == 2030
    assert person.value("opened") == "1998-05"
    assert person.value("goods[P2]/goods.value") == "needed"
    assert person.value("clusters[operations]/candidates[O2]/kpis[O2.1]/kpis.target") == 12.5
    assert person.at == "ending.confirm"
    person.types("")
    assert person.at == "done"
    assert "/review" in submit(person.talk, "anything").turns[0].text


def test_each_answer_is_said_back_with_its_question(person: Person) -> None:
    turns = person.types("Korenaar").turns
    assert [(turn.speaker, turn.text) for turn in turns] == [("coach", "Which bakery?"), ("team", "Korenaar")]
    assert person.prompt.ask == "What is Korenaar there for?"
    assert person.types("1").turns[1].text == "To earn a return"


def test_enter_alone_goes_past_what_is_optional_and_nothing_else(person: Person) -> None:
    person.types("")
    assert person.at == "organisation.name"
    assert "/park" in person.heard()
    person.types("Korenaar", "1", "2030", "Bread at every door")
    assert person.at == "organisation.values"
    person.types("")
    assert person.at == "slogan"


def test_what_cannot_be_taken_stays_in_the_box_with_a_way_out(person: Person) -> None:
    person.types("Korenaar", "1")
    assert "like 2030" in person.tries("when the depot is full")
    assert "2100" in person.tries("2200")
    assert person.at == "organisation.year"
    person.types("2030")
    assert person.at == "organisation.ambition"


def test_two_slashes_stand_for_one_of_the_answer(person: Person) -> None:
    person.types("//the bakery")
    assert person.value("organisation.name") == "/the bakery"


def test_an_unknown_command_stays_in_the_box(person: Person) -> None:
    heard = person.tries("/prak it")
    assert "/prak" in heard
    assert person.at == "organisation.name"


def test_text_of_several_lines_that_begins_with_a_slash_is_an_answer(person: Person) -> None:
    person.types("Korenaar", "1", "2030", "/home baked\nand warm")
    assert person.value("organisation.ambition") == "/home baked\nand warm"


# Small questions in between


def test_parking_asks_why_who_and_when(person: Person) -> None:
    assert "why" in person.types("/park").turns[0].text.casefold()
    person.types("the baker knows", "Ann", "june 2027")
    fact = next(iter(person.state.facts.values()))
    assert (fact.answer_state, fact.reason, fact.owner, fact.due) == (
        "parked", "the baker knows", "Ann", "2027-06",
    )  # fmt: skip
    assert person.at == "organisation.kind"


def test_parking_needs_neither_why_nor_who_nor_when(person: Person) -> None:
    person.types("/park", "", "", "")
    assert next(iter(person.state.facts.values())).answer_state == "parked"


def test_a_reason_given_with_the_command_is_not_asked_for(person: Person) -> None:
    person.types("/park the baker knows", "Ann", "")
    assert next(iter(person.state.facts.values())).reason == "the baker knows"
    person.types("/na we are many things")
    assert person.talk.plan.statuses[person.talk.position.trail[-1]].answer_state == "declined"


def test_a_date_that_cannot_be_read_is_asked_again_and_not_taken_for_an_answer(person: Person) -> None:
    person.types("/park later", "Ann")
    assert "2028-06" in person.tries("some day")
    person.types("2027")
    fact = next(iter(person.state.facts.values()))
    assert (fact.answer_state, fact.due) == ("parked", "2027")
    assert person.value("organisation.name") is None


def test_a_reason_that_is_too_long_is_asked_again(person: Person) -> None:
    person.types("/park")
    person.tries("x" * 301)
    person.types("short", "", "")
    assert next(iter(person.state.facts.values())).reason == "short"


@pytest.mark.parametrize("command", ["/na", "/keep"])
def test_enter_leaves_a_question_for_a_reason_without_doing_anything(person: Person, command: str) -> None:
    if command == "/keep":
        person.types(*ABOUT, *SHOP, TOPIC)
    before, value = person.state.actions, person.at
    person.types(command, "")
    assert person.state.actions == before
    assert person.at == value
    assert person.talk.asking is None


def test_what_does_not_apply_has_a_reason(person: Person) -> None:
    person.types("Korenaar", "1", "/na")
    assert person.talk.asking is not None
    person.types("we plan by the week")
    assert person.at == "organisation.ambition"
    person.types("/back")
    assert person.at == "organisation.year"
    assert person.talk.plan.statuses[person.prompt.slot].answer_state == "declined"


@pytest.mark.parametrize("command", ["/back", "/next", "/undo", "/jump shop"])
def test_a_command_leaves_a_small_question(person: Person, command: str) -> None:
    person.types("Korenaar", "/park", command)
    assert person.talk.asking is None
    assert "parked" not in [fact.answer_state for fact in person.state.facts.values()]


def test_looking_something_up_does_not_leave_a_small_question(person: Person) -> None:
    person.types("/na")
    assert person.types("/help").screen is not None
    person.types("we have no name")
    assert next(iter(person.state.facts.values())).reason == "we have no name"


def test_a_slash_in_a_reason_is_doubled(person: Person) -> None:
    person.types("/na", "//etc")
    assert next(iter(person.state.facts.values())).reason == "/etc"


# Consequences


def test_an_edit_that_touches_others_says_so_before_it_is_taken(done: Person) -> None:
    done.types("/edit organisation.year")
    before = done.state.actions
    heard = done.types("2031").turns[0].text
    assert "Ambition" in heard
    assert done.state.actions == before
    done.types("")
    assert done.value("organisation.year") == 2031


def test_only_the_wording_changes(done: Person) -> None:
    done.types("/edit organisation.ambition", "Bread at each door", "w")
    assert done.value("organisation.ambition") == "Bread at each door"
    assert [s.slot.step for s in done.talk.plan.statuses.values() if s.stale] == []


def test_leaving_it_as_it_was_keeps_what_was_typed_at_hand(done: Person) -> None:
    done.types("/edit organisation.ambition")
    slot = done.prompt.slot
    done.types("Cake for all")
    assert done.talk.session.drafts.get(str(slot)) == "Cake for all"
    done.types("c")
    assert done.value("organisation.ambition") == "Bread at every door"
    assert done.at == "organisation.ambition"
    assert done.talk.session.drafts.get(str(slot)) == "Cake for all"
    done.types("Cake for all", "")
    assert done.value("organisation.ambition") == "Cake for all"
    assert done.talk.session.drafts.get(str(slot)) is None


def test_an_edit_that_touches_nothing_is_taken_at_once(done: Person) -> None:
    done.types("/edit motto", "Rise earlier")
    assert done.value("motto") == "Rise earlier"
    assert done.talk.asking is None


def test_a_question_that_an_edit_brings_in_is_asked_next(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar", "2", *ABOUT[2:7], *SHOP)
    person.types("/edit organisation.kind", "1", "")
    assert person.at == "opened"
    person.types("1998")
    assert person.at == "clusters[operations]/candidates"


# Where we are


def test_back_goes_where_one_was_also_with_something_half_typed(person: Person) -> None:
    person.types("Korenaar", "1")
    person.tries("half a numb")
    person.types("/back")
    assert person.at == "organisation.kind"
    person.types("/back")
    assert person.at == "organisation.name"
    person.types("/back")
    assert person.at == "organisation.name"
    assert person.prompt.answer == "Korenaar"


def test_enter_at_an_answered_question_goes_on(person: Person) -> None:
    person.types("Korenaar", "/back", "")
    assert person.at == "organisation.kind"
    assert len(person.state.actions) == 1
    person.types("/back", "Korenaar")
    assert len(person.state.actions) == 1


def test_next_leaves_a_question_open(person: Person) -> None:
    person.types("/next")
    assert person.at == "organisation.kind"
    assert person.state.actions == ()
    person.types("/back")
    assert person.at == "organisation.name"


def test_a_jump_to_an_answer_comes_back_after_it_is_given_anew(person: Person) -> None:
    person.types(*ABOUT, *SHOP)
    here = person.at
    person.types("/edit organisation.name")
    assert person.at == "organisation.name"
    person.types("Korenaar Bakeries")
    assert person.at == here


@pytest.mark.parametrize("where", ["choosing", "Choos", "/jump choosing"])
def test_a_jump_goes_to_a_part_of_the_agenda_by_how_it_begins(done: Person, where: str) -> None:
    done.types(f"/jump {where.removeprefix('/jump ')}")
    assert done.at == "clusters[operations]/vital"


def test_a_jump_to_nowhere_says_how_to_name_a_place(person: Person) -> None:
    person.types("/jump the moon")
    assert person.at == "organisation.name"
    assert say("talk.no_place", "en", name="the moon") in person.heard()


def test_a_question_is_gone_to_by_what_it_is_called_on_the_screen(done: Person) -> None:
    done.types("/jump year")
    assert done.at == "organisation.year"


def test_an_item_is_gone_to_by_its_short_id_however_it_is_written(done: Person) -> None:
    for typed in ("o2", "O2", " O2 "):
        done.types(f"/edit {typed}")
        assert done.at == "clusters[operations]/candidates[O2]/objective.title"  # what it is called now
        done.types("/back")


def test_navigation_is_not_an_action(done: Person) -> None:
    before = done.state.actions
    done.types("/back", "/next", "/jump about", "/edit O1", "/why", "/example", "/history", "/back")
    assert done.state.actions == before


# Undo


def test_undo_says_what_and_goes_there(person: Person) -> None:
    person.types("Korenaar", "1", "2030")
    assert "2030" in person.talk.what_undo_takes_back()
    assert "2030" in person.types("/undo").turns[0].text
    assert person.at == "organisation.year"
    person.types("/undo", "/undo")
    assert person.at == "organisation.name"
    assert person.state.effective == ()
    assert person.tries("/undo")


def test_redo_brings_back_what_was_undone(person: Person) -> None:
    person.types("Korenaar", "1", "/undo", "/undo", "/redo", "/redo")
    assert person.value("organisation.kind") == "business"
    assert person.tries("/redo")


def test_undoing_an_item_goes_to_its_list(person: Person) -> None:
    person.types(*ABOUT, "Rye", "/undo")
    assert person.at == "goods"
    assert person.labels() == []


# Remarks


def test_after_a_remark_the_answer_can_be_reworded(person: Person) -> None:
    person.types(*ABOUT, *SHOP)
    reply = person.types(TOPIC)
    assert "/keep" in reply.turns[-1].text
    assert person.at == f"{O1}/candidates.title"
    assert person.prompt.answer == TOPIC
    person.types("Shorten the night shift")
    assert person.value(f"{O1}/candidates.title") == "Shorten the night shift"
    assert person.at == "clusters[operations]/candidates"


def test_after_a_remark_enter_goes_on_and_the_remark_stays(person: Person) -> None:
    person.types(*ABOUT, *SHOP, TOPIC, "")
    assert person.at == "clusters[operations]/candidates"
    assert remarked(person) == ["candidates.title"]


def test_after_a_remark_the_answer_can_be_kept_with_a_reason(person: Person) -> None:
    person.types(*ABOUT, *SHOP, TOPIC, "/keep everybody calls it that")
    assert person.at == "clusters[operations]/candidates"
    assert remarked(person) == []
    (kept,) = person.state.kept.values()
    assert kept.reason == "everybody calls it that"


def test_the_reason_to_keep_is_said_without_a_second_because(person: Person) -> None:
    person.types(*ABOUT, *SHOP, TOPIC, "/keep because everybody calls it that")
    (kept,) = person.state.kept.values()
    assert kept.reason == "everybody calls it that"


def test_a_rule_can_be_muted_with_a_reason_and_heard_again(person: Person) -> None:
    person.types(*ABOUT, *SHOP, TOPIC)
    assert "because" in person.types("/mute").turns[-1].text
    reply = person.types("because we only list topics today")
    assert reply.turns[-1].text == say("talk.muted", "en", rule="O01", reason="we only list topics today")
    assert person.at == f"{O1}/candidates.title"
    assert remarked(person) == []
    person.types("/mute O01")
    assert remarked(person) == ["candidates.title"]


def test_muting_nothing_says_how(person: Person) -> None:
    assert "/mute O09" in person.types("/mute").turns[-1].text
    assert person.tries("/mute O99 because")


def test_keeping_where_there_is_no_remark_does_nothing(person: Person) -> None:
    person.types("/keep because")
    assert person.state.actions == ()
    assert person.heard()


# Looking again


def test_a_stale_answer_is_still_right_by_enter(done: Person) -> None:
    done.types("/edit organisation.year", "2031", "", "/edit organisation.ambition")
    assert done.prompt.stale_because == ("Year",)
    done.types("")
    assert [s.slot.step for s in done.talk.plan.statuses.values() if s.stale] == []
    assert done.value("organisation.ambition") == "Bread at every door"


@pytest.mark.parametrize("how", ["/right", "Bread at every door"])
def test_a_stale_answer_is_still_right_by_command_or_by_saying_it_again(done: Person, how: str) -> None:
    done.types("/edit organisation.year", "2031", "", "/edit organisation.ambition", how)
    assert [s.slot.step for s in done.talk.plan.statuses.values() if s.stale] == []


def test_still_right_where_nothing_is_stale_does_nothing(person: Person) -> None:
    person.types("Korenaar", "/back", "/right")
    assert len(person.state.actions) == 1


def test_an_answer_that_does_not_fit_any_more_is_not_taken_again(done: Person) -> None:
    done.types("/remove O1", "/jump operations", "/edit candidates", "Shorten the night shift", "/restore O1")
    doubled = "clusters[operations]/candidates[O3]/candidates.title"
    done.types("/edit O3")
    assert done.at == doubled
    assert [refusal.key for refusal in done.prompt.refusals] == ["already_there"]
    done.tries("Shorten the night shift")
    done.types("Shorten the morning shift")
    assert done.prompt is not None
    assert done.value(doubled) == "Shorten the morning shift"


def test_a_confirmation_is_undone_by_a_change_and_asked_again(done: Person) -> None:
    done.types("")
    assert done.at == "done"
    confirm = done.talk.plan.order[-1]
    done.types("/edit motto", "Rise earlier")
    assert done.talk.plan.statuses[confirm].answer_state == "open"
    assert done.at == "ending.confirm"
    done.types("")
    assert done.at == "done"


def test_earlier_wordings_can_be_had_again(person: Person) -> None:
    person.types("Korenaar", "/back", "Bakker", "/back")
    heard = [turn.text for turn in person.types("/history").turns]
    assert "Korenaar" in heard[0]
    assert "Bakker" in heard[1]
    person.types("/history 1")
    assert person.value("organisation.name") == "Korenaar"


def test_why_and_examples_are_told_where_there_are_any(tmp_path: Path) -> None:
    toml = BAKERY.replace('ask = "Which bakery?"', 'ask = "Which bakery?"\ngood = "Korenaar"\nreason = "So."')
    person = begins(tmp_path, toml)
    assert [turn.text for turn in person.types("/why").turns][-1].endswith("So.")
    assert "Korenaar" in person.types("/example").turns[0].text
    person.types("Bakker", "/example")
    assert person.heard()


# Coming back


def test_a_session_goes_on_at_the_same_question(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar", "1", "/jump shop")
    assert person.at == "goods"
    person.leaves()
    again = comes_back(tmp_path)
    assert again.at == "goods"
    again.types("/back")
    assert again.at == "organisation.year"


def test_without_the_cursor_a_session_goes_on_after_the_last_answer(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, "Rye", "/jump about")
    person.leaves()
    for path in (tmp_path / "session" / ".local").glob("cursor*"):
        path.unlink()
    assert comes_back(tmp_path).at == "goods[P1]/goods.value"


def crashes(person: Person) -> None:
    """End the program without leaving: the cursor stays where it was."""
    person.talk.session.close()


def test_after_a_crash_one_is_where_one_was_typing(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types(*ABOUT, "Rye", "1", "/jump about")
    slot = person.talk.at
    assert slot is not None
    person.talk.session.drafts.put(str(slot), "Korenaar and da")
    crashes(person)
    again = comes_back(tmp_path)
    assert again.talk.at == slot


def test_what_was_half_typed_before_later_answers_calls_nobody_back(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.talk.session.drafts.put(str(person.talk.at), "Kor")
    person.types("/next", "1", "2030")
    crashes(person)
    assert comes_back(tmp_path).at == "organisation.ambition"


def test_a_cursor_from_before_later_answers_calls_nobody_back(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar")
    person.leaves()
    again = comes_back(tmp_path)
    again.types("1", "2030")
    crashes(again)
    assert comes_back(tmp_path).at == "organisation.ambition"


def test_a_cursor_that_cannot_be_read_does_no_harm(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar")
    person.leaves()
    for path in (tmp_path / "session" / ".local").glob("cursor*"):
        path.write_bytes(b"\xff\x00 not a cursor")
    assert comes_back(tmp_path).at == "organisation.kind"


def test_a_session_that_is_read_only_takes_nothing_and_says_so(tmp_path: Path) -> None:
    person = begins(tmp_path)
    person.types("Korenaar")
    reader = comes_back(tmp_path)
    assert reader.talk.session.read_only
    for line in ("1", "", "/park", "/na", "/na no", "/undo", "/park why"):
        before = reader.at
        submit(reader.talk, line)
        assert reader.talk.asking is None
        assert reader.at == before
        assert len(reader.state.actions) == 1
    reader.types("/back", "/next", "/jump shop", "/why")
    reader.leaves()
    person.types("1")
    assert person.value("organisation.kind") == "business"


def test_two_talks_with_the_same_lines_write_the_same_journal(tmp_path: Path) -> None:
    lines = (*ALL, "/edit organisation.year", "2031", "", "/undo", "/redo", "/remove P1", "", "/restore P1")
    journals = []
    for name in ("one", "other"):
        (tmp_path / name).mkdir()
        person = begins(tmp_path / name)
        person.types(*lines)
        person.leaves()
        journals.append((tmp_path / name / "session" / "journal.jsonl").read_bytes())
    assert journals[0] == journals[1]
    assert journals[0].count(b"\n") > 30


def test_other_lines_write_another_journal(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    one, other = begins(tmp_path / "one"), begins(tmp_path)
    one.types(*OPERATIONS[:1])
    other.types("Korenaar")
    one.leaves()
    other.leaves()
    assert (tmp_path / "one/session/journal.jsonl").read_bytes() != (
        tmp_path / "session/journal.jsonl"
    ).read_bytes()
