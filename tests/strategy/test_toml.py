"""strategy.toml: what is written is read back, and what is no strategy is refused by name, quickly."""

from __future__ import annotations

import pytest

from bsc_coach.errors import StrategyFileError
from bsc_coach.sizes import INTEGER, STRATEGY_FILE
from bsc_coach.strategy.file_faults import StrategyFaultsError
from bsc_coach.strategy.model import Objective, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.strategy_file import file_of
from bsc_coach.strategy.toml import examine_file, read_toml, write_toml
from tests.support.strategies import EMPTY, RIVERBEND

TOO_LARGE = INTEGER + 1


def refused(data: bytes) -> StrategyFileError:
    """Return why a file is no strategy."""
    with pytest.raises(StrategyFileError) as caught:
        read_toml(data)
    return caught.value


@pytest.mark.parametrize("strategy", [EMPTY, RIVERBEND], ids=["empty", "riverbend"])
def test_what_is_written_is_read_back(strategy: Strategy) -> None:
    assert read_toml(write_toml(strategy).encode()) == strategy


def test_what_is_not_settled_is_not_written() -> None:
    text = write_toml(Strategy(objectives=(Objective(id="O1"),)))
    assert "title" not in text
    assert "promises" not in text
    assert text.startswith("#:schema ")


def test_a_byte_order_mark_and_control_characters_are_taken_off() -> None:
    data = '\ufeff[organisation]\nname = "Acme\\u001b[31m"\n'.encode()
    assert read_toml(data).organisation.name == "Acme[31m"


@pytest.mark.parametrize("value", [f"{TOO_LARGE}", f"-{TOO_LARGE}", "0x" + "f" * 60])
@pytest.mark.parametrize(
    "field", ["[organisation]\nhorizon_year", '[[kpis]]\nid = "O1.1"\nmeasures = "O1"\nbaseline']
)
def test_a_whole_number_that_no_document_can_hold_is_a_fault_where_it_stands(field: str, value: str) -> None:
    error = refused(f"{field} = {value}\n".encode())
    assert isinstance(error, StrategyFaultsError)
    (fault,) = error.faults
    assert fault.line == field.count("\n") + 1
    assert fault.name == field.rsplit("\n", 1)[1]


@pytest.mark.parametrize("value", [INTEGER, -INTEGER, 0])
def test_the_largest_whole_number_is_read(value: int) -> None:
    """The control."""
    data = f'[[kpis]]\nid = "O1.1"\nmeasures = "O1"\nbaseline = {value}\n'.encode()
    assert read_toml(data).kpis[0].baseline == value


def test_an_empty_file_in_a_session_is_no_wish_to_delete_it_all() -> None:
    before = file_of(Strategy(objectives=(Objective(id="O1"),)), Notes(recorded=True))
    for data in (b"", b"# only this\n"):
        with pytest.raises(StrategyFileError) as caught:
            examine_file(data, before)
        assert caught.value.key == "strategy.no_strategy"
        assert read_toml(data) == Strategy()


@pytest.mark.parametrize(
    ("data", "key"),
    [
        (b"\xff\xfe", "strategy.not_utf8"),
        (
            b'format = 1\n<<<<<<< HEAD\nlanguage = "en"\n=======\nlanguage = "nl"\n>>>>>>> theirs\n',
            "strategy.conflict_marks",
        ),
        (b"organisation.name = ", "strategy.faults"),
        (b"name = ", "strategy.no_strategy"),
        (b"x" * (STRATEGY_FILE + 1), "strategy.too_large"),
        (b"[" + b"a." * 200 + b"a]\n", "strategy.out_of_bounds"),
        (b"a = " + b"[" * 50_000, "strategy.out_of_bounds"),
        (b"format = 99\n", "strategy.newer_format"),
        (b'[organisation]\nnmae = "Acme"\n', "strategy.faults"),
    ],
    ids=[
        "bytes",
        "conflict marks",
        "syntax",
        "other text",
        "size",
        "long key",
        "deep",
        "format",
        "unknown name",
    ],
)
def test_a_file_that_is_no_strategy_is_refused_with_its_reason(data: bytes, key: str) -> None:
    assert refused(data).key == key


def test_a_fault_is_named_by_its_place_as_a_person_counts() -> None:
    data = b'[[objectives]]\nid = "O1"\n\n[[objectives]]\nid = "one"\n'
    error = refused(data)
    assert isinstance(error, StrategyFaultsError)
    assert [(one.line, one.place) for one in error.faults] == [(5, "one.id")]


def test_answers_of_several_kinds_come_back_as_they_were() -> None:
    extra = tuple(
        Extra(step=f"s{n}", question="?", answer=one) for n, one in enumerate(("a", 2.5, ("b", "c")))
    )
    assert read_toml(write_toml(Strategy(extra=extra)).encode()).extra == extra
