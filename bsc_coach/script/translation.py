"""Translation template: a sidecar with every text of a script, made new or refreshed."""

from __future__ import annotations

import json

from bsc_coach.digest import digest_of
from bsc_coach.script.source import MARK, ScriptSource
from bsc_coach.script.validation.findings import Findings
from bsc_coach.script.validation.outline import Outline
from bsc_coach.script.validation.problems import ScriptErrors
from bsc_coach.script.validation.reading import read_script
from bsc_coach.script.validation.shape import shape
from bsc_coach.script.validation.translations import Sidecar, read_sidecar, translatable
from bsc_coach.text import one_line
from bsc_coach.words import BASE_LANGUAGE, say


def translation_skeleton(source: ScriptSource, language: str) -> str:
    """Generate a sidecar for ``language``: each original as a comment, a place for its translation, a digest.

    Translations that are there already are kept with the digest they carry, so that drift still shows.
    Raises ScriptErrors when the script cannot be read well enough to name its texts.
    """
    # The texts that can be translated, and the translations that are there already.
    findings = Findings(source.name)
    raw = read_script(source.base, findings)
    outline = Outline(shape(raw, findings).entries) if raw is not None else None
    if outline is None or findings.problems:
        raise ScriptErrors(source.name, findings.problems)
    expected = translatable(outline)
    known = Sidecar()
    if language in source.translations:
        known = read_sidecar(
            source.translations[language], expected, Findings(source.sidecar(language), tables=())
        )
    # One table a step, three lines a text: the original, its translation, the digest it was made from.
    lines = [f"# {say('script.skeleton_head', BASE_LANGUAGE, language=language, script=source.name)}"]
    step = ""
    for entry, told in expected.values():
        if entry.step.id != step:
            step = entry.step.id
            lines += ["", f"[{_quoted(step)}]"]
        text = known.texts.get(step, {}).get(told.key, "")
        digest = known.digests.get(step, {}).get(told.key) if text else None
        lines += [
            f"# {one_line(told.text or '')}",
            f"{_key(told.key)} = {_quoted(text)}",
            f"{_key(told.key + MARK)} = {_quoted(digest or digest_of(told.text))}",
        ]
    return "\n".join(lines) + "\n"


def _key(name: str) -> str:
    return _quoted(name) if "." in name else name


def _quoted(text: str) -> str:
    """Quote a text as TOML writes it; JSON has the same escapes but for the one character named."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
