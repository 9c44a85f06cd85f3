"""Every figure that the program has to reach, as one Markdown table.

Run as ``python benchmarks/run.py`` in an environment with the package installed. Floors are measured in
the same run, in turns with what they are the floor of. Ends with 1 when a figure is missed.
"""

from __future__ import annotations

import contextlib
import io
import os
import sys
import tempfile
from pathlib import Path

import commands
import map_drawing
import map_screen
import render_scaling
import screens
import text_formats
from figures import Figure, table


def render_figure() -> Figure:
    """Return how the time for both documents grows with ten times the objectives."""
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        missed = render_scaling.main()
    growth = told.getvalue().split("Largest growth per objective x ")[1].split(",")[0]
    most = f"{render_scaling.ALLOWED_GROWTH:g}×"
    return Figure(
        "render both documents, 20 → 200 → 2,000", "–", "–", f"{growth}× per objective", most, not missed
    )


def main() -> int:
    """Print the table; return 1 if a figure is missed."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    with tempfile.TemporaryDirectory() as folder:
        os.environ.update(HOME=folder, XDG_STATE_HOME=folder)
        place = Path(folder)
        found = [*commands.figures(place), *screens.figures(place), *map_screen.figures(place)]
        found += [*map_drawing.figures(), *text_formats.figures(place), render_figure()]
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
