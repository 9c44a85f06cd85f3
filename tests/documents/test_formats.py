"""Formats by name, and strategy.toml as one of them."""

from __future__ import annotations

import re
from copy import deepcopy
from pathlib import Path, PurePosixPath

import pytest

from bsc_coach.documents.context.document_context import build_context
from bsc_coach.documents.formats import (
    DocumentInput,
    document_format,
    files_of,
    formats_called,
    known_formats,
)
from bsc_coach.errors import EXIT_USAGE, UsageError
from bsc_coach.strategy.model import Strategy
from bsc_coach.strategy.toml import read_toml
from bsc_coach.words import say
from tests.support.strategies import EMPTY, NO_NOTES, RIVERBEND, RIVERBEND_NOTES

WHOLE = DocumentInput(RIVERBEND, RIVERBEND_NOTES)


def toml_of(strategy: Strategy) -> bytes:
    (data,) = document_format("toml").make(DocumentInput(strategy)).values()
    return data


@pytest.mark.parametrize("strategy", [EMPTY, RIVERBEND], ids=["empty", "riverbend"])
def test_reading_strategy_toml_and_making_it_again_is_the_identity(strategy: Strategy) -> None:
    made = toml_of(strategy)
    assert read_toml(made) == strategy
    assert toml_of(read_toml(made)) == made


@pytest.mark.parametrize("name", known_formats())
def test_every_document_is_made_twice_with_the_same_bytes(name: str) -> None:
    make = document_format(name).make
    assert make(WHOLE) == make(WHOLE)


def test_no_document_changes_the_context_that_all_share() -> None:
    shared = build_context(RIVERBEND, RIVERBEND_NOTES)
    before = deepcopy(shared)
    files_of(["all"], WHOLE)
    assert shared == before


def test_a_document_made_from_strategy_toml_is_the_same_document() -> None:
    again = DocumentInput(read_toml(toml_of(RIVERBEND)), RIVERBEND_NOTES)
    markdown = document_format("md")
    assert markdown.make(again) == markdown.make(WHOLE)


def test_no_two_formats_make_the_same_file() -> None:
    made: list[PurePosixPath] = []
    for one in formats_called(["all"]):
        made += one.make(WHOLE)
    assert len(made) == len({*made, PurePosixPath("strategy-map.svg")}) + 1  # made with md as well
    assert {PurePosixPath("strategy.md"), PurePosixPath("strategy.toml")} <= set(made)


def test_every_format_makes_the_file_that_it_names() -> None:
    for one in formats_called(["all"]):
        made = set(one.make(WHOLE))
        if one.name in ("owners", "owners-docx"):
            assert {path.parent for path in made} == {PurePosixPath(one.file)}
        elif one.name in ("md", "board"):
            assert PurePosixPath(one.file) in made
        else:
            assert made == {PurePosixPath(one.file)}


def undescribed(page: str) -> list[str]:
    """Return the formats that the page on documents has no row for."""
    return [
        name
        for name in known_formats()
        if not re.search(rf"^\| `{name}` \| `{re.escape(document_format(name).file)}", page, re.MULTILINE)
    ]


def test_every_format_stands_on_the_page_about_documents() -> None:
    page = (Path(__file__).parents[2] / "docs" / "documents.md").read_text("utf-8")
    assert undescribed(page) == []
    without = "".join(line for line in page.splitlines(keepends=True) if "`reviews.ics`" not in line)
    assert undescribed(without) == ["ics"]  # the control


def test_all_names_every_format_once() -> None:
    def names(asked: list[str]) -> list[str]:
        return [one.name for one in formats_called(asked)]

    whole = [name for name in known_formats() if not document_format(name).part_of]
    assert names(["toml", "all", "md"]) == ["toml", *(name for name in whole if name != "toml")]
    assert names(["kpis", "all"]) == ["kpis", *whole]


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(UsageError) as caught:
        document_format("docbook")
    assert caught.value.exit_code == EXIT_USAGE
    told = say(caught.value.key, "en", **caught.value.values)
    assert all(name in told for name in known_formats())


def test_what_documents_share_is_changed_by_none_of_them() -> None:
    """In whatever order they are made: the last one made first has seen nothing of the others."""
    names = [name for name in known_formats() if not document_format(name).library]
    forwards, backwards = files_of(names, WHOLE), files_of(names[::-1], WHOLE)
    assert dict(forwards) == dict(backwards)
    for name in names:
        build_context(EMPTY, NO_NOTES)  # from here on nothing is shared with what was made before
        alone = files_of([name], WHOLE)
        assert {path: forwards[path] for path in alone} == dict(alone)
