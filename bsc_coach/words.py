"""Message catalogue: the words of the program by key and language, from prompts/words/LANGUAGE/AREA.toml.

A key is ``area.name`` or ``area.group.name``; the area names the file. A text that a language lacks
falls back to English, so that a half-translated catalogue still speaks.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import Any

from bsc_coach.errors import BscCoachError
from bsc_coach.parsed_toml import parse_toml
from bsc_coach.resources import asset_dir

BASE_LANGUAGE = "en"
_CENT = Decimal("0.01")
_PLAIN_FROM, _PLAIN_BELOW = Decimal("1e-6"), Decimal("1e15")


@cache
def _area(language: str, area: str) -> dict[str, object]:
    """Read one catalogue file; content that never changes while the program runs."""
    source = asset_dir("prompts") / "words" / language / f"{area}.toml"
    return parse_toml(source.read_bytes()) if source.is_file() else {}


@cache
def _look_up(language: str, key: str) -> str | dict[str, str] | None:
    area, *path = key.split(".")
    found: object = _area(language, area)
    for part in path:
        found = found.get(part) if isinstance(found, dict) else None
    if found is None or isinstance(found, str):
        return found
    if isinstance(found, dict) and "other" in found:
        return {str(form): str(text) for form, text in found.items()}
    return None


@cache
def languages() -> tuple[str, ...]:
    """List the languages that the program has words in."""
    return tuple(sorted(folder.name for folder in (asset_dir("prompts") / "words").iterdir()))


def spoken(asked_for: str | None = None) -> str:
    """Choose the language to speak where no session tells it (locale).

    It is the one asked for, else that of the environment, as LC_ALL, LC_MESSAGES or LANG says it; English
    where there are no words in it.
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    around = next((told for name in names if (told := os.environ.get(name))), "")
    return next((one for one in (asked_for, around[:2].lower()) if one in languages()), BASE_LANGUAGE)


def say(key: str, language: str, /, **values: object) -> str:
    """Translate ``key`` into ``language``, with ``values`` filled into its ``{places}``.

    A text may be a table ``{ one = "…", other = "…" }``; then the value ``n`` chooses the form.
    Raises KeyError for a key that no catalogue has: that is a fault of the program.
    """
    found = _look_up(language, key)
    if found is None:
        found = _look_up(BASE_LANGUAGE, key)
    if found is None:
        raise KeyError(key)
    if isinstance(found, dict):
        found = found["one"] if values.get("n") == 1 and "one" in found else found["other"]
    return found.format_map(values) if values else found


def texts(area: str, language: str) -> dict[str, Any]:
    """Look up all texts of an area as nested tables, for a template; English where ``language`` lacks one."""
    return _completed(_area(BASE_LANGUAGE, area), _area(language, area))


def _completed(base: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: _completed(told, own.get(name, {})) if isinstance(told, dict) else own.get(name, told)
        for name, told in base.items()
    }


def say_error(error: BscCoachError, language: str) -> str:
    """Translate a failure into the sentence that its key names."""
    return say(error.key, language, **error.values_in(language))


def number_said(value: float, language: str, *, cents: bool = False) -> str:
    """Return ``value`` with the separators of a language: 14200.5 → "14,200.5"; in Dutch "14.200,5".

    With ``cents`` one decimal becomes two, as of money: "14,200.50".
    """
    exact = Decimal(repr(value)) if isinstance(value, float) else Decimal(value)
    if cents and exact.as_tuple().exponent == -1 and exact != exact.to_integral_value():
        exact = exact.quantize(_CENT)
    if exact and not _PLAIN_FROM <= abs(exact) < _PLAIN_BELOW:
        told = f"{exact:.6e}"
    else:
        whole = exact.to_integral_value()
        told = f"{whole if exact == whole else exact:,f}"
    marks = {
        ",": say("document.format.thousands", language),
        ".": say("document.format.decimal", language),
        "-": "−",
    }
    return "".join(marks.get(character, character) for character in told)
