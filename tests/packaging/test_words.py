"""The words of the program: every key that code asks for is there, and no word stands there for nobody."""

from __future__ import annotations

import ast
import re
import string
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest

from bsc_coach import errors, text
from bsc_coach.documents.formats import known_formats
from bsc_coach.errors import BscCoachError
from bsc_coach.script.validation import ScriptErrors
from bsc_coach.strategy.model import Strategy
from bsc_coach.words import say
from tests.packaging.code import ROOT, Module, calls, literal_start, modules

WORDS = ROOT.parent / "prompts" / "words"
TEMPLATES = ROOT.parent / "templates"
PREFIXES = {
    "say": ("", "talk.", "document.", "tui."),
    "ui": ("tui.",),
    "note": ("talk.",),
    "help_text": ("cli.help.",),
    "Refusal": ("interview.refusal.",),
    "RefusedError": ("interview.refusal.",),
    **{kind.__name__: ("",) for kind in (*BscCoachError.__subclasses__(), ScriptErrors)},
}
"""What stands before the key that a function is given."""
TAKES_NO_KEY = {"ScriptErrors"}


def leaves(table: dict[str, object], path: str) -> Iterator[tuple[str, dict[str, str]]]:
    """Yield each key with its forms: {"": text} or {"one": …, "other": …}."""
    for name, value in table.items():
        if isinstance(value, str):
            yield f"{path}.{name}", {"": value}
        elif isinstance(value, dict) and "other" in value and all(isinstance(v, str) for v in value.values()):
            yield f"{path}.{name}", {str(form): str(told) for form, told in value.items()}
        elif isinstance(value, dict):
            yield from leaves(value, f"{path}.{name}")


def catalogue(language: str = "en") -> dict[str, dict[str, str]]:
    """Return every text of a language by key."""
    found: dict[str, dict[str, str]] = {}
    for path in sorted((WORDS / language).glob("*.toml")):
        found.update(leaves(tomllib.loads(path.read_text(encoding="utf-8")), path.stem))
    return found


ENGLISH = catalogue()
TRANSLATED = sorted(path.name for path in WORDS.iterdir() if path.name != "en")
MODULES = modules()


def keys_asked_for(found: list[Module]) -> Iterator[tuple[str, str, str, bool, ast.Call]]:
    """Yield (place, function, text, whole, call) for each key told in code."""
    for module in found:
        for name, call in calls(module.tree):
            if name not in PREFIXES or name in TAKES_NO_KEY or not call.args:
                continue
            told = literal_start(call.args[0])
            if told is not None:
                place = f"{module.path.name}:{call.lineno}"
                yield place, name, told[0], told[1], call


def _form_of(key: str) -> bool:
    """Tell whether a key names one form of a text, like its zero."""
    text_key, _, form = key.rpartition(".")
    return form in ENGLISH.get(text_key, {})


def missing(found: list[Module]) -> list[str]:
    """Return where code asks for a key that no catalogue has."""
    lacking = []
    for place, name, told, whole, _ in keys_asked_for(found):
        wanted = [prefix + told for prefix in PREFIXES[name]]
        if whole:
            there = any(key in ENGLISH or _form_of(key) for key in wanted)
        else:
            there = any(key.startswith(start) for start in wanted for key in ENGLISH)
        if not there:
            lacking.append(f"{place}: {name}({told!r})")
    return lacking


def test_every_key_in_code_is_there() -> None:
    assert missing(MODULES) == []
    assert sum(1 for _ in keys_asked_for(MODULES)) > 150


def test_a_slip_in_a_key_is_caught() -> None:
    """The control."""
    slip = ast.parse('say("cli.no_such_word")\nui(f"nonsense.{x}")\nsay("cli.made", folder=1)')
    assert missing([Module(Path("slip.py"), slip)]) == [
        "slip.py:1: say('cli.no_such_word')",
        "slip.py:2: ui('nonsense.')",
    ]


def places_in(told: str) -> set[str]:
    """Return the names in the ``{places}`` of a text."""
    return {re.split(r"[.\[!:]", name)[0] for _, name, _, _ in string.Formatter().parse(told) if name}


def test_what_a_text_needs_is_what_code_gives() -> None:
    wrong = []
    for place, name, told, whole, call in keys_asked_for(MODULES):
        if not whole or any(keyword.arg is None for keyword in call.keywords):
            continue
        if name in ("Refusal", "note") or (name == "say" and not isinstance(call.func, ast.Name)):
            continue
        key = next((p + told for p in PREFIXES[name] if p + told in ENGLISH), None)
        if key is None:
            continue
        given = {str(keyword.arg) for keyword in call.keywords}
        needed = set().union(*(places_in(form) for form in ENGLISH[key].values()))
        if needed - given or ("one" in ENGLISH[key] and "n" not in given):
            wrong.append(f"{place}: {key} needs {sorted(needed)}, is given {sorted(given)}")
    assert wrong == []


def test_the_forms_of_a_text_have_the_same_places() -> None:
    for key, forms in ENGLISH.items():
        if "one" in forms:
            assert places_in(forms["one"]) - {"n"} <= places_in(forms["other"]), key


def parted(english: dict[str, dict[str, str]], translated: dict[str, dict[str, str]]) -> list[str]:
    """Return where two catalogues differ: a key that one of them lacks, or other places in a text."""
    apart = [f"{key}: in one of the two only" for key in sorted(set(english) ^ set(translated))]
    for key in sorted(set(english) & set(translated)):
        forms, said = english[key], translated[key]
        main = "other" if "other" in forms else ""
        if set(forms) != set(said):
            apart.append(f"{key}: forms")
        elif places_in(forms[main]) != places_in(said[main]) or not all(
            places_in(told) <= places_in(said[main]) for told in said.values()
        ):
            apart.append(f"{key}: places")
    return apart


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_same_keys_and_places(language: str) -> None:
    assert parted(ENGLISH, catalogue(language)) == []


def test_a_translation_that_differs_is_caught() -> None:
    """The control."""
    english = {"a.one": {"": "Say {it}"}, "a.two": {"one": "{n} day", "other": "{n} days"}}
    assert parted(english, english) == []
    assert parted(english, {"a.one": english["a.one"]}) == ["a.two: in one of the two only"]
    assert parted(english, {**english, "a.three": {"": "Drie"}}) == ["a.three: in one of the two only"]
    assert parted(english, {**english, "a.one": {"": "Zeg {dat}"}}) == ["a.one: places"]
    assert parted(english, {**english, "a.two": {"": "{n} dagen"}}) == ["a.two: forms"]
    assert parted(english, {**english, "a.two": {"one": "dag", "other": "dagen"}}) == ["a.two: places"]
    assert parted(english, {**english, "a.two": {"one": "{x}", "other": "{n} dagen"}}) == ["a.two: places"]
    assert parted(english, {**english, "a.two": {"one": "een dag", "other": "{n} dagen"}}) == []


def told_in_code() -> tuple[set[str], set[str]]:
    """Return every literal text in code and templates, and every beginning of a formatted one."""
    whole: set[str] = set()
    starts: set[str] = set()
    for module in MODULES:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.JoinedStr):
                told = literal_start(node)
                if told is not None and len(told[0]) >= 3:
                    starts.add(told[0])
            elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                whole.add(node.value)
    for path in (*TEMPLATES.rglob("*.j2"), *TEMPLATES.rglob("*.typ")):
        whole.update(re.findall(r"[a-z_]+(?:\.[a-z_]+)*", path.read_text(encoding="utf-8")))
    script = tomllib.loads((ROOT.parent / "prompts" / "strategy_map.toml").read_text(encoding="utf-8"))
    for step in script["step"]:
        whole.update({step["kind"], step["id"]} | {one["id"] for one in step.get("choices", [])})
        whole.update(one["id"] for one in step.get("items", []))
    # A field that is called otherwise in one part of the strategy is named by both ("risks_answer").
    for part, held in Strategy.model_fields.items():
        inside = [one for one in get_args(held.annotation) if isinstance(one, type)]
        whole.update(f"{part}_{name}" for one in inside for name in getattr(one, "model_fields", ()))
    endings = {
        one[at + 1 :] for one in whole for at, letter in enumerate(one) if letter == "." and len(one) < 80
    }
    return whole | endings, starts


def is_used(key: str, whole: set[str], starts: set[str]) -> bool:
    """Tell whether some text in code is the key, or a tail of it, or the beginning of it or of a tail."""
    parts = key.split(".")
    tails = [".".join(parts[at:]) for at in range(len(parts))]
    if any(tail in whole for tail in tails):
        return True
    return any(tail.startswith(start) for tail in tails[:-1] or tails for start in starts)


def test_no_word_stands_there_for_nobody() -> None:
    whole, starts = told_in_code()
    assert [key for key in ENGLISH if not is_used(key, whole, starts)] == []


def test_a_dead_word_is_caught() -> None:
    """The control."""
    whole, starts = told_in_code()
    assert not is_used("cli.nobody_says_this", whole, starts)
    assert is_used("cli.made", whole, starts)


def test_no_text_holds_what_must_not_reach_a_terminal() -> None:
    for key, forms in [*ENGLISH.items(), *(one for lang in TRANSLATED for one in catalogue(lang).items())]:
        for told in forms.values():
            assert text.clean(told).text == told, key
            assert told, key


def test_every_kind_of_failure_is_in_the_tree_of_errors() -> None:
    shown = errors.__doc__ or ""
    for kind in BscCoachError.__subclasses__():
        assert kind.__name__ in shown, kind


@pytest.mark.parametrize("language", ["en", "nl"])
def test_every_format_is_described(language: str) -> None:
    for name in known_formats():
        assert say(f"documents.kind.{name}", language) != f"documents.kind.{name}"
