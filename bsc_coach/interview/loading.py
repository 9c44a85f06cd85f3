"""Reading a script: the base file with one sidecar per translation, checked as a whole."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING

from bsc_coach.interview.script import Script, ScriptFile
from bsc_coach.interview.sources import ScriptSource, bundled_source, read_source

if TYPE_CHECKING:
    from bsc_coach.interview.checking import ScriptErrors

__all__ = ["ScriptErrors", "ScriptSource", "bundled_source", "load_script", "read_source"]


def __getattr__(name: str) -> object:
    """Give ScriptErrors where it is asked for: most programs never need the checks it comes with."""
    if name != "ScriptErrors":
        raise AttributeError(name)
    from bsc_coach.interview.checking import ScriptErrors

    return ScriptErrors


def load_script(source: ScriptSource) -> Script:
    """Return the checked script. Raises ScriptErrors with every fault.

    A translation that is missing or drifted does not count: its texts are asked in the base language.
    The script that comes with the program is checked by its tests and not again each time it is read.
    """
    if not source.translations and source.base == bundled_source().base:
        told = ScriptFile.model_validate(tomllib.loads(source.base.decode("utf-8")))
        return Script(told.script, told.step, told.migrate, {}, source.digest)
    from bsc_coach.interview import checking

    examined = checking.examine(source)
    if examined.script is None:
        raise checking.ScriptErrors(source.name, examined.errors)
    return examined.script
