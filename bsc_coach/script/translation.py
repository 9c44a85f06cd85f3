"""Translation template: a sidecar with every text of a script, made new or refreshed."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from bsc_coach.digest import digest_of
from bsc_coach.errors import UsageError
from bsc_coach.script.source import MARK, ScriptSource
from bsc_coach.script.validation.findings import Findings
from bsc_coach.script.validation.outline import Outline
from bsc_coach.script.validation.problems import Problem, ScriptErrors
from bsc_coach.script.validation.reading import read_script
from bsc_coach.script.validation.shape import shape
from bsc_coach.script.validation.texts import TextAt
from bsc_coach.script.validation.translations import Expected, Sidecar, read_sidecar, translatable
from bsc_coach.text import one_line
from bsc_coach.toml_text import Block, TomlText
from bsc_coach.words import BASE_LANGUAGE, say

_TO_LOOK_AT = "#!"
"""Begins the remark above the digest of a translation whose original was changed."""


@dataclass(frozen=True)
class Translated:
    """The text of a translation file, and what was done to it."""

    text: str
    added: int = 0
    """Texts that were missing and have a place now."""
    changed: int = 0
    """Translations whose original was changed since: they are marked to be looked at."""
    empty: int = 0
    """Texts that had a place before and still wait for their words."""
    undated: int = 0
    """Translations that did not say which wording they were made from: they count as made from today's."""
    gone: tuple[Problem, ...] = ()
    """What belongs to no text of the script any more; it is kept."""


def translation_skeleton(source: ScriptSource, language: str) -> str:
    """Generate a sidecar for ``language``: each original as a comment, a place for its translation, a digest.

    Translations that are there already are kept with the digest they carry, so that drift still shows.
    Raises ScriptErrors when the script cannot be read well enough to name its texts.
    """
    expected, _ = _expected(source)
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
        lines += _place_for(told, text, digest)
    return "\n".join(lines) + "\n"


def refreshed(source: ScriptSource, language: str) -> Translated:
    """Return the sidecar for ``language`` made new, or refreshed: what people wrote stays where it stands.

    Raises ScriptErrors when the script or the sidecar cannot be read, UsageError for the base language.
    """
    expected, languages = _expected(source)
    if language in languages[:1]:
        raise UsageError("script.base_language", language=language)
    if language not in source.translations:
        return Translated(translation_skeleton(source, language), added=len(expected))
    findings = Findings(source.sidecar(language), tables=())
    known = read_sidecar(source.translations[language], expected, findings)
    if any(problem.severity == "error" for problem in findings.problems):
        raise ScriptErrors(findings.file, findings.problems)
    text = source.translations[language].decode("utf-8-sig")
    refreshing = _Refreshing(text, known)
    for entry, told in expected.values():
        refreshing.look_at(entry.step.id, told)
    return Translated(
        refreshing.text(),
        refreshing.added,
        refreshing.changed,
        refreshing.empty,
        refreshing.undated,
        tuple(findings.problems),
    )


def _expected(source: ScriptSource) -> tuple[Expected, tuple[str, ...]]:
    """Return every text of a script that can be translated, and the languages that it declares."""
    findings = Findings(source.name)
    raw = read_script(source.base, findings)
    shaped = shape(raw, findings) if raw is not None else None
    if shaped is None or findings.problems:
        raise ScriptErrors(source.name, findings.problems)
    languages = shaped.header.languages if shaped.header is not None else ()
    return translatable(Outline(shaped.entries)), languages


class _Refreshing:
    """Changes to the lines of a sidecar, text by text in the order of the script."""

    def __init__(self, text: str, known: Sidecar) -> None:
        self.added = self.changed = self.empty = self.undated = 0
        self._known = known
        self._toml = TomlText(text)
        self._blocks = {block.name: block for block in self._toml.blocks}
        self._lines = text.rstrip("\r\n").split("\n")
        self._end = "\r" if "\r\n" in text else ""
        self._inserted: dict[int, list[str]] = {}
        """New lines by the number of the line that they stand before, from 0."""
        self._removed: set[int] = set()
        self._opened: set[str] = set()

    def look_at(self, step: str, told: TextAt) -> None:
        """Add what is missing of one text, and mark its translation where the original was changed."""
        text = self._known.texts.get(step, {}).get(told.key)
        digest = self._known.digests.get(step, {}).get(told.key)
        block, today = self._blocks.get(step), digest_of(told.text)
        self.empty += text is not None and not text.strip()
        if text is None:
            self.added += 1
            self._append(step, _place_for(told, "", None)[: 2 if digest else 3])
        elif digest is None:
            self.undated += 1
            self._append(step, [f"{_key(told.key + MARK)} = {_quoted(today)}"])
        elif block is not None:
            # A mark of an earlier time goes; a text that is to be written anyway needs none.
            at = self._toml.locate(block, (f"{told.key}{MARK}",)) - 1
            if at > 0 and self._lines[at - 1].startswith(_TO_LOOK_AT):
                self._removed.add(at - 1)
            if digest == today:
                return
            if (text or "").strip():
                self.changed += 1
                way = say(
                    "script.original_now", BASE_LANGUAGE, original=one_line(told.text or ""), digest=today
                )
                self._insert(at, [f"{_TO_LOOK_AT} {way}"])
            else:
                self._removed.add(at)
                self._insert(
                    at, [f"# {one_line(told.text or '')}", f"{_key(told.key + MARK)} = {_quoted(today)}"]
                )

    def text(self) -> str:
        """Return the file with all changes."""
        lines: list[str] = []
        for at, line in enumerate((*self._lines, "")):
            lines += self._inserted.get(at, [])
            if at not in self._removed and at < len(self._lines):
                lines.append(line)
        return "\n".join(lines).rstrip("\r\n") + f"{self._end}\n"

    def _insert(self, at: int, lines: Iterable[str]) -> None:
        self._inserted.setdefault(at, []).extend(line + self._end for line in lines)

    def _append(self, step: str, lines: Iterable[str]) -> None:
        """Add lines behind those of the table of a step, or a new table where it has none."""
        block = self._blocks.get(step)
        if block is not None:
            self._insert(self._behind(block), lines)
            return
        if step not in self._opened:
            self._opened.add(step)
            self._insert(len(self._lines), ["", f"[{_quoted(step)}]"])
        self._insert(len(self._lines), lines)

    def _behind(self, block: Block) -> int:
        """Return the line behind the last entry of a table: remarks below it may belong to the next one."""
        at = self._toml.line(block.end) if block.end < len(self._toml.text) else len(self._lines) + 1
        at -= 1
        while self._lines[at - 1].strip() in ("", "\r") or self._lines[at - 1].lstrip().startswith("#"):
            at -= 1
        return at


def _place_for(told: TextAt, text: str, digest: str | None) -> list[str]:
    return [
        f"# {one_line(told.text or '')}",
        f"{_key(told.key)} = {_quoted(text)}",
        f"{_key(told.key + MARK)} = {_quoted(digest or digest_of(told.text))}",
    ]


def _key(name: str) -> str:
    return _quoted(name) if "." in name else name


def _quoted(text: str) -> str:
    """Quote a text as TOML writes it; JSON has the same escapes but for the one character named."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
