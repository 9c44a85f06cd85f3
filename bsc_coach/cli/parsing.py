"""argparse with translated words: headings, help, and messages about a line that cannot be parsed."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable
from typing import Any, NoReturn

from bsc_coach.cli import output
from bsc_coach.errors import EXIT_USAGE
from bsc_coach.words import say, spoken

_FAULTS = {
    "missing": re.compile(r"the following arguments are required: (?P<what>.*)"),
    "unknown": re.compile(r"unrecognized arguments: (?P<what>.*)"),
    "no_such_choice": re.compile(
        r"argument (?P<name>.*?): invalid choice: '?(?P<what>.*?)'? \(choose from (?P<known>.*)\)"
    ),
    "needs_value": re.compile(r"argument (?P<name>.*?): expected (?:one|at least one) argument"),
    "takes_no_value": re.compile(r"argument (?P<name>.*?): ignored explicit argument (?P<what>.*)"),
    "two_meanings": re.compile(r"ambiguous option: (?P<what>.*?) could match (?P<known>.*)"),
}
"""What argparse says, which has no words but English ones; anything else is told as it says it."""


def help_text(key: str) -> str:
    """Return a help text in the language of the environment: no option was parsed yet."""
    return say(f"cli.help.{key}", spoken())


class Formatter(argparse.HelpFormatter):
    """Help formatter with a translated "usage:"."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[argparse._MutuallyExclusiveGroup],
        prefix: str | None = None,
    ) -> None:
        """Add the usage."""
        super().add_usage(usage, actions, groups, help_text("usage") + ": " if prefix is None else prefix)


class Parser(argparse.ArgumentParser):
    """Argument parser with translated headings and error messages."""

    def __init__(self, **given: Any) -> None:
        super().__init__(add_help=False, formatter_class=Formatter, **given)
        self._positionals.title = help_text("arguments")
        self._optionals.title = help_text("options")
        self.add_argument("-h", "--help", action="help", help=help_text("help"))
        # Before the command or behind it: without a default, the inner parser does not undo the outer one.
        self.add_argument("--debug", action="store_true", default=argparse.SUPPRESS, help=help_text("debug"))

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and exit with code 2."""
        output.tell(self.format_usage().rstrip())
        output.tell(_translated(message))
        raise SystemExit(EXIT_USAGE)


def _translated(message: str) -> str:
    for key, pattern in _FAULTS.items():
        if match := pattern.fullmatch(message):
            values = {name: text.replace("'", "") for name, text in match.groupdict().items()}
            return say(f"cli.misread.{key}", spoken(), **values)
    return message
