"""Which modules drag what along: each in a fresh interpreter, because a static graph cannot tell."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "bsc_coach"
LOOK = """
import importlib, json, sys
for name in sys.argv[1:]:
    importlib.import_module(name)
    print(json.dumps([name, [known for known in sys.modules if known.split(".")[0] in {HEAVY}]]))
"""
HEAVY = {"textual", "rich", "jinja2", "pydantic", "bsc_coach"}
LOOK_AT_EACH = """
import importlib, json, os, sys
import pydantic  # here once, and not for each module again
for name in sys.argv[1:]:
    child = os.fork()
    if child == 0:
        importlib.import_module(name)
        print(json.dumps([name, [*{"textual", "rich", "jinja2"}.intersection(sys.modules)]]), flush=True)
        os._exit(0)
    os.waitpid(child, 0)
"""
"""Each module in a process of its own, which begins where the libraries for all of them are loaded."""


def headless() -> list[str]:
    """Return every module that must do without a screen."""
    names = []
    for path in sorted(ROOT.rglob("*.py")):
        parts = path.relative_to(ROOT.parent).with_suffix("").parts
        if "tui" not in parts:
            names.append(".".join(part for part in parts if part != "__init__"))
    return names


@cache
def dragged_by(name: str) -> frozenset[str]:
    """Return the heavy packages, and modules of ours, that importing ``name`` alone loads."""
    code = LOOK.replace("{HEAVY}", repr(HEAVY))
    done = subprocess.run(
        [sys.executable, "-c", code, name], capture_output=True, text=True, check=True, cwd=ROOT.parent
    )
    return frozenset(json.loads(done.stdout)[1])


def roots_of(modules: frozenset[str]) -> set[str]:
    return {module.split(".")[0] for module in modules} - {"bsc_coach"}


def test_all_headless_modules_together_load_no_screen() -> None:
    code = LOOK.replace("{HEAVY}", repr(HEAVY))
    done = subprocess.run(
        [sys.executable, "-c", code, *headless()], capture_output=True, text=True, check=True, cwd=ROOT.parent
    )
    for line in done.stdout.splitlines():
        name, loaded = json.loads(line)
        assert not {"textual", "rich"} & roots_of(frozenset(loaded)), name


def package_of(name: str) -> str:
    return ".".join(name.split(".")[:2])


def loaded_by_each(names: list[str]) -> dict[str, set[str]]:
    """Return which of Textual, Rich and Jinja2 each module loads that is imported alone."""
    done = subprocess.run(
        [sys.executable, "-c", LOOK_AT_EACH, *names],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT.parent,
    )
    assert not done.stderr
    return {name: set(loaded) for name, loaded in map(json.loads, done.stdout.splitlines())}


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="NOT TESTED HERE: needs os.fork")
@pytest.mark.parametrize("package", sorted({package_of(name) for name in headless()}))
def test_a_headless_module_alone_loads_no_screen(package: str) -> None:
    names = [name for name in headless() if package_of(name) == package]
    loaded = loaded_by_each(names)
    assert [*loaded] == names
    assert not [name for name in names if {"textual", "rich"} & loaded[name]]
    without = [name for name in names if "documents" not in name and name != "bsc_coach.cli.render"]
    assert not [name for name in without if "jinja2" in loaded[name]]


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="NOT TESTED HERE: needs os.fork")
def test_what_each_module_loads_alone_is_seen() -> None:
    """The control: the one that comes first does not load it for the next."""
    names = ["bsc_coach.tui.app", "bsc_coach.documents.templating.environment", "bsc_coach.text"]
    assert loaded_by_each(names) == {names[0]: {"textual", "rich"}, names[1]: {"jinja2"}, names[2]: set()}


@pytest.mark.parametrize(
    ("name", "without"),
    [
        ("bsc_coach", {"pydantic", "jinja2"}),
        ("bsc_coach.__main__", {"pydantic", "jinja2"}),
        ("bsc_coach.cli.main", {"pydantic", "jinja2"}),
        ("bsc_coach.text", {"pydantic", "jinja2"}),
        ("bsc_coach.words", {"pydantic", "jinja2"}),
        ("bsc_coach.errors", {"pydantic", "jinja2"}),
        ("bsc_coach.cli.sessions", {"pydantic", "jinja2"}),
        ("bsc_coach.cli.line_mode", {"jinja2"}),
        ("bsc_coach.cli.apply", {"jinja2"}),
        ("bsc_coach.cli.status", {"pydantic", "jinja2"}),
        ("bsc_coach.tui.app", {"pydantic", "jinja2"}),
        ("bsc_coach.cli.scripts", {"jinja2"}),
        ("bsc_coach.conversation.side_views", {"jinja2"}),
        ("bsc_coach.session.samples", {"jinja2"}),
    ],
)
def test_what_a_module_does_without(name: str, without: set[str]) -> None:
    assert not without & roots_of(dragged_by(name))


def test_the_screen_is_seen_where_it_is() -> None:
    """The control: the app does load Textual, and rendering loads Jinja2."""
    assert "textual" in roots_of(dragged_by("bsc_coach.tui.app"))
    assert "jinja2" in roots_of(dragged_by("bsc_coach.documents.templating.environment"))


def test_how_far_a_session_is_is_told_without_pydantic(riverbend_folder: Path) -> None:
    code = (
        "import sys; from bsc_coach.__main__ import main;"
        f"main(['status', '--json', {str(riverbend_folder)!r}]); print('pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    progress, imported = done.stdout.splitlines()
    assert json.loads(progress)["progress"]["settled"] > 200
    assert imported == "False"


def test_version_imports_nothing_of_ours_but_the_entrance() -> None:
    code = (
        "import sys; from bsc_coach.__main__ import main; main(['--version']);"
        "print(sorted(m for m in sys.modules if m.startswith('bsc_coach')), 'pydantic' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "['bsc_coach', 'bsc_coach.__main__'] False"
