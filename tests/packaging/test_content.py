"""Sentences are content: none that a person reads stands in Python code."""

from __future__ import annotations

import ast
import re
from pathlib import Path

from bsc_coach.errors import BscCoachError
from tests.packaging.code import Module, calls, modules

SPEAKING = {
    "tell", "show", "print", "Turn", "notify", "Static", "Label", "Button", "Plain", "Content", "Text",
    "Question", "Way", "Option", "Binding", "Footer", "Markdown", "Tooltip", "ChoiceWindow",
    "add_argument", "add_parser", "ArgumentParser", "write", "update", "set_title",
}  # fmt: skip
"""What shows its text to a person."""
WORDY = {
    "help",
    "description",
    "epilog",
    "title",
    "subtitle",
    "tooltip",
    "placeholder",
    "label",
    "text",
    "prompt",
}
OURS = {"RefusedError", *(kind.__name__ for kind in BscCoachError.__subclasses__())}
SENTENCE = re.compile(r"[A-Za-zÀ-ÿ]{2,}[,;:]? +[A-Za-zÀ-ÿ]{2,}")
"""Two words with a blank between them."""


def is_sentence(told: str) -> bool:
    """Tell whether a literal reads like something said to a person."""
    return bool(SENTENCE.search(told))


def literals(node: ast.AST) -> list[str]:
    """Return the literal texts in an argument, but not those inside calls of their own."""
    if isinstance(node, ast.Call):
        return []
    if isinstance(node, ast.Constant):
        return [node.value] if isinstance(node.value, str) else []
    return [told for inner in ast.iter_child_nodes(node) for told in literals(inner)]


def sentences(found: list[Module]) -> list[str]:
    """Return every sentence in code that is given to something that shows it."""
    caught = []
    for module in found:
        for name, call in calls(module.tree):
            given = list(call.args) if name in SPEAKING else []
            given += [keyword.value for keyword in call.keywords if keyword.arg in WORDY]
            for told in (told for node in given for told in literals(node)):
                if is_sentence(told):
                    caught.append(f"{module.path.name}:{call.lineno}: {told!r}")
    return caught


def raised(found: list[Module]) -> list[str]:
    """Return sentences given to exceptions of ours, which carry keys instead."""
    caught = []
    for module in found:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call):
                told = [text for argument in node.exc.args for text in literals(argument)]
                name = ast.unparse(node.exc.func)
                if name in OURS and any(is_sentence(text) for text in told):
                    caught.append(f"{module.path.name}:{node.lineno}: {told}")
    return caught


def test_no_sentence_for_people_stands_in_code() -> None:
    assert sentences(modules()) == []


def test_failures_carry_keys_and_not_sentences() -> None:
    assert raised(modules()) == []


def test_a_sentence_in_code_is_caught() -> None:
    """The control."""
    code = (
        'console.tell("Something went wrong")\n'
        'self.notify(f"There were {n} answers")\n'
        'parser.add_argument("--x", help="what it does")\n'
        'raise FolderError("this is no key")\n'
        'console.tell(say("cli.made"))\nStatic("", id="log")\n'
    )
    slip = [Module(Path("slip.py"), ast.parse(code))]
    assert [one.split(": ")[0] for one in sentences(slip)] == ["slip.py:1", "slip.py:2", "slip.py:3"]
    assert len(raised(slip)) == 1
