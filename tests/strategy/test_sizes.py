"""Sizes of a strategy.toml: what is too large is told in one sentence, and costs nothing that fits."""

from __future__ import annotations

import pytest

from bsc_coach import sizes
from bsc_coach.strategy.file_faults import FileFault
from bsc_coach.strategy.model import Organisation, Segment, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.strategy_file import StrategyFile, file_of
from bsc_coach.strategy.toml import examine_file, read_toml, write_toml

RECORDED = Notes(recorded=True, session_date="2026-11-30")


def with_texts(*lengths: int) -> bytes:
    return "\n".join(
        f'[[segments]]\nid = "SEG{n}"\nname = "{"x" * length}"' for n, length in enumerate(lengths, start=1)
    ).encode()


def segments(count: int) -> tuple[Segment, ...]:
    return tuple(Segment(id=f"SEG{n}", name=f"Group {n}") for n in range(1, count + 1))


def faults_of(data: bytes, before: StrategyFile | None = None) -> tuple[FileFault, ...]:
    return examine_file(data, before).faults


def test_a_text_that_fits_is_read_and_a_longer_one_is_told() -> None:
    assert faults_of(with_texts(sizes.TEXT, 3)) == ()
    (fault,) = faults_of(with_texts(sizes.TEXT + 1, 3))
    assert (fault.key, fault.line, fault.place) == ("too_long", 3, "SEG1.name")
    for language, number in (("en", "65537 characters; at most 65536"), ("nl", "65537 tekens; in een veld")):
        assert number in fault.sentence(language)


def test_a_long_text_costs_none_of_the_others() -> None:
    before = file_of(Strategy(segments=segments(2)), RECORDED)
    examined = examine_file(with_texts(sizes.TEXT + 1, 3), before)
    assert [one.name for one in examined.file.segments] == ["Group 1", "xxx"]


def test_a_list_that_fits_is_read_and_a_longer_one_is_told() -> None:
    assert faults_of(with_texts(*[5] * sizes.LIST)) == ()
    (fault,) = faults_of(with_texts(*[5] * (sizes.LIST + 1)))
    assert (fault.key, fault.place) == ("too_many_items", "segments")
    told = fault.sentence("en")
    assert f"{sizes.LIST + 1} entries of segments" in told
    assert f"at most {sizes.LIST}" in told


def test_a_list_that_is_too_long_stays_as_it_was() -> None:
    before = file_of(Strategy(segments=segments(2)), RECORDED)
    told = b'[organisation]\nname = "New"\n' + with_texts(*[5] * (sizes.LIST + 1))
    examined = examine_file(told, before)
    assert examined.file.segments == segments(2)
    assert examined.file.organisation.name == "New"


@pytest.mark.parametrize(
    "strategy",
    [
        Strategy(organisation=Organisation(name="x" * (sizes.TEXT + 1))),
        Strategy(segments=segments(sizes.LIST + 1)),
    ],
    ids=["text", "list"],
)
def test_what_an_older_session_wrote_is_read_as_it_stands(strategy: Strategy) -> None:
    written = write_toml(strategy, RECORDED)
    assert read_toml(written.encode()) == strategy
    # And beside an edit of something else, where the session is at hand.
    edited = written.replace('language = "en"', 'language = "nl"')
    examined = examine_file(edited.encode(), file_of(strategy, RECORDED))
    assert examined.faults == ()
    assert examined.file.strategy == strategy.model_copy(update={"language": "nl"})
    # The control: the same by hand, and of no session.
    assert {fault.key for fault in faults_of(edited.encode())} <= {"too_long", "too_many_items"}
    assert len(faults_of(edited.encode())) == 1
