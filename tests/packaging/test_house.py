"""What keeps code readable: budgets of files and functions, comments in long ones, names with one meaning."""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.packaging.code import Module, modules

LONGEST_FILE = 400
LONGEST_FUNCTION = 60
LONGEST_WITHOUT_COMMENT = 30


def long_files(found: list[Module]) -> list[str]:
    """Return each file with too many lines, and how many."""
    lines = {module.path: len(module.path.read_text(encoding="utf-8").splitlines()) for module in found}
    return [f"{path.name}: {count}" for path, count in lines.items() if count > LONGEST_FILE]


def long_functions(found: list[Module]) -> list[str]:
    """Return each function with too many lines, from its name to its last, and how many."""
    told = []
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                assert node.end_lineno is not None
                count = node.end_lineno - node.lineno + 1
                if count > LONGEST_FUNCTION:
                    told.append(f"{module.path.name}: {node.name}: {count}")
    return told


def test_no_file_is_too_long() -> None:
    assert long_files(modules()) == []


def test_no_function_is_too_long() -> None:
    assert long_functions(modules()) == []


@pytest.mark.parametrize("over", [0, 1])
def test_what_is_one_line_too_long_is_caught(over: int, tmp_path: Path) -> None:
    """The control."""
    path = tmp_path / "made.py"
    body = "    pass\n" * (LONGEST_FUNCTION - 1 + over)
    rest = LONGEST_FILE - LONGEST_FUNCTION
    path.write_text(f"def made():\n{body}" + "x = 1\n" * rest, encoding="utf-8")
    found = [Module(path, ast.parse(path.read_text(encoding="utf-8")))]
    assert long_functions(found) == ([f"made.py: made: {LONGEST_FUNCTION + 1}"] if over else [])
    assert long_files(found) == ([f"made.py: {LONGEST_FILE + 1}"] if over else [])


def functions(module: Module) -> Iterator[tuple[str, ast.FunctionDef | ast.AsyncFunctionDef]]:
    """Yield each function of a file with its name, that of its class before it."""
    for node in ast.walk(module.tree):
        for inner in ast.iter_child_nodes(node):
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                yield f"{node.name}.{inner.name}" if isinstance(node, ast.ClassDef) else inner.name, inner


def without_comment(found: list[Module]) -> set[str]:
    """Return each long function in which no comment tells what its parts do, as ``folder/file.py: name``."""
    told = set()
    for module in found:
        text = module.path.read_text(encoding="utf-8")
        tokens = tokenize.generate_tokens(io.StringIO(text).readline)
        comments = {token.start[0] for token in tokens if token.type == tokenize.COMMENT}
        for name, node in functions(module):
            assert node.end_lineno is not None
            lines = range(node.lineno + 1, node.end_lineno + 1)
            if len(lines) >= LONGEST_WITHOUT_COMMENT and comments.isdisjoint(lines):
                told.add(f"{module.path.parent.name}/{module.path.name}: {name}")
    return told


def test_a_long_function_tells_in_comments_what_its_parts_do() -> None:
    assert without_comment(modules()) == set()


@pytest.mark.parametrize(("comment", "caught"), [("", {"MADE/made.py: Made.long"}), ("  # the rest", set())])
def test_a_long_function_without_a_comment_is_caught(comment: str, caught: set[str], tmp_path: Path) -> None:
    """The control."""
    path = tmp_path / "made.py"
    body = "        pass\n" * (LONGEST_WITHOUT_COMMENT - 1) + f"        pass{comment}\n"
    path.write_text(f"class Made:\n    def long(self):  # not inside\n{body}", encoding="utf-8")
    found = without_comment([Module(path, ast.parse(path.read_text(encoding="utf-8")))])
    assert found == {name.replace("MADE", tmp_path.name) for name in caught}


def shared_names(found: list[Module]) -> dict[str, list[str]]:
    """Return each class name that stands in more than one file, with those files."""
    places: dict[str, set[str]] = {}
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name, set()).add(str(module.path))
    return {name: sorted(files) for name, files in places.items() if len(files) > 1}


def test_a_class_name_means_one_thing() -> None:
    assert shared_names(modules()) == {}


def test_a_class_name_that_means_two_things_is_caught() -> None:
    """The control."""
    one, other = (Module(Path(name), ast.parse("class Made: ...")) for name in ("a.py", "b.py"))
    assert shared_names([one, other]) == {"Made": ["a.py", "b.py"]}
