"""Reading our own source: calls, their first words, and the sentences that stand in them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2] / "bsc_coach"


class Module(NamedTuple):
    """A source file and what it parses to."""

    path: Path
    tree: ast.Module


@cache
def modules() -> list[Module]:
    """Return every source file of the package, parsed."""
    return [Module(path, ast.parse(path.read_text(encoding="utf-8"))) for path in sorted(ROOT.rglob("*.py"))]


def calls(tree: ast.AST) -> Iterator[tuple[str, ast.Call]]:
    """Yield each call with the name of what is called: ``say``, ``tell``, ``Turn``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) | ast.Attribute(attr=name):
                    yield name, node


def literal_start(node: ast.expr) -> tuple[str, bool] | None:
    """Return the text a key begins with and whether it is whole; None where it is not told here."""
    match node:
        case ast.Constant(value=str(text)):
            return text, True
        case ast.JoinedStr(values=[ast.Constant(value=str(text)), *_]):
            return text, False
        case ast.JoinedStr():
            return "", False
    return None
