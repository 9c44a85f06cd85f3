"""Reading a script: the base file with one sidecar per translation, checked as a whole."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.resources.abc import Traversable

from bsc_coach.interview.script import Script, ScriptFile
from bsc_coach.resources import asset_dir


@dataclass(frozen=True)
class ScriptSource:
    """The bytes of a script as they were found: the base file and its translations by language."""

    name: str
    base: bytes
    translations: Mapping[str, bytes] = field(default_factory=dict)

    @property
    def digest(self) -> str:
        """Return a digest of all its bytes."""
        found = hashlib.blake2s(self.base, digest_size=8)
        for language, data in sorted(self.translations.items()):
            found.update(language.encode() + data)
        return found.hexdigest()


def read_source(path: Traversable) -> ScriptSource:
    """Return the script at ``path`` (strategy_map.toml) with its sidecars (strategy_map.nl.toml)."""
    stem = path.name.removesuffix(".toml")
    folder = path.parent if hasattr(path, "parent") else None
    translations = {}
    if folder is not None:
        for beside in folder.iterdir():
            language = beside.name.removeprefix(f"{stem}.").removesuffix(".toml")
            if beside.name == f"{stem}.{language}.toml" and len(language) == 2:
                translations[language] = beside.read_bytes()
    return ScriptSource(path.name, path.read_bytes(), translations)


def bundled_source(name: str = "strategy_map") -> ScriptSource:
    """Return the script that comes with the program."""
    return read_source(asset_dir("prompts") / f"{name}.toml")


def load_script(source: ScriptSource) -> Script:
    """Return the checked script. Raises ScriptErrors with every fault."""
    told = ScriptFile.model_validate(tomllib.loads(source.base.decode("utf-8-sig")))
    return Script(told.script, told.step, told.migrate, {}, source.digest)
