"""One strategy, two ways to read it: its folder and its strategy.toml give the same documents."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
import tomli_w

from bsc_coach.conversation.recording import play_sample
from bsc_coach.documents.formats import DocumentInput, document_format, known_formats
from bsc_coach.documents.redaction.redacting import redact
from bsc_coach.interview.facts.provenance import TakeOver
from bsc_coach.interview.remarks import remarks
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.strategy_file import StrategyFile, file_of
from bsc_coach.strategy.toml import read_file, write_toml
from tests.support.sessions import new_session, same_environment
from tests.support.strategies import RIVERBEND

Say = Mapping[str, object]
POOR = "24/7 service"
"""A wording that the coach remarks on in both languages."""
SAMPLES = ("riverbend", "brakelman")
OPEN_AGAIN: tuple[Say, ...] = (
    # Parked, by somebody and until a date; stale by another proposition; declined; broken by a lower limit.
    {"do": "park", "step": "objective.owner_role", "of": "O1", "owner": "CEO", "due": "2027-01"},
    {"do": "accept", "step": "proposition.type", "value": "low_cost"},
    {"do": "decline", "step": "kpis.guard", "of": "O1.1", "reason": "nothing suffers"},
    {"do": "reopen", "step": "objective.description", "of": "O1"},
    {"do": "remove", "item": "F1"},
    {"do": "accept", "step": "objective.title", "of": "O1", "value": POOR},
    {"do": "mute", "rule": "M23", "reason": "one of us does three jobs"},
)
"""What leaves questions open, parked, stale, broken and declined in each of the samples."""


def say(session: Session, told: Say) -> None:
    outcome = session.do(command_of(session.plan, read_request(dict(told))))
    assert outcome.accepted, (told, outcome.refusals)


def as_recorded(name: str, folder: Path) -> Session:
    return play_sample(read_sample(name), folder / name, same_environment())


def with_points(name: str, folder: Path) -> Session:
    session = as_recorded(name, folder)
    for told in OPEN_AGAIN:
        say(session, told)
    wording = next(slot for slot, one in session.plan.statuses.items() if one.value == POOR)
    rule = remarks(session.plan, wording)[0].rule
    keep = {"do": "keep", "step": "objective.title", "of": "O1", "check": rule, "reason": "we know"}
    say(session, keep)
    return session


def taken_over(name: str, folder: Path) -> Session:
    earlier = as_recorded(name, folder)
    session = new_session(folder / "next")
    session.take_over(earlier.strategy(), TakeOver("last year", "ab", "2025-11-18", "../last-year"))
    for told in OPEN_AGAIN[:1]:
        say(session, told)
    return session


STATES: Mapping[str, Callable[[str, Path], Session]] = {
    "recorded": as_recorded,
    "with points": with_points,
    "taken over": taken_over,
}


@pytest.fixture(scope="module")
def materials(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], DocumentInput]:
    """Give what documents are made from, of a sample in one of the states."""

    @cache
    def material(name: str, state: str) -> DocumentInput:
        session = STATES[state](name, tmp_path_factory.mktemp("folder"))
        session.close()
        return session.material()

    return material


@pytest.fixture(scope="module")
def redacted(materials: Callable[[str, str], DocumentInput]) -> DocumentInput:
    """What the documents of the hospital are made from without names and figures."""
    return redact(materials("riverbend", "recorded"))


def from_file(material: DocumentInput) -> DocumentInput:
    """Return what documents are made from when there is only the strategy.toml."""
    read = read_file(write_toml(material.strategy, material.notes).encode())
    return DocumentInput(read.strategy, read.notes)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("name", SAMPLES)
def test_the_file_tells_all_that_documents_know_of_the_session(
    name: str, state: str, materials: Callable[[str, str], DocumentInput]
) -> None:
    material = materials(name, state)
    again = from_file(material)
    assert again.notes == material.notes
    assert again.strategy == material.strategy
    assert not again.notes.edited


@pytest.mark.parametrize(
    "format_name", [name for name in known_formats() if name not in ("minutes", "slips", "worksheet")]
)
@pytest.mark.parametrize("name", SAMPLES)
def test_folder_and_file_give_the_same_bytes(
    name: str, format_name: str, materials: Callable[[str, str], DocumentInput]
) -> None:
    make = document_format(format_name).make
    for state in STATES:
        material = materials(name, state)
        assert make(from_file(material)) == make(material), state


def test_without_its_record_a_file_would_give_other_documents(
    materials: Callable[[str, str], DocumentInput],
) -> None:
    material = materials("riverbend", "with points")
    bare = DocumentInput(material.strategy)
    differing = {
        name
        for name in known_formats()
        if document_format(name).make(bare) != document_format(name).make(material)
    }
    assert differing >= {"md", "html", "owners", "ics", "iso", "stratml", "toml"}


def test_the_states_hold_a_point_of_every_kind(materials: Callable[[str, str], DocumentInput]) -> None:
    kinds = {point.kind for point in materials("riverbend", "with points").notes.points}
    assert kinds >= {"open", "parked", "stale", "declined", "broken"}
    notes = materials("riverbend", "with points").notes
    assert notes.muted
    assert notes.kept
    assert materials("riverbend", "taken over").notes.unconfirmed


def test_a_redacted_file_says_so_wherever_it_goes(
    redacted: DocumentInput, materials: Callable[[str, str], DocumentInput]
) -> None:
    again = from_file(redacted)
    assert again.notes.redacted
    assert document_format("md").make(again) == document_format("md").make(redacted)
    assert all("Redacted: names" in text for text in pages_of(again))
    assert not any("Redacted" in text for text in pages_of(from_file(materials("riverbend", "recorded"))))


def pages_of(material: DocumentInput) -> list[str]:
    """Return the pages of strategy.md: those for the board, the KPI book and the annex."""
    files = document_format("md").make(material)
    pages = [data.decode("utf-8") for path, data in files.items() if path.suffix == ".md"]
    assert len(pages) == 3
    return pages


def edited(material: DocumentInput, change: Callable[[dict[str, object]], None]) -> StrategyFile:
    """Return the file of a session as somebody changed it by hand."""
    table = tomllib.loads(write_toml(material.strategy, material.notes))
    change(table)
    return read_file(tomli_w.dumps(table).encode())


def test_a_file_that_was_changed_by_hand_is_confirmed_by_nobody(
    materials: Callable[[str, str], DocumentInput],
) -> None:
    material = materials("riverbend", "recorded")
    assert material.notes.confirmed == "2026-11-18"

    def rename(table: dict[str, object]) -> None:
        table["organisation"] |= {"name": "Somebody else's"}  # type: ignore[operator]

    changed = edited(material, rename)
    assert changed.notes.edited
    assert changed.notes.confirmed is None
    for text in pages_of(DocumentInput(changed.strategy, changed.notes)):
        assert "Changed by hand in strategy.toml since the session of 18 November 2026" in text
        assert "was confirmed" not in text
    untouched = edited(material, lambda _: None)
    assert untouched.notes == material.notes


@pytest.mark.parametrize("field", ["confirmed", "last_answer", "answers"])
def test_a_record_that_was_changed_by_hand_counts_as_changed(
    field: str, materials: Callable[[str, str], DocumentInput]
) -> None:
    def forge(table: dict[str, object]) -> None:
        table["session"] |= {field: 7 if field == "answers" else "2031-01-01"}  # type: ignore[operator]

    assert edited(materials("riverbend", "recorded"), forge).notes.edited


def test_a_file_written_again_after_a_change_by_hand_stays_changed(
    materials: Callable[[str, str], DocumentInput],
) -> None:
    def rename(table: dict[str, object]) -> None:
        table["organisation"] |= {"name": "Somebody else's"}  # type: ignore[operator]

    changed = edited(materials("riverbend", "recorded"), rename)
    assert read_file(write_toml(changed.strategy, changed.notes).encode()).notes.edited


def test_of_a_strategy_without_a_session_nothing_is_claimed() -> None:
    bare = file_of(RIVERBEND, Notes())
    assert bare.session is None
    assert not bare.edited
    assert not any("read-back" in text for text in pages_of(DocumentInput(RIVERBEND, bare.notes)))


@pytest.mark.parametrize(
    "name",
    ["md", "kpis", "annex", "board", "html", "minutes", "owners", "iso", "ics", "csv", "stratml", "toml"],
)
def test_every_document_with_figures_or_names_says_that_it_is_redacted(
    name: str, redacted: DocumentInput, materials: Callable[[str, str], DocumentInput]
) -> None:
    for again in (redacted, from_file(redacted)):
        for path, data in document_format(name).make(again).items():
            if path.name != "strategy-map.svg":  # the picture in strategy.md, which says so
                assert "redacted" in data.decode("utf-8").replace("\r\n ", "").casefold(), path
    for path, data in document_format(name).make(materials("riverbend", "recorded")).items():
        assert "redacted" not in data.decode("utf-8").casefold(), path
