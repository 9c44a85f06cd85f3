"""What all text formats of the recorded hospital cost together, beside importing the libraries they use.

Run as ``python benchmarks/text_formats.py``. Requirement: at most three times the import. Both are measured
in fresh processes, in turns: the floor imports Jinja2, pydantic and tomli-w and builds one model, the
measured one has the strategy read already and makes every format that needs no extra. Ends with 1 where it
is missed.
"""

from __future__ import annotations

import pickle
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from figures import Figure, table, taking_turns, times
from sessions import steady_environment

from bsc_coach.documents.formats import document_format, known_formats
from bsc_coach.session.samples import play_sample

MOST = 3.0
ROUNDS = 9
FLOOR = """
from time import perf_counter
start = perf_counter()
import jinja2, jinja2.sandbox, pydantic, tomli_w
class One(pydantic.BaseModel):
    name: str = ""
One(name="x")
print(perf_counter() - start)
"""
MAKING = """
import pickle, sys
from time import perf_counter
from pathlib import Path
from bsc_coach.documents.formats import Material, files_of
material = pickle.loads(Path(sys.argv[1]).read_bytes())
start = perf_counter()
files_of(sys.argv[2].split(","), material)
print(perf_counter() - start)
"""


def figures(folder: Path) -> list[Figure]:
    """Return the figure; ``folder`` takes the session that is played."""
    material = _material(folder)
    names = ",".join(name for name in known_formats() if not document_format(name).library)
    works = {"import": _told(FLOOR), "making": _told(MAKING, str(material), names)}
    found = taking_turns(works, ROUNDS)
    return [
        times(
            "all text formats of Riverbend (import of their libraries)",
            found["import"],
            found["making"],
            MOST,
        )
    ]


def _material(folder: Path) -> Path:
    session = play_sample("riverbend", folder / "riverbend", steady_environment())
    path = folder / "material.pickle"
    path.write_bytes(pickle.dumps(session.material()))
    session.close()
    return path


def _told(program: str, *arguments: str) -> Callable[[], float]:
    """Return what runs ``program`` in a fresh process and returns the seconds that it tells."""

    def run() -> float:
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], check=True, capture_output=True, text=True
        )
        return float(done.stdout)

    return run


def main() -> int:
    """Print the figure; return 1 if it is missed."""
    with tempfile.TemporaryDirectory() as folder:
        found = figures(Path(folder))
    print(table(found))
    return 0 if all(one.ok for one in found) else 1


if __name__ == "__main__":
    sys.exit(main())
