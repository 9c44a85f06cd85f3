"""The function of a command of the command line; its module is imported only when it is called."""

from __future__ import annotations

import argparse
from collections.abc import Callable


def command_called(
    name: str | None, whole_parser: Callable[[], argparse.ArgumentParser]
) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command; ``whole_parser`` makes the parser that completion reads."""
    # No table of names: the type checker and the import contracts see each of these imports.
    match name:
        case "apply":
            from bsc_coach.cli.apply import apply as command
        case "import":
            from bsc_coach.cli.importing import import_file as command
        case "render":
            from bsc_coach.cli.render import render as command
        case "homework":
            from bsc_coach.cli.homework import homework as command
        case "readings" | "fill":
            return _taking(name)
        case "status" | "show" | "plan" | "why" | "diff":
            return _looking(name)
        case "split":
            from bsc_coach.cli.split import split as command
        case "merge" | "merge-driver":
            from bsc_coach.cli import merge

            command = merge.merge if name == "merge" else merge.merge_driver
        case "script" | "schema":
            from bsc_coach.cli import scripts

            command = scripts.script if name == "script" else scripts.schema
        case "templates":
            from bsc_coach.cli.templates import templates as command
        case "check" | "explain":
            from bsc_coach.cli import check

            command = check.check if name == "check" else check.explain
        case "completion":
            from bsc_coach.cli.completion import print_completion

            return lambda options: print_completion(options.shell, whole_parser())
        case "new" | "open" | "demo":
            from bsc_coach.cli import sessions

            command = {"new": sessions.new, "open": sessions.open_folder, "demo": sessions.demo}[name]
        case _:
            from bsc_coach.cli.sessions import home as command
    return command


def _taking(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command that takes in what people filled in elsewhere."""
    if name == "readings":
        from bsc_coach.cli.readings import readings as command
    else:
        from bsc_coach.cli.fill import fill as command
    return command


def _looking(name: str) -> Callable[[argparse.Namespace], int]:
    """Return the function of a command that only looks at sessions."""
    match name:
        case "status":
            from bsc_coach.cli.status import status as command
        case "show":
            from bsc_coach.cli.show import show as command
        case "plan":
            from bsc_coach.cli.plan import plan as command
        case "why":
            from bsc_coach.cli.why import why as command
        case _:
            from bsc_coach.cli.diff import diff as command
    return command
