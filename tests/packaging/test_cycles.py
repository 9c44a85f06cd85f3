"""No module needs itself by way of others: imports in functions and for type checking count too."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping
from pathlib import Path

from tests.packaging.code import ROOT, Module, modules


def name_of(path: Path) -> str:
    """Return the dotted name of a module by the path of its file."""
    parts = path.relative_to(ROOT.parent).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


def imported_by(module: Module, known: Iterable[str]) -> set[str]:
    """Return the modules among ``known`` that ``module`` imports anywhere in its file."""
    known, names = set(known), set()
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module is not None:
            assert node.level == 0, f"{module.path}: a relative import is not followed here"
            inside = {f"{node.module}.{alias.name}" for alias in node.names}
            names |= inside & known
            if inside - known:
                names.add(node.module)
    return names & known


def graph_of(found: list[Module]) -> dict[str, set[str]]:
    """Return what each module imports, by name."""
    known = {name_of(module.path) for module in found}
    return {name_of(module.path): imported_by(module, known) for module in found}


def cycles(graph: Mapping[str, set[str]]) -> list[list[str]]:
    """Return the groups of modules of which each needs each other (strongly connected components)."""
    reach: dict[str, set[str]] = {}
    for start in graph:
        seen: set[str] = set()
        waiting = [*graph[start]]
        while waiting:
            name = waiting.pop()
            if name not in seen:
                seen.add(name)
                waiting += graph[name]
        reach[start] = seen
    groups = {
        tuple(sorted(name for name in reach[start] if start in reach[name]))
        for start in graph
        if start in reach[start]
    }
    return [list(group) for group in sorted(groups)]


def test_no_module_needs_itself() -> None:
    assert cycles(graph_of(modules())) == []


def test_a_cycle_is_seen_however_it_is_hidden() -> None:
    """The control."""

    def module(name: str, text: str) -> Module:
        return Module(ROOT / f"{name}.py", ast.parse(text))

    plain = module("words", "import bsc_coach.text")
    deferred = module("text", "def later():\n    from bsc_coach.errors import Fault")
    typed = module("errors", "if TYPE_CHECKING:\n    from bsc_coach import words")
    outside = module("digest", "from bsc_coach.words import say")
    assert cycles(graph_of([plain, deferred, typed, outside])) == [
        ["bsc_coach.errors", "bsc_coach.text", "bsc_coach.words"]
    ]
    assert cycles(graph_of([plain, deferred, outside])) == []
