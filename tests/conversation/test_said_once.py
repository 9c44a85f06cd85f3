"""What the coach says once: of wordings that were kept, of hints that are known, of links that lack."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.findings import findings
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.facts.answers import Accept, Park
from bsc_coach.interview.facts.coaching import KeepAnswer
from bsc_coach.interview.facts.lists import AddItem, CloseList
from bsc_coach.interview.remarks import remarks
from bsc_coach.script.slots import Slot, StepId, parse_slot
from bsc_coach.session.session import Session
from tests.support.pages import whole
from tests.support.people import Person
from tests.support.small_map import add, choose, slot_about, small_map

CANDIDATES = parse_slot("clusters[operations]/candidates")
LINKS = parse_slot("links")
VAGUE = {
    "en": ("Achieve operational excellence in the workshop", "Achieve world-class repairs in the workshop"),
    "nl": (
        "Operational excellence bereiken in de werkplaats",
        "Optimale reparaties in de werkplaats",
    ),
}
"""A wording that O02 remarks on, and another one that it remarks on for another word."""


def at(session: Session, slot: Slot) -> Person:
    """Return somebody who is at a question."""
    return Person(start_talk(session, at=slot))


def link(session: Session, cause: str, effect: str) -> None:
    """Draw a link between two points."""
    ends = [session.plan.state.item_by_name(name) for name in (cause, effect)]
    fields = {StepId(f"links.{end}"): [item] for end, item in zip(("cause", "effect"), ends, strict=True)}
    because = {StepId("links.because"): "they feel it at once"}
    assert session.do(AddItem(LINKS, {**fields, **because})).accepted


def told(session: Session, rule: str) -> list[str]:
    """Return which items the findings page says something of by a rule."""
    return [one.name for one in findings(session.plan) if one.rule == rule]


def kept_until_the_title(folder: Path, language: str, *, keep: bool = True) -> tuple[Session, Person, Slot]:
    """Keep a candidate against a remark, choose it, and take its wording as the title of the objective."""
    session = small_map(folder, language=language)
    person = at(session, CANDIDATES)
    person.types(VAGUE[language][0])
    assert [one.rule for one in person.prompt.remarks] == ["O02"]
    person.types(*(["/keep because the board says so"] if keep else [""]), "/done")
    choose(session, "operations", *session.plan.state.list_at(CANDIDATES).live)
    title = slot_about(session, "objective.title", "O2")
    person.talk.position.go_to(title)
    person.types("")
    return session, person, title


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_candidate_that_was_kept_is_kept_as_an_objective_on_every_page(
    tmp_path: Path, language: str
) -> None:
    session, person, title = kept_until_the_title(tmp_path, language)
    assert session.plan.answer(title) == VAGUE[language][0]
    assert person.talk.at != title  # nothing was said of it
    assert told(session, "O02") == []
    assert "O02" not in {one.rule for one in session.notes().alarms}
    assert "the board says so" in whole(session.strategy(), session.notes())


@pytest.mark.parametrize("language", ["en", "nl"])
def test_the_control_what_was_only_passed_is_said_of_the_objective_too(tmp_path: Path, language: str) -> None:
    session, person, title = kept_until_the_title(tmp_path, language, keep=False)
    assert person.talk.at == title
    assert [one.rule for one in person.prompt.remarks] == ["O02"]
    assert len(told(session, "O02")) == 1


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_new_title_is_judged_where_it_is_about_another_word(tmp_path: Path, language: str) -> None:
    session, _, title = kept_until_the_title(tmp_path, language)
    kept, other = VAGUE[language]
    session.do(Accept(title, f"{kept} (2)"))
    assert "O02" not in {one.rule for one in remarks(session.plan, title)}
    assert told(session, "O02") == []
    session.do(Accept(title, other))
    assert "O02" in {one.rule for one in remarks(session.plan, title)}
    assert len(told(session, "O02")) == 1


def test_what_was_kept_for_the_map_at_one_answer_is_not_said_at_the_next(own: Session) -> None:
    horizons = [
        slot for slot, one in own.plan.statuses.items() if slot.step == "objective.horizon" and one.active
    ]
    for slot in horizons:
        own.do(Accept(slot, "short"))
    assert [one.rule for one in remarks(own.plan, horizons[-1])] == ["M14", "M15"]
    own.do(KeepAnswer(horizons[-1], "M15", "the owners sell within three years"))
    added = add(own, "clusters[social]/candidates", "Keep paths open in winter")
    own.do(CloseList(parse_slot("clusters[social]/candidates")))
    frame = own.plan.state.frames[added]
    vital = next(slot for slot in own.plan.statuses if slot.step == "vital" and slot.frame == frame[:1])
    chosen = own.plan.answer(vital)
    assert isinstance(chosen, tuple)
    own.do(Accept(vital, [*chosen, added]))
    last = Slot(StepId("objective.horizon"), frame)
    own.do(Accept(last, "short"))
    assert [one.rule for one in remarks(own.plan, last)] == ["M14"]


LIMITS = {
    "en": (
        "Answer every letter", "Return every call", "Greet every guest", "Send every invoice",
        "Oil every hinge",
    ),
    "nl": (
        "Elke brief beantwoorden", "Elk telefoontje teruggeven", "Elke gast begroeten",
        "Elke rekening sturen", "Elk scharnier smeren",
    ),
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "nl"])
def test_a_hint_that_was_passed_twice_is_not_said_in_the_talk_again(tmp_path: Path, language: str) -> None:
    session = small_map(tmp_path, language=language)
    person = at(session, CANDIDATES)
    first, second, third, fourth, _ = LIMITS[language]
    for title in (first, second):
        person.types(title)
        assert [one.rule for one in person.prompt.remarks] == ["O08"]
        person.types("")
    for title in (third, fourth):
        person.types(title)
        assert person.talk.at == CANDIDATES  # it goes on
    choose(session, "operations", *session.plan.state.list_at(CANDIDATES).live)
    assert len(told(session, "O08")) == 4
    added = session.plan.state.list_at(CANDIDATES).live[-1]
    last = next(slot for slot in session.plan.index.of_step[StepId("candidates.title")] if slot.item == added)
    assert [one.rule for one in remarks(session.plan, last)] == ["O08"]  # for who asks without talking


def test_a_hint_that_was_followed_does_not_count(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    person = at(session, CANDIDATES)
    for title in LIMITS["en"]:
        person.types(title)
        assert [one.rule for one in person.prompt.remarks] == ["O08"]
        person.types(title.replace("every", "the last"))
        assert person.talk.at == CANDIDATES


def test_lines_that_were_pasted_are_one_remark(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    person = at(session, CANDIDATES)
    *pasted, last = LIMITS["en"]
    person.types("\n".join(pasted), "")
    person.types("")
    person.talk.position.go_to(CANDIDATES)
    person.types(last)
    assert [one.rule for one in person.prompt.remarks] == ["O08"]


def test_warnings_are_said_of_each_answer(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    person = at(session, CANDIDATES)
    for title in ("Complaints handling", "Supplier reliability", "Workshop planning", "Stock accuracy"):
        person.types(title)
        assert [one.rule for one in person.prompt.remarks] == ["O01"]
        person.types("")


def test_a_hint_on_the_wording_that_a_title_begins_with_was_said(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    person = at(session, CANDIDATES)
    person.types(LIMITS["en"][0], "", "/done")
    choose(session, "operations", *session.plan.state.list_at(CANDIDATES).live)
    title = slot_about(session, "objective.title", "O2")
    person.talk.position.go_to(title)
    person.types("")
    assert person.talk.at != title
    session.do(Accept(title, "Answer every question"))
    person.talk.position.go_to(title)
    assert [one.rule for one in person.prompt.remarks] == ["O08"]  # another wording


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("preset", ["90_minutes", "half_day", "everything"])
def test_what_nothing_drives_is_said_once_the_links_are_finished(
    tmp_path: Path, preset: str, language: str
) -> None:
    session = small_map(tmp_path, preset=preset, language=language)
    link(session, "O1", "CM1")
    person = at(session, LINKS)
    person.types("/done")
    said = {one.rule: one for one in person.prompt.remarks}
    assert said["M05"].about == ("F1", "F2")
    assert said["M04"].about == ("C1", "C2")
    for items, rule in (("F1, F2", "M05"), ("C1, C2", "M04")):
        assert person.heard().count(items) == 1
        assert said[rule].say in person.heard()
    person.types("")
    assert person.talk.at != LINKS
    assert person.heard() == ""


def test_links_that_drive_all_are_finished_in_silence(tmp_path: Path) -> None:
    session = small_map(tmp_path, preset="90_minutes")
    ends = [("O1", "C1"), ("CM1", "C2"), ("I1", "C1"), ("S1", "C2"), ("C1", "F1"), ("C2", "F2")]
    for cause, effect in ends:
        link(session, cause, effect)
    person = at(session, LINKS)
    person.types("/done")
    assert person.talk.at != LINKS


def of_kpis(session: Session) -> set[str]:
    """Return by which rules the findings page says something of a KPI."""
    return {one.rule for one in findings(session.plan) if one.rule[0] == "K"}


def begin_a_kpi(session: Session) -> Person:
    """Fill in the first fields of a KPI of O1, one by one; nothing is said to lack meanwhile."""
    person = at(session, Slot(StepId("kpis"), slot_about(session, "objective.title", "O1").frame))
    for line in ("Median minutes from door to desk", "minutes", "31", "14", "2"):
        person.types(line)
        assert of_kpis(session) == set(), line
    assert person.talk.at is not None
    assert person.talk.at.step == "kpis.target_date"
    return person


def test_a_kpi_that_was_left_half_filled_in_lacks_what_is_behind(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    begin_a_kpi(session)
    others = Slot(StepId("kpis"), slot_about(session, "objective.title", "CM1").frame)
    session.do(AddItem(others, {StepId("kpis.name"): "Calls back within the day"}))
    first, second = (one.id for one in session.strategy().kpis)
    lacking = {one.name.split()[0] for one in findings(session.plan) if one.rule == "K08"}
    assert (first in lacking, second in lacking) == (True, False)


def test_a_field_of_a_kpi_that_was_put_off_is_missed(tmp_path: Path) -> None:
    session = small_map(tmp_path)
    frame = begin_a_kpi(session).prompt.slot.frame
    for step in ("target_date", "owner_role", "lead_lag"):
        assert "K29" not in of_kpis(session)
        session.do(Park(Slot(StepId(f"kpis.{step}"), frame), "nobody knows"))
    assert "K08" in of_kpis(session)
    assert "K29" not in of_kpis(session)
    session.do(Park(Slot(StepId("kpis.guard"), frame), "nobody knows"))
    assert "K29" in of_kpis(session)
