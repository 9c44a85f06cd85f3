"""What all text formats of the recorded hospital cost together, beside importing the libraries they use.

Run by ``run.py``. Both are measured in fresh processes, in turns: the floor imports Jinja2, pydantic and
tomli-w and builds one model, the measured one has the strategy read already and makes every format that
needs no extra.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from figures import Figure, median_spent, times, walls
from processes import Spent
from sessions import Sessions, steady_environment

from bsc_coach.documents.formats import document_format, known_formats
from bsc_coach.session.opening import open_session

MOST = 2.2
ROUNDS = 9
FLOOR = """
from time import perf_counter, process_time
start = process_time(), perf_counter()
import jinja2, jinja2.sandbox, pydantic, tomli_w
class One(pydantic.BaseModel):
    name: str = ""
One(name="x")
print(process_time() - start[0], perf_counter() - start[1])
"""
MAKING = """
import pickle, sys
from time import perf_counter, process_time
from pathlib import Path
from bsc_coach.documents.formats import files_of
material = pickle.loads(Path(sys.argv[1]).read_bytes())
start = process_time(), perf_counter()
files_of(sys.argv[2].split(","), material)
print(process_time() - start[0], perf_counter() - start[1])
"""


def figures(sessions: Sessions) -> list[Figure]:
    """Return the figure."""
    material = _material(sessions)
    names = ",".join(name for name in known_formats() if not document_format(name).library)
    works = {"import": _told(FLOOR), "making": _told(MAKING, str(material), names)}
    spent = median_spent(works, ROUNDS)
    floor, making = spent["import"], spent["making"]
    what = "all text formats of Riverbend (import of their libraries)"
    return [times(what, floor.processor, making.processor, MOST, walls(floor, making))]


def _material(sessions: Sessions) -> Path:
    """Return a file that holds what the formats are made of."""
    session = open_session(sessions.riverbend(), steady_environment(), read_only=True)
    path = sessions.folder / "material.pickle"
    path.write_bytes(pickle.dumps(session.material()))
    session.close()
    return path


def _told(program: str, *arguments: str) -> Callable[[], Spent]:
    """Return what runs ``program`` in a fresh process and returns the seconds that it tells."""

    def run() -> Spent:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
        )
        processor, wall = map(float, done.stdout.split())
        return Spent(processor, wall)

    return run
