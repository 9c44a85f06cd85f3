"""Two facilitators who go on with copies of one session, by requests as ``apply`` takes them.

Every text is said by one of them only, so that it can be looked for wherever the copies come together.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import create_session, open_session
from tests.support.cli import Ran

Run = Callable[..., Ran]

Request = dict[str, object]


def _segment(name: str, choice: str) -> Request:
    return {"do": "add", "list": "segments", "answers": {"segments.name": name, "segments.choice": choice}}


BEGIN: tuple[Request, ...] = (
    {"do": "accept", "step": "organisation.name", "value": "Acme Housing"},
    {"do": "accept", "step": "organisation.kind", "value": "business"},
    {"do": "accept", "step": "organisation.customers", "value": "tenants"},
    {"do": "accept", "step": "organisation.year", "value": 2030},
    {"do": "accept", "step": "organisation.ambition", "value": "Everybody pays less for heat than today."},
    _segment("Widows", "primary"),
    _segment("Families", "target"),
    {"do": "add", "list": "promises", "answers": {"promises.title": "A warm house for the price of a call"}},
)
ANN: tuple[Request, ...] = (
    {"do": "accept", "step": "organisation.name", "value": "Acme Homes"},
    {
        "do": "add",
        "list": "segments",
        "answers": {"segments.name": "Ann's shopkeepers", "segments.choice": "target"},
    },
    {"do": "accept", "step": "segments.age", "of": "SEG3", "value": "Ann says twenty to sixty"},
    {"do": "accept", "step": "organisation.purpose", "value": "Ann wants to choose whom to build for"},
    {"do": "remove", "item": "SEG2"},
    {"do": "accept", "step": "organisation.year", "value": 2031},
    {"do": "undo"},
)
BOB: tuple[Request, ...] = (
    {"do": "accept", "step": "organisation.name", "value": "The Acme Society"},
    _segment("Bob's students", "target"),
    {"do": "accept", "step": "segments.age", "of": "SEG3", "value": "Bob says under thirty"},
    {"do": "add", "list": "promises", "answers": {"promises.title": "Bob's promise of a key within a week"}},
    {"do": "accept", "step": "segments.income", "of": "SEG2", "value": "Bob says two wages"},
)
CARLA: tuple[Request, ...] = (
    _segment("Carla's nurses", "target"),
    {"do": "add", "list": "promises", "answers": {"promises.title": "Carla's promise of quiet nights"}},
)
SAID = (
    "Ann's shopkeepers",
    "Ann says twenty to sixty",
    "Ann wants to choose whom to build for",
    "Bob's students",
    "Bob says under thirty",
    "Bob's promise of a key within a week",
    "Bob says two wages",
)
"""What Ann and Bob said that nobody said anything against: it is in strategy.toml when all is together."""


def requests(*lines: Request) -> str:
    """Return requests as ``apply`` reads them."""
    return "".join(json.dumps(line) + "\n" for line in lines)


def works(run: Run, folder: Path, name: str, *lines: Request) -> None:
    """Let somebody do some things in a copy; every one is taken, and the documents are written."""
    ran = run("--as", name, "apply", folder, typed=requests(*lines))
    assert ran.code == 0, ran.said


def carried_out(folder: Path, name: str, *lines: Request) -> None:
    """The same without the command line: quick."""
    session = open_session(folder, Environment(by=name))
    for line in lines:
        outcome = session.do(command_of(session.plan, read_request(line)))
        assert outcome.accepted, line
    session.write_strategy()
    session.write_document()
    session.close()


def begin(folder: Path) -> Path:
    """Make the session that both of them know."""
    create_session(folder, bundled_source(), Environment(by="Ann")).close()
    carried_out(folder, "Ann", *BEGIN)
    return folder


def copied(folder: Path, target: Path) -> Path:
    """Return a copy of a session's folder."""
    shutil.copytree(folder, target)
    return target


def bytes_in(folder: Path, *, without: str = "lock") -> dict[str, bytes]:
    """Return every file below a folder but the lock, which whoever asks for it touches."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != without
    }


def ids_in(folder: Path) -> list[str]:
    """Return every id that a strategy.toml gives to something, in its order."""
    text = (folder / "strategy.toml").read_text(encoding="utf-8")
    text = text.partition("[session]")[0] + text.partition("[organisation]")[2]
    return re.findall(r'^id = "([A-Z]+[0-9.]*)"$', text, re.MULTILINE)
