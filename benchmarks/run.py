"""Every figure that the program has to reach, as one Markdown table.

Run as ``python benchmarks/run.py`` in an environment with the package installed; ``--only`` and names with
commas between measure some of them, ``--list`` tells the names. Floors are measured in the same run, in turns
with what they are the floor of. Ends with 1 when a figure is missed.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import answer_work
import answers
import following
import keys
import map_drawing
import map_screen
import render_scaling
import room
import starts
import text_formats
from figures import HEADING, Figure, line
from sessions import Sessions


def render_figures(_: Sessions) -> list[Figure]:
    """Return how the time for both documents grows with ten times the objectives."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        missed = render_scaling.main()
    growth = told.getvalue().split("Largest growth per objective x ")[1].split(",")[0]
    most = f"{render_scaling.ALLOWED_GROWTH:g}×"
    what = "render both documents, 20 → 200 → 2,000"
    return [Figure(what, "–", "–", f"{growth}× per objective", most, not missed)]


GROUPS: dict[str, Callable[[Sessions], list[Figure]]] = {
    "commands": starts.command_figures,
    "first-paint": starts.paint_figures,
    "answers": answers.figures,
    "work": answer_work.work_figures,
    "durable": answer_work.durable_figures,
    "keys": keys.key_figures,
    "append": keys.append_figures,
    "map-screen": lambda sessions: map_screen.figures(sessions.folder),
    "map": lambda _: map_drawing.figures(),
    "formats": text_formats.figures,
    "render": render_figures,
    "following": following.figures,
    "room": room.figures,
}
"""What can be measured by itself, by the name that ``--only`` takes."""


def main() -> int:
    """Print the table; return 1 if a figure is missed."""
    parser = argparse.ArgumentParser(description="Measure what the program has to reach.")
    parser.add_argument("--only", metavar="NAMES", help="names with commas between; all without it")
    parser.add_argument("--list", action="store_true", help="tell the names and end")
    parser.add_argument(
        "--sessions", type=Path, help="a folder that keeps the made sessions for the next run"
    )
    given = parser.parse_args()
    if given.list:
        print(*GROUPS, sep="\n")
        return 0
    names = given.only.split(",") if given.only else list(GROUPS)
    if unknown := [name for name in names if name not in GROUPS]:
        parser.error(f"unknown: {', '.join(unknown)}; there are: {', '.join(GROUPS)}")
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as home:
        os.environ.update(HOME=home, XDG_STATE_HOME=f"{home}/state", XDG_CACHE_HOME=f"{home}/cache")
        folder = given.sessions or Path(home) / "sessions"
        folder.mkdir(parents=True, exist_ok=True)
        sessions = Sessions(folder)
        print(*HEADING, sep="\n", flush=True)
        missed = 0
        for name in names:
            for row in GROUPS[name](sessions):
                print(line(row), flush=True)
                missed += row.ok is False
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
