"""A fast way to run the program in this process, and a small session to run it on."""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.__main__ import main
from tests.support.cli import Ran, well_behaved
from tests.support.two_facilitators import ANN, BOB, CARLA, begin, carried_out, copied

Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run the program in this process with its input given, as over pipes."""

    def run_here(*arguments: object, typed: str | bytes = "", broken: bool = False) -> Ran:
        data = typed.encode("utf-8", "surrogateescape") if isinstance(typed, str) else typed
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        capsys.readouterr()
        code = main([str(one) for one in arguments])
        out, err = capsys.readouterr()
        ran = Ran(code, out, err)
        well_behaved(ran, broken=broken)
        return ran

    return run_here


UNPLANNED = "/where\n"
"""A command leaves the question how long there is: nobody says it, and everything is asked."""
BEGUN = "Acme Housing\n1\ntenants\n2030\nEverybody who rents from us pays less for heat than today.\n\n"
"""What is typed to answer the first questions, up to who is in the room."""


@pytest.fixture
def begun(tmp_path: Path, run: Run) -> Path:
    """A session with five answers and a question that was passed in it, and its documents."""
    folder = tmp_path / "begun"
    assert run("new", folder, "--plain", typed=UNPLANNED + BEGUN).code == 0
    return folder


@pytest.fixture(scope="session")
def hands(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A session as both facilitators know it ("before"), and what each made of a copy. Look, do not touch."""
    made = tmp_path_factory.mktemp("hands")
    before = begin(made / "before")
    for name, lines in (("ann", ANN), ("bob", BOB), ("carla", CARLA)):
        carried_out(copied(before, made / name), name.capitalize(), *lines)
    return made


@pytest.fixture
def ann(hands: Path, tmp_path: Path) -> Path:
    """The copy that Ann went on with; Bob's is beside it, in "bob"."""
    copied(hands / "bob", tmp_path / "bob")
    return copied(hands / "ann", tmp_path / "ann")


@pytest.fixture
def bob(ann: Path) -> Path:
    """The copy that Bob went on with."""
    return ann.parent / "bob"


@pytest.fixture
def carla(hands: Path, tmp_path: Path) -> Path:
    """A third copy that somebody went on with."""
    return copied(hands / "carla", tmp_path / "carla")


@pytest.fixture
def before(hands: Path, tmp_path: Path) -> Path:
    """The session as all of them knew it."""
    return copied(hands / "before", tmp_path / "before")
