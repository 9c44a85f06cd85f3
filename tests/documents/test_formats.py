"""Formats by name, and strategy.toml as one of them."""

from __future__ import annotations

import pytest

from bsc_coach.documents.formats import document_format, known_formats
from bsc_coach.errors import EXIT_USAGE, UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.tomlfile import read_toml
from bsc_coach.words import say
from tests.documents.samples import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES


@pytest.mark.parametrize("strategy", [EMPTY, RIVERBEND], ids=["empty", "riverbend"])
def test_reading_strategy_toml_and_making_it_again_is_the_identity(strategy: Strategy) -> None:
    made = document_format("toml").make(strategy, NO_NOTES)
    assert read_toml(made) == strategy
    assert document_format("toml").make(read_toml(made), NO_NOTES) == made


def test_both_documents_are_made_twice_with_the_same_bytes() -> None:
    for name in known_formats():
        make = document_format(name).make
        assert make(RIVERBEND, RIVERBEND_NOTES) == make(RIVERBEND, RIVERBEND_NOTES)


def test_a_document_made_from_strategy_toml_is_the_same_document() -> None:
    again = read_toml(document_format("toml").make(RIVERBEND, RIVERBEND_NOTES))
    markdown = document_format("md")
    assert markdown.make(again, RIVERBEND_NOTES) == markdown.make(RIVERBEND, RIVERBEND_NOTES)


def test_every_format_has_a_file_of_its_own() -> None:
    assert [document_format(name).file_name for name in known_formats()] == ["strategy.md", "strategy.toml"]


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        document_format("docx")
    assert caught.value.exit_code == EXIT_USAGE
    assert say(caught.value.key, "en", **caught.value.values).endswith("Known formats: md, toml.")
