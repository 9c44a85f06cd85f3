"""minutes.md: what a secretary would hand in, and what a reader finds in it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import HealthCheck, assume, given, settings

from bsc_coach.documents.reports.minutes import render_minutes
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.notes import Minute, MinuteKind, Minutes, Notes, SectionState, TimeMinute
from tests.documents.structure import caught_without_escaping, same_structure
from tests.documents.templating.test_render import section, with_text
from tests.support.hostile import FIXED, Seen, as_read, hostile_text, see
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

NO_RECORD = Minutes()
TIMES = (
    SectionState(title="Ambition", settled=1, possible=1, minutes_planned=10, minutes_elapsed=9),
    SectionState(title="KPIs", settled=1, possible=1, minutes_planned=20, minutes_elapsed=24),
)


def at(
    time: str, kind: str = "answered", *, by: str = "Ann", day: str = "2026-11-18", **told: object
) -> Minute:
    """Return something said at a time of day."""
    return Minute.model_validate({"at": f"{day}T{time}:00+00:00", "by": by, "kind": kind, **told})


KPI = {"section": "KPIs", "about": "O1.1 Median days"}
SAID = (
    at("09:00", section="Ambition", question="Which year?", short="Year", said="2030"),
    at("09:10", **KPI, question="What do you call it?", short="KPI", said="Median days"),
    at("09:10", **KPI, question="In which unit?", short="Unit", said="days"),
    at("09:11", **KPI, question="By when?", short="Target date", said="2027-12"),
    at("09:12", "reworded", **KPI, question="By when?", short="Target date", said="2028-12",
       before="2027-12", remark="That is before the schedule opens.", by="Luis"),
    at("09:13", "reworded", section="Ambition", question="Which year?", short="Year", said="2031",
       before="2030", undone=True),
    at("09:14", "parked", **KPI, question="Who owns it?", short="Owner", reason="not in the room",
       owner="CMO", due="2027-01-05"),
    at("09:15", "removed", section="KPIs", said="O1.2 Slots"),
    at("09:16", "muted", said="O09", reason="we list topics"),
)  # fmt: skip


def told(said: Iterable[Minute] = SAID) -> str:
    return render_minutes(RIVERBEND, RIVERBEND_NOTES, Minutes(said=tuple(said), sections=TIMES))


def rows(document: str, heading: str) -> list[str]:
    """Return the rows of the table under a heading, without its head."""
    return [line for line in section(document, heading).splitlines() if line.startswith("| ")][1:]


def test_the_head_tells_when_it_was_how_much_was_said_and_who_wrote() -> None:
    head = told().split("\n\n")[1]
    assert "18 November 2026, from 09:00 to 09:16. All times are UTC." in head
    assert (
        "4 answers were given, one was reworded, one question was parked and one thing was taken back."
        in head
    )
    assert "Ann wrote it down" in head


def test_a_login_name_wrote_nothing_down() -> None:
    by_login = [minute.model_copy(update={"by": "root"}) for minute in SAID]
    assert "root" not in told(by_login)


def test_who_was_there_and_how_they_voted() -> None:
    assert "| Luis Ortega | CFO | takes part | 3 – consent | Cash in 2027 |" in rows(
        told(), "## Who was there"
    )


def test_decisions_have_their_numbers_and_their_dissent() -> None:
    decisions = section(told(), "## Decisions")
    assert "- **D1 Billing clarity is not chosen**" in decisions
    assert "Dissent: the CFO dissents: it costs us goodwill" in decisions


def test_a_rewording_shows_before_after_and_why_and_one_taken_back_says_so() -> None:
    assert rows(told(), "## What was reworded") == [
        "| 09:12 | O1.1 Median days (Target date) | December 2027 | December 2028 "
        "| That is before the schedule opens. |",
        "| 09:13 | Which year? | 2030 | 2031 (taken back) |  |",
    ]


def test_a_capital_alone_is_no_rewording() -> None:
    typed = at(
        "09:17", "reworded", **KPI, question="What?", short="KPI", said="Mean days", before="mean  Days"
    )
    tidied, other = typed, typed.model_copy(update={"said": "Median days"})
    before = rows(told(), "## What was reworded")
    assert rows(told((*SAID, tidied)), "## What was reworded") == before
    assert len(rows(told((*SAID, other)), "## What was reworded")) == len(before) + 1, "the control"
    assert "one was reworded" in told((*SAID, tidied))
    assert "2 were reworded" in told((*SAID, other))


def test_what_was_said_about_one_thing_is_one_row_without_its_name_again() -> None:
    assert (
        rows(told(), "### KPIs")[0]
        == "| 09:10 | O1.1 Median days | *Unit:* days · *Target date:* December 2027 |"
    )


def test_another_writer_is_named_and_has_a_row_of_his_own() -> None:
    assert "| 09:12 | O1.1 Median days (Luis) | *Target date:* reworded: December 2028 |" in rows(
        told(), "### KPIs"
    )


def test_what_was_parked_tells_who_brings_it_back_when_and_why() -> None:
    assert "*Owner:* parked (CMO, by 5 January 2027): not in the room" in section(told(), "### KPIs")


def test_what_belongs_to_no_section_comes_last() -> None:
    document = told()
    assert "O09 was left alone: we list topics" in section(document, "### Not in one section")
    assert document.index("### KPIs") < document.index("### Not in one section")


def test_the_time_of_the_sections_is_added_up() -> None:
    assert rows(told(), "## Time per section") == [
        "| Ambition | 10 | 9 |",
        "| KPIs | 20 | 24 |",
        "| **Together** | **30** | **33** |",
    ]


def test_a_session_of_several_days_tells_the_day_of_everything() -> None:
    document = told(
        [*SAID, at("10:00", day="2026-11-19", section="KPIs", question="Anything else?", said="no")]
    )
    assert "from 18 November 2026, 09:00 to 19 November 2026, 10:00" in document
    assert "| 2026-11-19 10:00 |  | *Anything else?* no |" in rows(document, "### KPIs")


def test_without_a_session_it_says_so_and_tells_the_decisions() -> None:
    document = render_minutes(RIVERBEND, RIVERBEND_NOTES, NO_RECORD)
    assert "There is no record of a session" in document
    assert "- **D1 Billing clarity is not chosen**" in document
    assert "UTC" not in document
    assert "There is no record of a session" not in told()


@pytest.mark.parametrize("kind", get_args(MinuteKind))
@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_kind_of_thing_said_has_words(kind: str, language: str) -> None:
    strategy = RIVERBEND.model_copy(update={"language": language})
    said = Minutes(said=(at("09:00", kind, section="KPIs", question="Which unit?", said="days"),))
    told = render_minutes(strategy, NO_NOTES, said)
    # What was taken over was not said in this session, and so has no place in its record.
    assert ("*Which unit?* " in told) == (kind != "taken_over")


@pytest.mark.parametrize("minutes", [NO_RECORD, Minutes(said=(at("09:00", "muted"),))], ids=["none", "bare"])
def test_an_empty_strategy_has_minutes_too(minutes: Minutes) -> None:
    document = render_minutes(EMPTY, NO_NOTES, minutes)
    assert "Nobody was written down." in document
    assert "No decision was written down." in document


def test_they_are_in_the_language_of_the_strategy() -> None:
    dutch = render_minutes(RIVERBEND.model_copy(update={"language": "nl"}), NO_NOTES, Minutes(said=SAID))
    assert dutch.startswith("# Notulen van de strategiesessie: Riverbend")
    assert "nu anders: december 2028" in dutch


@pytest.fixture(scope="module")
def whole(riverbend_folder: Path) -> tuple[Minutes, str]:
    """The record of the recorded session, and its minutes."""
    session = open_session(riverbend_folder, Environment(by="Tester"), read_only=True)
    made = session.material()
    session.close()
    return made.minutes, render_minutes(made.strategy, made.notes, made.minutes)


def without_blanks(text: str) -> str:
    return re.sub(r"\s", "", text)


def unsaid(minutes: Minutes, document: str) -> list[str]:
    """Return the answers that a document does not tell anywhere."""
    read = without_blanks("\n".join(see(document).texts))
    dates = re.compile(r"[0-9]{4}-[0-9]{2}")
    return [
        minute.said
        for minute in minutes.said
        if not dates.match(minute.said) and without_blanks(as_read(minute.said)) not in read
    ]


def test_all_that_was_said_is_in_the_minutes_in_a_third_of_the_rows(whole: tuple[Minutes, str]) -> None:
    minutes, document = whole
    assert len(minutes.said) > 900
    assert unsaid(minutes, document) == []
    assert sum(line.startswith("| ") for line in document.splitlines()) < len(minutes.said) / 3


def test_an_answer_that_is_left_out_is_noticed(whole: tuple[Minutes, str]) -> None:
    """The control."""
    minutes, document = whole
    answer = next(minute.said for minute in minutes.said if minute.said.startswith("Two clinic nurses"))
    assert unsaid(minutes, document.replace(answer, "")) == [answer]


def test_every_row_of_the_record_has_three_cells(whole: tuple[Minutes, str]) -> None:
    _, document = whole
    record = document.split("## What was said, section by section")[1]
    cells = {len(re.findall(r"(?<!\\)\|", row)) for row in record.splitlines() if row.startswith("|")}
    assert cells == {4}


NOON = "2026-11-18T12:00:00+00:00"
CLOCK = (
    TimeMinute(
        at="2026-11-18T09:00:00+00:00", kind="planned", how="half_day", minutes=210, people=7, breaks=15
    ),
    TimeMinute(at="2026-11-18T10:35:00+00:00", kind="break", minutes=25),
    TimeMinute(at=NOON, kind="talk", about="the new oven", minutes=10),
    TimeMinute(at=NOON, kind="replanned", how="homework"),
    TimeMinute(at=NOON, kind="in_full", about="KPIs", undone=True),
)


def test_the_minutes_tell_how_the_time_was_planned_and_spent() -> None:
    told = render_minutes(EMPTY, NO_NOTES, Minutes(said=SAID, sections=TIMES, time=CLOCK))
    assert section(told, "## How the time was planned and spent").strip().splitlines() == [
        "- 09:00 – Planned: half a day, 210 minutes, 7 people, 15 minutes of breaks.",
        "- 10:35 – Break of 25 min, until 11:00.",
        "- 12:00 – Talk beside the agenda, about the new oven: 10 min, until 12:10.",
        "- 12:00 – Late, and so planned anew: owners take home what they can.",
        "- 12:00 – Asked in full after all: KPIs. (taken back)",
    ]
    times = section(told, "## Time per section")
    assert "| Breaks | 15 | 25 |" in times
    assert "| Talk beside the agenda |  | 10 |" in times
    assert "| **Together** | **45** | **68** |" in times


def test_a_session_in_which_nobody_spoke_of_time_has_minutes_without_it() -> None:
    told = render_minutes(EMPTY, NO_NOTES, Minutes(said=SAID, sections=TIMES))
    assert "How the time" not in told
    assert "Breaks" not in told


def test_a_part_that_had_no_time_and_took_none_has_no_row() -> None:
    left = SectionState(title="Initiatives", settled=0, possible=1, minutes_planned=0, minutes_elapsed=0)
    told = section(
        render_minutes(EMPTY, NO_NOTES, Minutes(said=SAID, sections=(*TIMES, left))), "## Time per section"
    )
    assert "Initiatives" not in told
    assert "| KPIs | 20 | 24 |" in told


def filled_with(text: str) -> Seen:
    strategy = Strategy.model_validate(with_text(RIVERBEND.model_dump(), text))
    notes = Notes.model_validate(with_text(RIVERBEND_NOTES.model_dump(), text))
    said = [
        at("09:00", by=text, section=text, question=text, short=text, said=text),
        at("09:01", by=text, section=text, question=text, short=text, said=f"x{text}", about=f"O1 {text}"),
        at("09:02", "reworded", section=text, question=text, short=text, said=text, before=text, remark=text,
           about=f"O1 {text}", by=text),
        at("09:03", "parked", section=text, question=text, short=text, reason=text, owner=text, due=text,
           by=text),
        at("09:04", "removed", section=text, said=text, by=text),
    ]  # fmt: skip
    times = (SectionState(title=text, settled=1, possible=1, minutes_planned=1, minutes_elapsed=1),)
    clock = tuple(TimeMinute(at=NOON, kind=kind, about=text) for kind in ("in_full", "break", "talk"))
    return see(render_minutes(strategy, notes, Minutes(said=tuple(said), sections=times, time=clock)))


@cache
def expected() -> Seen:
    return filled_with("word")


@pytest.mark.parametrize("text", FIXED)
def test_known_attacks_leave_the_minutes_as_they_are(text: str) -> None:
    same_structure(filled_with(text), expected())


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=hostile_text)
def test_hostile_words_leave_the_minutes_as_they_are(text: str) -> None:
    assume(as_read(text))
    same_structure(filled_with(text), expected())


def test_minutes_without_escaping_are_caught(monkeypatch: pytest.MonkeyPatch) -> None:
    caught_without_escaping(filled_with, expected(), monkeypatch)
