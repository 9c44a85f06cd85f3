"""The lock file: one version of every dependency, within its bounds, and nothing of a machine."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")


def asked_for(project: Mapping[str, Any]) -> Iterator[Requirement]:
    """Yield each requirement of the program, its extras and its dependency groups."""
    own = project["project"]
    groups = {**own["optional-dependencies"], **project["dependency-groups"], "": own["dependencies"]}
    for line in (line for lines in groups.values() for line in lines):
        requirement = Requirement(line)
        if requirement.name != own["name"]:
            yield requirement


def locked(lock: str) -> dict[str, str]:
    """Return the version of each locked package."""
    return {canonicalize_name(name): version for name, version in re.findall(r"(?m)^(\S+?)==(\S+)", lock)}


def unlocked(project: Mapping[str, Any], lock: str) -> list[str]:
    """Return each requirement that the lock file lacks or does not fulfil."""
    versions = locked(lock)
    return [
        str(one)
        for one in asked_for(project)
        if not (version := versions.get(canonicalize_name(one.name))) or not one.specifier.contains(version)
    ]


def test_every_direct_dependency_is_locked_within_its_bounds() -> None:
    assert len(list(asked_for(PROJECT))) > 15
    assert unlocked(PROJECT, LOCK) == []


@pytest.mark.parametrize(
    ("name", "instead"), [("textual", ""), ("textual", "textual==1.0.0"), ("types-jsonschema", "")]
)
def test_a_dependency_that_is_not_locked_is_caught(name: str, instead: str) -> None:
    """The control."""
    lock = re.sub(rf"(?m)^{name}==.*$", instead, LOCK)
    assert [Requirement(one).name for one in unlocked(PROJECT, lock)] == [name]


def test_nothing_of_a_machine_stands_in_the_lock_file() -> None:
    pinned = re.compile(r"[a-z0-9-]+==[0-9.]+( ; [a-z_]+ ([!=]=|[<>]=?) '[\w.]+')?")
    lines = [line for line in LOCK.splitlines() if line and not line.lstrip().startswith("#")]
    assert [line for line in lines if not pinned.fullmatch(line)] == []
    assert re.findall(r"\w+://|--[a-z-]*(?:index|find-links|host)|/(?:home|root|tmp|opt|Users)/", LOCK) == []


def test_packages_for_work_on_the_program_are_no_extras() -> None:
    assert set(PROJECT["project"]["optional-dependencies"]) == {
        *("pdf", "office", "spelling", "room", "ear", "lists", "all"),
    }
