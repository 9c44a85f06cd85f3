"""Source files of a script as bytes: the base file and one sidecar for each translation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from bsc_coach.resources import asset_dir

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

MARK = "_of"
"""Ends the key that holds the digest of the wording a translation was made from."""


@dataclass(frozen=True)
class ScriptSource:
    """The bytes of a script as they were found: the base file and its translations by language."""

    name: str
    base: bytes
    translations: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Hash all its bytes."""
        found = hashlib.blake2s(self.base, digest_size=8)
        for language, data in sorted(self.translations.items()):
            found.update(language.encode() + data)
        return found.hexdigest()

    def sidecar(self, language: str) -> str:
        """Return the name of the file that holds the translation into ``language``."""
        return f"{self.name.removesuffix('.toml')}.{language}.toml"


def read_source(path: Path | Traversable) -> ScriptSource:
    """Read the script at ``path`` (strategy_map.toml) with its sidecars (strategy_map.nl.toml).

    Raises OSError when the file cannot be read.
    """
    return _read(path, path.parent.iterdir() if isinstance(path, Path) else ())


def bundled_source(name: str = "strategy_map") -> ScriptSource:
    """Read the script that comes with the program."""
    prompts = asset_dir("prompts")
    return _read(prompts / f"{name}.toml", prompts.iterdir())


def _read(path: Traversable, beside: Iterable[Traversable]) -> ScriptSource:
    stem = path.name.removesuffix(".toml")
    translations = {}
    for file in beside:
        language = file.name.removeprefix(f"{stem}.").removesuffix(".toml")
        if file.name == f"{stem}.{language}.toml" and len(language) == 2:
            translations[language] = file.read_bytes()
    return ScriptSource(path.name, path.read_bytes(), translations)
