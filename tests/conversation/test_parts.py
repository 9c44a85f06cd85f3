"""The talk in a part: what it asks, where it resumes, what a jump elsewhere does, and how it ends."""

from __future__ import annotations

from pathlib import Path

import pytest

from bsc_coach.conversation.ending import the_end
from bsc_coach.conversation.headline import headline
from bsc_coach.conversation.submit import start_homework
from bsc_coach.interview.breakouts import agenda_here, asked_in_part, slots_by_cluster
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.summary import describe
from tests.support.breakouts import THREE, played_until, recorded, sits_in, slots_asked, split_in, works
from tests.support.people import Person
from tests.support.two_facilitators import copied

WARNING = "outside the part that you work on"


@pytest.fixture(scope="module")
def parts_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hospital before its clusters, and its three parts: look, do not touch."""
    folder = tmp_path_factory.mktemp("parts") / "hospital"
    played_until("riverbend", folder, recorded("riverbend")[0])
    split_in(folder)
    return folder.parent


@pytest.fixture
def parts(parts_once: Path, tmp_path: Path) -> Path:
    """The same, to go on with."""
    return copied(parts_once, tmp_path / "here")


@pytest.fixture
def operations(parts: Path) -> Person:
    return sits_in(parts / "hospital-operations", "Ann")


def clusters_in(asked: list[str]) -> set[str]:
    return {slot.partition("[")[2].partition("]")[0] for slot in asked}


@pytest.mark.parametrize("part", THREE)
def test_nothing_but_its_clusters_is_asked(part: tuple[str, ...], parts: Path) -> None:
    folder = parts / f"hospital-{'+'.join(part)}"
    asked = list(slots_asked(open_session(folder, Environment())))
    assert clusters_in(asked) == set(part)
    whole = list(slots_asked(open_session(parts / "hospital", Environment())))
    assert len(clusters_in(whole)) > 4  # the control: the session itself asks all of them, and more
    assert set(asked) < set(whole)


def test_what_is_left_of_the_clusters_stays_with_the_session(parts: Path) -> None:
    """Together the parts ask what the session asks of its clusters, and no question is in two of them."""
    plan = open_session(parts / "hospital", Environment(), read_only=True).plan
    by_part = [
        set(asked_in_part(open_session(parts / f"hospital-{'+'.join(part)}", Environment()).plan))
        for part in THREE
    ]
    assert sum(map(len, by_part)) == len(set.union(*by_part))
    assert set.union(*by_part) <= {slot for slots in slots_by_cluster(plan).values() for slot in slots}


def test_a_part_goes_through_to_its_end(operations: Person) -> None:
    _, said, _ = recorded("riverbend")
    folder = operations.talk.session.folder
    assert operations.at == "clusters[operations]/candidates"
    assert headline(operations.talk.plan, operations.talk.at).parts == 2
    operations.leaves()
    works(folder, "Ann", said["operations"])
    again = sits_in(folder, "Ann")
    while again.at != "done":
        again.types("")
    assert again.talk.ended
    opening = " ".join(line.text for line in the_end(again.talk).opening)
    assert "Give this folder back to the session “hospital”" in opening
    assert "bsc-coach merge hospital hospital-operations" in opening
    assert not the_end(again.talk).alarms
    again.leaves()
    assert sits_in(folder, "Ann").at == "done"


def test_agenda_headline_and_list_of_sessions_tell_of_the_part(operations: Person, parts: Path) -> None:
    plan, at = operations.talk.plan, operations.talk.at
    assert [entry.title for entry in agenda_here(plan)] == ["Operations", "Vital few"]
    told = headline(plan, at)
    assert told.organisation == "Riverbend Regional Hospital – Operations"
    assert (told.part, told.parts) == (1, 2)
    whole = open_session(parts / "hospital", Environment(), read_only=True)
    assert headline(whole.plan, at).organisation == "Riverbend Regional Hospital"
    assert headline(whole.plan, at).parts > 10
    assert told.minutes_left < headline(whole.plan, at).minutes_left / 4
    info, all_of_it = describe(operations.talk.session), describe(whole)
    assert info.organisation == told.organisation
    assert info.progress is not None
    assert all_of_it.progress is not None
    assert info.progress.possible < all_of_it.progress.possible / 4


def test_minutes_of_a_part_only_shrink_and_end_at_none(operations: Person) -> None:
    _, said, _ = recorded("riverbend")
    folder = operations.talk.session.folder
    operations.leaves()
    left = [headline(open_session(folder, Environment(), read_only=True).plan, None).minutes_left]
    for request in said["operations"]:
        works(folder, "Ann", [request])
        left.append(headline(open_session(folder, Environment(), read_only=True).plan, None).minutes_left)
    assert left == sorted(left, reverse=True)
    assert left[0] > left[-1] == 0


def test_whoever_jumps_elsewhere_is_told_once_and_comes_back(operations: Person) -> None:
    operations.types("/jump KPIs")
    assert WARNING in operations.heard()
    assert "Operations" in operations.heard()
    assert operations.at.startswith("outcomes") or "kpis" in operations.at
    operations.types("/jump Value")
    assert WARNING not in operations.heard()
    operations.types("/jump oper")
    assert operations.at == "clusters[operations]/candidates"
    assert WARNING not in operations.heard()


def test_elsewhere_it_goes_on_to_the_end_of_that_part_of_the_agenda(parts: Path) -> None:
    folder = parts / "hospital-customer"
    person = sits_in(folder, "Bob")
    begun = person.at
    person.types("/jump segments")
    person.types("Volunteers of the village")
    visited = [person.at]
    while person.at.startswith("segments"):
        visited.append(person.at)
        person.types("2" if person.at.endswith("choice") else "")
    assert len(set(visited)) > 2  # the questions of the new segment came, too
    assert person.at == begun
    assert "Volunteers" in str(person.talk.session.strategy().segments)


def test_what_is_next_leads_back_into_the_part(operations: Person) -> None:
    operations.types("/jump segments", "/next")
    assert operations.at == "clusters[operations]/candidates"


def test_where_one_is_elsewhere_is_said_without_a_line_of_the_agenda(operations: Person) -> None:
    operations.types("/jump segments", "/where")
    assert "Outside this part" in operations.heard()
    assert headline(operations.talk.plan, operations.talk.at).part == 0
    operations.types("/jump oper", "/where")
    assert "part 1 of 2" in operations.heard()


def test_it_is_taken_up_where_it_was_left(operations: Person) -> None:
    folder = operations.talk.session.folder
    operations.types("Shorten the wait for a first visit", "", "2")
    at = operations.at
    operations.leaves()
    assert sits_in(folder, "Ann").at == at


def test_what_copies_of_one_part_say_differently_is_asked_in_it(parts: Path) -> None:
    """And what belongs to nobody here is left to the plenary."""
    one, two = parts / "hospital-operations", copied(parts / "hospital-operations", parts / "two")
    for folder, who, year in ((one, "Ann", 2041), (two, "Dan", 2042)):
        works(folder, who, [{"do": "accept", "step": "organisation.year", "value": year}])
        works(folder, who, [{"do": "close", "list": "candidates", "of": "operations", "because": who}])
    session = open_session(one, Environment(by="Ann"))
    session.put_together([two / "journal.jsonl"])
    session.close()
    person = sits_in(one, "Ann")
    assert len(person.talk.plan.disputes) == 2
    assert person.at == "clusters[operations]/candidates"
    assert person.prompt.sides
    person.types("/take 1")
    assert not person.at.startswith("organisation")


def test_homework_in_a_part_is_that_of_the_role(parts: Path) -> None:
    session = open_session(parts / "hospital-operations", Environment(by="Ann"))
    talk = start_homework(session, "Head of nothing")
    assert talk.position.among is not asked_in_part
    assert talk.prompt() is None


def test_undo_takes_back_what_was_said_in_the_part_and_nothing_from_before(operations: Person) -> None:
    folder = operations.talk.session.folder
    before = operations.state.effective
    assert operations.talk.what_undo_takes_back() == ""
    operations.tries("/undo")
    operations.types("Shorten the wait for a first visit")
    assert "Shorten the wait" in operations.talk.what_undo_takes_back()
    operations.leaves()
    again = sits_in(folder, "Dan")  # whoever goes on in the part may take it back
    again.types("/undo")
    assert again.state.effective == before
    again.tries("/undo")
    again.leaves()


def test_in_the_session_itself_undo_takes_back_its_last_answer(parts: Path) -> None:
    """The control of the test above."""
    person = sits_in(parts / "hospital", "Ann")
    before = person.state.effective
    person.types("/undo")
    assert person.state.effective == before[:-1]


def test_in_dutch(tmp_path: Path) -> None:
    folder = played_until("brakelman", tmp_path / "brakelman", recorded("brakelman")[0])
    split_in(folder)
    person = sits_in(tmp_path / "brakelman-operations", "An")
    assert person.talk.session.messages[-1].startswith("Deze map is een deel van Brakelman")
    assert "Operationeel" in person.talk.session.messages[-1]
    person.types("/jump KPI")
    assert "Dit valt buiten het deel waar u aan werkt (Operationeel)" in person.heard()
