"""Reading a script: the base file with one sidecar per translation, checked as a whole."""

from __future__ import annotations

from bsc_coach.interview.checking import ScriptErrors, examine
from bsc_coach.interview.script import Script
from bsc_coach.interview.sources import ScriptSource, bundled_source, read_source

__all__ = ["ScriptErrors", "ScriptSource", "bundled_source", "load_script", "read_source"]


def load_script(source: ScriptSource) -> Script:
    """Return the checked script. Raises ScriptErrors with every fault.

    A translation that is missing or drifted does not count: its texts are asked in the base language.
    """
    examined = examine(source)
    if examined.script is None:
        raise ScriptErrors(source.name, examined.errors)
    return examined.script
