"""Loading a script from its base file and translations: built quickly if bundled, validated if not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TYPE_CHECKING

from bsc_coach.parsed_toml import parse_toml
from bsc_coach.script.model import Script, ScriptFile, Translation
from bsc_coach.script.source import MARK, ScriptSource, bundled_source, read_source
from bsc_coach.script.unchecked import build

if TYPE_CHECKING:
    from bsc_coach.script.validation import ScriptErrors

__all__ = ["ScriptErrors", "ScriptSource", "bundled_source", "load_script", "read_source"]


def __getattr__(name: str) -> object:
    """Give ScriptErrors where it is asked for: most programs never need the checks it comes with."""
    if name != "ScriptErrors":
        raise AttributeError(name)
    from bsc_coach.script.validation import ScriptErrors

    return ScriptErrors


def load_script(source: ScriptSource) -> Script:
    """Load a script: build the bundled one, validate any other. Raises ScriptErrors with every fault.

    A translation that is missing or drifted does not count: its texts are asked in the base language.
    The script that comes with the program is checked by its tests and not again each time it is read;
    it is read once in a process, because the home screen, a new session and its opening all want it.
    """
    bundled = bundled_source()
    if (source.base, source.translations) == (bundled.base, bundled.translations):
        return bundled_script()
    from bsc_coach.script import validation

    examined = validation.examine(source)
    if examined.script is None:
        raise validation.ScriptErrors(source.name, examined.errors)
    return examined.script


@cache
def bundled_script() -> Script:
    """Return the script that comes with the program."""
    source = bundled_source()
    told = build(ScriptFile, parse_toml(source.base))
    return Script(told.script, told.step, told.migrate, _Unread(source.translations), source.digest)


class _Unread(Mapping[str, Translation]):
    """Translations known to be sound, each read when its language is first asked for."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files
        self._read: dict[str, Translation] = {}

    def __getitem__(self, language: str) -> Translation:
        if language not in self._read:
            tables = parse_toml(self._files[language])
            self._read[language] = {step: _without_digests(texts) for step, texts in tables.items()}
        return self._read[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _without_digests(texts: Mapping[str, str]) -> dict[str, str]:
    return {key: text for key, text in texts.items() if not key.endswith(MARK)}
