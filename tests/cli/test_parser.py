"""The parser with one command: it reads and tells what the whole one does for that command."""

from __future__ import annotations

import argparse

import pytest

from bsc_coach.cli.main import build_parser


def commands_of(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    """Return the parsers of the commands by name."""
    (action,) = (one for one in parser._actions if isinstance(one, argparse._SubParsersAction))
    return dict(action.choices)


WHOLE = commands_of(build_parser())


@pytest.mark.parametrize("name", WHOLE)
def test_a_command_alone_has_the_help_that_it_has_among_the_others(name: str) -> None:
    alone = commands_of(build_parser(name))
    assert list(alone) == [name]
    assert alone[name].format_help() == WHOLE[name].format_help()


def test_the_control_commands_have_different_help() -> None:
    assert len({parser.format_help() for parser in WHOLE.values()}) == len(WHOLE) > 10
