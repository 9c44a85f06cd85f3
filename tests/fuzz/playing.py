"""One case of the fuzz: a folder of any kind, every command on it in this process, and the app."""

from __future__ import annotations

import asyncio
import io
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import pytest
from textual.worker import WorkerFailed

from bsc_coach.__main__ import main
from bsc_coach.conversation.commands.registry import COMMANDS
from bsc_coach.conversation.rehearsal.path import text_formats
from bsc_coach.interview.requests import request_schema
from bsc_coach.script.loader import bundled_source
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.listing import session_info
from bsc_coach.session.opening import open_session
from bsc_coach.session.scripts import write_script
from bsc_coach.tui.app import CoachApp
from tests.fuzz.stories import ITEMS, NUMBERS, SHORTS, TEXTS, Pick, Story, any_script, mutated, recorded
from tests.support.app import settled
from tests.support.sessions import same_environment

ANSWERS = (
    "",
    "",
    "1",
    "2",
    "yes",
    "n",
    "2030",
    "2027-03",
    "0.5",
    "A plain answer",
    "Ann, Bea; Cas",
    "a | b | c",
    "/",
)
KEYS = ("f2", "f3", "f4", "f5", "f6", "f1", "up", "down", "enter", "escape", "tab", "1", "2", "a", "ctrl+z")
TEXT = ",".join(text_formats())
LANGUAGES = ("nl", "en", "fr")
HEAVY = ("xlsx", "docx", "pptx", "pdf")


class CrashError(Exception):
    """A command met a fault of the program; its cause tells which."""

    def __init__(self, command: Sequence[str]) -> None:
        super().__init__(" ".join(command)[:300])


@contextmanager
def faults_come_through() -> Iterator[None]:
    """Let what the last handler would tell of go on as the exception that it was."""

    def raised(error: Exception) -> int:
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("bsc_coach.cli.main.end_by_fault", raised)
        yield


def run(*arguments: object, typed: str = "") -> tuple[int, str]:
    """Run one command in this process; return its exit code and all that it said."""
    words = [str(one) for one in arguments]
    out, err, before = io.StringIO(), io.StringIO(), sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(typed.encode("utf-8", "surrogateescape")), encoding="utf-8")
    try:
        with faults_come_through(), redirect_stdout(out), redirect_stderr(err):
            code = main(words)
    except Exception as error:
        raise CrashError(words) from error
    finally:
        sys.stdin = before
    said = out.getvalue() + err.getvalue()
    if code not in (0, 1, 2) or "Traceback (most" in said:
        raise CrashError([*words, str(code), said[-2000:]])
    return code, said


@contextmanager
def in_folder(folder: Path) -> Iterator[None]:
    """Work in a folder: whatever is typed may name one below it."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


class Case:
    """A folder with a session that nobody would make, and what is done with it."""

    def __init__(self, pick: Pick, home: Path, riverbend: Path) -> None:
        self.pick, self.home, self.folder, self.riverbend = pick, home, home / "s", riverbend
        self.folder.mkdir(parents=True)
        if pick([True, False, False]):
            self.source, self.script = any_script_of_the_program()
            (self.folder / "journal.jsonl").write_bytes(mutated(pick, recorded(riverbend)))
            self.story = Story(pick, self.source, self.script)
        else:
            self.source, self.script = any_script(pick)
            self.story = Story(pick, self.source, self.script)
            (self.folder / "journal.jsonl").write_bytes(self.story.journal())
        write_script(self.folder, self.source, Disk())

    def lines(self) -> str:
        """Return what is typed in line mode."""
        names = [command.name for command in COMMANDS]
        rests = (*ITEMS, *SHORTS, *TEXTS, "", "", "M12 because", "en", "all", "md,toml")
        typed = []
        for _ in range(self.pick([0, 3, 10, 25])):
            slash = f"/{self.pick(names)} {self.pick(rests)}"
            typed.append(self.pick([self.pick(ANSWERS), self.pick(ANSWERS), self.pick(TEXTS), slash, slash]))
        return "\n".join(line.replace("\n", " ") for line in typed) + "\n"

    def requests(self) -> str:
        """Return what is sent to ``apply``."""
        kinds = request_kinds()
        told = []
        for _ in range(self.pick([3, 10])):
            kind, names = self.pick(kinds)
            step = self.pick(self.script.steps).id
            values = (
                step,
                step,
                self.story.slot(),
                *SHORTS,
                *ITEMS,
                *NUMBERS,
                *TEXTS[:12],
                None,
                True,
                [],
                ["1"],
                {},
            )
            told.append(
                {"do": kind, **{name: self.pick(values) for name in names if not self.story.rarely()}}
            )
            if "step" in told[-1]:
                told[-1]["step"] = self.pick([step, step, step, told[-1]["step"]])
        return "".join(json.dumps(one) + "\n" for one in told)

    def other_version(self) -> Path:
        """Write another version of the script, or another script."""
        path = self.home / "later.toml"
        path.write_bytes(any_script(self.pick, version=2)[0].base)
        return path

    def shorts(self) -> list[str]:
        made = [one["short"] for one in self.story.events if isinstance(one.get("short"), str)]
        return [*made, "F1", "O1", "north", "Z9", *SHORTS]

    def play(self) -> None:
        """Do some of all that can be done, each in any order."""
        with in_folder(self.home):
            for _ in range(self.pick([3, 4, 5])):
                self.pick(self.commands())()
            run("status", self.folder)
            run("open", self.folder, "--plain", typed=self.lines())

    def commands(self) -> list[Callable[[], object]]:
        """Return each thing that can be done with the folder."""
        folder, pick, home, other = self.folder, self.pick, self.home, self.riverbend
        return [
            lambda: run("open", folder, "--plain", typed=self.lines()),
            lambda: run("open", folder, "--plain", "--read-only", typed=self.lines()),
            self.go_on_with_another_version,
            self.go_on_with_another_version,
            lambda: run("apply", folder, typed=self.requests()),
            lambda: run("apply", folder, "--take-edits", typed=self.requests()),
            lambda: run("status", folder, "--json"),
            lambda: run("check", folder, "--format", pick(["text", "json"])),
            lambda: [run("why", "--", short, folder) for short in {pick(self.shorts()) for _ in range(4)}],
            lambda: run("why", "--json", "--", pick(self.shorts()), folder),
            lambda: run("diff", *pick([(folder, other), (other, folder), (folder, folder)])),
            lambda: run("render", folder, "--format", TEXT, "-o", home / "out", *pick([[], ["--redact"]])),
            lambda: run("render", folder, "--format", TEXT, "-o", home / "out", "--lang", pick(LANGUAGES)),
            lambda: run("render", folder, "--format", pick(HEAVY), "-o", home / "office"),
            self.new_from,
            lambda: run("script", "check", folder / "script.toml"),
            lambda: run("script", "check", self.other_version()),
            self.rehearse,
            lambda: run("plan", folder),
            lambda: run("homework", folder),
            lambda: run("homework", folder, "--nobody", "--plain", typed=self.lines()),
            lambda: run("homework", folder, "--plain", pick(TEXTS), typed=self.lines()),
            lambda: session_info(folder, Environment()),
            self.app,
            self.any_arguments,
        ]  # fmt: skip

    def rehearse(self) -> None:
        """Rehearse a script that nobody wrote; that of the program takes long, and .ci/run rehearses it."""
        if self.source.base != bundled_source().base:
            run("script", "rehearse", self.folder / "script.toml", "--paths", "1")

    def go_on_with_another_version(self) -> None:
        later, folder = self.other_version(), self.folder
        run("open", folder, "--plain", "--script", later, typed="y\n" + self.lines())

    def new_from(self) -> None:
        new = self.home / "new"
        shutil.rmtree(new, ignore_errors=True)
        run("new", new, "--from", self.folder, "--plain", typed=self.lines())
        if (new / "journal.jsonl").exists():
            run("status", new)

    def any_arguments(self) -> None:
        """Run a command with words that make no sense."""
        words = (
            *SHORTS,
            *TEXTS,
            *NUMBERS,
            str(self.folder),
            "--json",
            "--lang",
            "--format",
            "-o",
            "--redact",
            "--as",
        )
        name = self.pick(
            ["status", "why", "check", "render", "diff", "explain", "plan", "script", "completion", "open"]
        )
        given = [str(self.pick(words)).replace("\x00", "") for _ in range(self.pick([1, 2, 3]))]
        run(name, *given, typed="")

    def app(self) -> None:
        """Open the session in the app and press some keys."""
        keys = [self.pick(KEYS) for _ in range(self.pick([0, 4, 8]))]
        size = self.pick([(80, 24), (120, 40), (40, 12)])
        try:
            session = open_session(self.folder, same_environment())
            asyncio.run(_pressed(CoachApp(session), keys, size))
        except WorkerFailed as failed:
            raise CrashError(["the app", *keys]) from failed.error
        except Exception as error:
            raise CrashError(["the app", *keys]) from error


async def _pressed(app: CoachApp, keys: Sequence[str], size: tuple[int, int]) -> None:
    try:
        async with app.run_test(size=size) as pilot:
            await settled(pilot)
            for key in keys:
                await pilot.press(key)
            await settled(pilot)
    finally:
        app.end_session()
    if app.fault is not None:
        raise app.fault


def any_script_of_the_program() -> Any:
    """Return the script that comes with the program."""
    return any_script(lambda among: among[0])


def request_kinds() -> list[tuple[str, list[str]]]:
    """Return each kind of request of ``apply`` and the names of what goes with it, by its own schema."""
    schema: Any = request_schema()
    kinds = []
    for one in schema.get("oneOf") or schema["anyOf"]:
        made = schema["$defs"][one["$ref"].rpartition("/")[2]] if "$ref" in one else one
        names = [name for name in made["properties"] if name != "do"]
        kinds.append((made["properties"]["do"].get("const", "accept"), names))
    return kinds
