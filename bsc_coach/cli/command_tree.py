"""Command tree of the program as data, read from the argparse parser: for completion and the manual page.

argparse has no public way to walk a parser, so the few private names that it takes stand here and nowhere
else. Values that an option takes are looked up only here, too: the parser itself does not import what knows
them, so that no command waits for it.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class CommandOption:
    """An option with its names, or a positional argument, which has none.

    ``metavar`` is empty where no value follows. ``values`` are those known beforehand; ``is_path`` tells
    that a file or folder is meant. An argument may be needed or not, and stand there more than once.
    """

    names: tuple[str, ...]
    help: str
    metavar: str
    values: tuple[str, ...] = ()
    is_path: bool = False
    is_needed: bool = False
    is_repeated: bool = False


@dataclass(frozen=True)
class CommandNode:
    """A command: the words that call it, what it is, what it takes, and the commands below it."""

    path: tuple[str, ...]
    help: str
    more: str
    """What its own help says beside that."""
    options: tuple[CommandOption, ...]
    arguments: tuple[CommandOption, ...]
    below: tuple[CommandNode, ...] = field(default=())

    def walk(self) -> Iterator[CommandNode]:
        """Yield this command and every one below it, in the order of the help."""
        yield self
        for node in self.below:
            yield from node.walk()


Values = Mapping[tuple[str, ...], tuple[str, ...]]
"""What can stand behind an option or for an argument, by the command's words and its name."""


def command_tree(parser: argparse.ArgumentParser) -> CommandNode:
    """Walk an argparse parser into a tree of commands; the program itself is its root."""
    return _node(parser, (), "", _known_values())


def _node(
    parser: argparse.ArgumentParser, path: tuple[str, ...], help_line: str, values: Values
) -> CommandNode:
    options: list[CommandOption] = []
    arguments: list[CommandOption] = []
    below: list[CommandNode] = []
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            helps = {choice.dest: choice.help or "" for choice in action._choices_actions}
            for name, inner in action.choices.items():
                below.append(_node(inner, (*path, name), helps.get(name, ""), values))
        else:
            (options if action.option_strings else arguments).append(_option(action, path, values))
    more = " ".join(part for part in (parser.description, parser.epilog) if part)
    return CommandNode(path, help_line, more, tuple(options), tuple(arguments), tuple(below))


def _option(action: argparse.Action, path: tuple[str, ...], values: Values) -> CommandOption:
    name = action.metavar if isinstance(action.metavar, str) else action.dest
    key = action.option_strings[-1] if action.option_strings else action.dest
    return CommandOption(
        names=tuple(action.option_strings),
        help=action.help or "",
        metavar=name if action.nargs != 0 else "",
        values=tuple(action.choices or values.get((*path, key), ())),
        is_path=action.type is Path,
        is_needed=action.nargs not in ("?", "*"),
        is_repeated=action.nargs in ("*", "+"),
    )


def _known_values() -> Values:
    """Return the values of options and arguments that completion can offer.

    The modules that know them are imported only now.
    """
    from bsc_coach.cli import check, diff, rehearse
    from bsc_coach.coach.catalogue import rules
    from bsc_coach.coach.rule import RANK
    from bsc_coach.documents.brand import PAPER_SIZES
    from bsc_coach.documents.formats import known_formats
    from bsc_coach.interview.breakouts import clusters_of
    from bsc_coach.interview.presets import PRESETS
    from bsc_coach.script.loader import bundled_script
    from bsc_coach.session.samples import sample_names
    from bsc_coach.words import languages

    # A session may have other clusters; those of our own questions are the usual ones.
    clusters = clusters_of(bundled_script())
    speaking = ("new", "render", "plan", "diff", "check", "explain")
    return {
        **{(command, "--lang"): languages() for command in speaking},
        ("render", "--format"): (*known_formats(), "all"),
        ("render", "--paper"): PAPER_SIZES,
        ("plan", "--preset"): tuple(PRESETS),
        ("diff", "--format"): diff.FORMATS,
        ("check", "--format"): check.FORMATS,
        ("script", "rehearse", "--format"): rehearse.FORMATS,
        ("script", "rehearse", "--lang"): languages(),
        ("check", "--wording"): check.KINDS,
        ("check", "--row"): check.ROWS,
        ("check", "--min-severity"): tuple(RANK),
        ("explain", "rule"): tuple(rules()),
        ("split", "parts"): tuple(() if clusters is None else clusters.item_ids),
        ("demo", "name"): sample_names(),
    }
