"""Validation of translations: each text belongs to one that exists, and was made from its wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from bsc_coach.digest import digest_of
from bsc_coach.script.header import Header
from bsc_coach.script.model import Translation
from bsc_coach.script.source import MARK, ScriptSource
from bsc_coach.script.validation.findings import EnoughError, FileSpot, Findings
from bsc_coach.script.validation.outline import Outline
from bsc_coach.script.validation.reading import decode, flat_tables
from bsc_coach.script.validation.references import References
from bsc_coach.script.validation.shape import ALL, StepEntry
from bsc_coach.script.validation.texts import TextAt, Texts, texts_of


@dataclass
class Sidecar:
    """One translation: its texts by step and key, and the digests that they carry."""

    texts: dict[str, dict[str, str]] = field(default_factory=dict)
    digests: dict[str, dict[str, str]] = field(default_factory=dict)
    unreadable: set[str] = field(default_factory=set)
    """Steps whose table could not be read: nothing in it may be called missing."""


Expected = Mapping[str, tuple[StepEntry, TextAt]]
"""Every text that can be translated, by step id and key with a dot between them."""


def translatable(outline: Outline) -> dict[str, tuple[StepEntry, TextAt]]:
    """Return every text of a script that a translation may hold."""
    found = {}
    for entry in outline.by_id.values():
        for told in texts_of(entry):
            if told.translated and told.text is not None:
                found[f"{entry.step.id}.{told.key}"] = (entry, told)
    return found


def check_translations(
    source: ScriptSource, header: Header, outline: Outline, base: Findings
) -> tuple[dict[str, Translation], list[Findings]]:
    """Return the translations that can be used, and what is wrong with each sidecar."""
    spot = FileSpot("script", 0, "script")
    for number, language in enumerate(header.languages):
        if language in header.languages[:number]:
            base.add("double_language", spot, ("languages",), at=language, language=language)
        elif number > 0 and language not in source.translations:
            file = source.sidecar(language)
            base.add("no_sidecar", spot, ("languages",), severity="warning", language=language, name=file)
    expected = translatable(outline) if source.translations else {}
    used: dict[str, Translation] = {}
    found = []
    for language, data in sorted(source.translations.items()):
        findings = Findings(source.sidecar(language), tables=())
        found.append(findings)
        top = FileSpot("", 0, language)
        if language not in header.languages[1:]:
            key = "sidecar_of_base" if language == header.languages[0] else "undeclared_language"
            findings.add(key, top, line=1, severity="warning", language=language)
            continue
        try:
            used[language] = _check_sidecar(data, language, outline, expected, findings)
        except EnoughError:
            continue
    return used, found


def read_sidecar(data: bytes, expected: Expected, findings: Findings) -> Sidecar:
    """Read a sidecar, reporting what belongs to no text of the script."""
    sidecar = Sidecar()
    text = decode(data, findings)
    if text is None:
        return sidecar
    tables, broken = flat_tables(text, findings)
    sidecar.unreadable |= broken
    for path, value in _leaves(tables):
        key = path if path in expected else path.removesuffix(MARK)
        if key not in expected:
            _report_stray(path, expected, findings)
        elif not isinstance(value, str):
            step, name = _split(key, expected)
            findings.add("wrong_type", FileSpot(step, 0, step), (name,), name=name, wanted="text")
        else:
            step, name = _split(key, expected)
            into = sidecar.texts if path in expected else sidecar.digests
            into.setdefault(step, {})[name] = value
    return sidecar


def _split(key: str, expected: Expected) -> tuple[str, str]:
    entry, told = expected[key]
    return entry.step.id, told.key


def _leaves(tables: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """Yield every value by its way: however a table is written in TOML, dots and quotes are one."""
    for name, value in tables.items():
        if isinstance(value, dict):
            for inner, leaf in _leaves(value):
                yield f"{name}.{inner}", leaf
        else:
            yield name, value


def _report_stray(path: str, expected: Expected, findings: Findings) -> None:
    steps = {entry.step.id for entry, _ in expected.values()}
    tables = {block.name for block in findings.text.blocks} if findings.text is not None else set()
    owner = max((name for name in steps | tables if path.startswith(f"{name}.")), key=len, default=None)
    if owner is None or owner not in steps:
        step = owner or path.rpartition(".")[0] or path
        findings.add(
            "translates_no_step", FileSpot(step, 0, step), severity="warning", name=step, known=steps
        )
        return
    name = path.removeprefix(f"{owner}.")
    known = [told.key for entry, told in expected.values() if entry.step.id == owner]
    findings.add(
        "translates_no_text", FileSpot(owner, 0, owner), (name,), severity="warning", name=name, known=known
    )


def _check_sidecar(
    data: bytes, language: str, outline: Outline, expected: Expected, findings: Findings
) -> Translation:
    """Return the texts of a translation that can be used, reporting what is wrong with it."""
    sidecar = read_sidecar(data, expected, findings)
    if not (sidecar.texts or sidecar.digests or findings.problems):
        findings.add(
            "sidecar_empty", FileSpot("", 0, language), line=1, severity="warning", language=language
        )
        return {}
    refs = References(outline, findings)
    texts = Texts(refs)
    missing: dict[str, list[str]] = {}
    unmarked: dict[str, list[str]] = {}
    for entry, told in expected.values():
        step, key = entry.step.id, told.key
        text = sidecar.texts.get(step, {}).get(key, "")
        if not text.strip():
            sidecar.texts.get(step, {}).pop(key, None)
            if step not in sidecar.unreadable and ALL not in entry.lost:
                missing.setdefault(step, []).append(key)
            continue
        spot = FileSpot(step, 0, step)
        if "{" in text or "}" in text:
            there = replace(told, path=(key,), name=None)
            texts.check_placeholders(refs, replace(entry, place=spot), there, text)
        digest = sidecar.digests.get(step, {}).get(key)
        if digest is None:
            unmarked.setdefault(step, []).append(key)
        elif digest != digest_of(told.text):
            findings.add(
                "translation_drifted", spot, (f"{key}{MARK}",), severity="warning",
                name=key, digest=digest_of(told.text),
            )  # fmt: skip
    for what, steps in (("translation_missing", missing), ("translation_unmarked", unmarked)):
        for name, keys in steps.items():
            findings.add(what, FileSpot(name, 0, name), severity="warning", name=", ".join(keys), n=len(keys))
    return sidecar.texts
