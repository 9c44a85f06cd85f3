"""Reading the brand of a house from a folder: brand.toml, and the logo and office files that it names.

The folder comes from anybody: what is no plain file inside it, too large, of another kind, with macros or
leading elsewhere, is refused in one sentence before any document is made.
"""

from __future__ import annotations

import os
import re
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from bsc_coach import sizes
from bsc_coach.documents.brand import PAPER_SIZES, Brand
from bsc_coach.documents.colours import readable_on
from bsc_coach.documents.pictures import kind_of
from bsc_coach.errors import BrandError
from bsc_coach.near_names import close_to
from bsc_coach.text import printable, shorten
from bsc_coach.zip_told import ZIP_FAULTS

SETTINGS = "brand.toml"
_USUAL = {
    "logo": ("logo.png", "logo.svg", "logo.jpg", "logo.jpeg"),
    "reference_docx": ("reference.docx",),
    "template_pptx": ("template.pptx",),
}
"""What a file is called that brand.toml need not name."""
_KNOWN = ("paper", "logo", "accent", "font", "reference_docx", "template_pptx", "signature", "version")
_FILES = ("logo", "reference_docx", "template_pptx")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")
_FONT = re.compile(r"[^\W\d_][\w .+-]{0,59}")
_LONGEST_VERSION = 120
_MAIN_PARTS = {"reference_docx": "word/document.xml", "template_pptx": "ppt/presentation.xml"}
_ACTIVE = ("vbaproject", "activex", "oleobject")
"""What parts of an office file are called that do something."""
_OUTSIDE = re.compile(rb"""TargetMode\s*=\s*["']External["']""")
_HARMLESS = re.compile(rb"""/relationships/hyperlink["']""")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


@dataclass(frozen=True)
class ReadBrand:
    """A brand, and what whoever made the folder must know of it: keys of sentences with their values."""

    brand: Brand
    remarks: tuple[tuple[str, Mapping[str, str]], ...] = ()


def read_brand(folder: Path) -> ReadBrand:
    """Return the brand of a folder. Raises BrandError, which says in one sentence what is wrong with it."""
    if not folder.is_dir():
        raise BrandError("brand.no_folder", path=_told(folder))
    told = _settings(folder)
    # What is written in brand.toml.
    accent = _text(told, "accent", _COLOUR, "brand.accent")
    found: dict[str, Any] = {
        "paper": _paper(told),
        "accent": readable_on("#ffffff", accent) if accent else "",
        "font": _text(told, "font", _FONT, "brand.font"),
        "signature": _flag(told, "signature"),
        "version": _version(told),
    }
    # The files beside it.
    for name in _FILES:
        path = _named(folder, told, name)
        if path is None:
            continue
        found[name] = _read(folder, path, sizes.BRAND_LOGO if name == "logo" else sizes.BRAND_FILE)
        if name == "logo":
            found["logo_name"] = _kind_of_picture(path, found[name])
        else:
            _examine_office_file(path, found[name], _MAIN_PARTS[name])
    if not told and not any(name in found for name in _FILES):
        raise BrandError("brand.nothing", path=_told(folder))
    remarks = []
    if accent and found["accent"] != accent.lower():
        remarks.append(("brand.accent_darker", {"given": accent, "taken": found["accent"]}))
    if found.get("logo_name") == "logo.svg":
        remarks.append(("brand.logo_svg", {}))
    return ReadBrand(Brand(**found), tuple(remarks))


def _settings(folder: Path) -> dict[str, Any]:
    """Return what brand.toml says; nothing where there is none."""
    path = folder / SETTINGS
    if not os.path.lexists(path):
        return {}
    data = _read(folder, path, sizes.BRAND_SETTINGS)
    try:
        told = tomllib.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise BrandError("brand.no_toml", fault=shorten(printable(str(error)), 120)) from error
    for name in told:
        if name not in _KNOWN:
            near = close_to(name, _KNOWN)
            key = "brand.unknown_near" if near["close"] else "brand.unknown"
            raise BrandError(key, name=_told(name), near=near["close"], known=", ".join(_KNOWN))
    return told


def _paper(told: Mapping[str, Any]) -> str:
    paper = told.get("paper", PAPER_SIZES[0])
    by_name = {one.casefold(): one for one in PAPER_SIZES}
    found = by_name.get(paper.strip().casefold()) if isinstance(paper, str) else None
    if found is None:
        raise BrandError("brand.paper", value=_told(paper), known=", ".join(PAPER_SIZES))
    return found


def _text(told: Mapping[str, Any], name: str, allowed: re.Pattern[str], key: str) -> str:
    value = told.get(name, "")
    if value == "":
        return ""
    if not isinstance(value, str) or not allowed.fullmatch(value):
        raise BrandError(key, value=_told(value))
    return value


def _flag(told: Mapping[str, Any], name: str) -> bool:
    value = told.get(name, False)
    if not isinstance(value, bool):
        raise BrandError("brand.flag", name=name, value=_told(value))
    return value


def _version(told: Mapping[str, Any]) -> str:
    value = told.get("version", "")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise BrandError("brand.version", value=_told(value))
    return shorten(printable(value), _LONGEST_VERSION)


def _named(folder: Path, told: Mapping[str, Any], name: str) -> Path | None:
    """Return where a file of the brand is: the one that is named, else the usual one if it is there."""
    value = told.get(name)
    if value is None:
        usual = (folder / one for one in _USUAL[name])
        return next((path for path in usual if os.path.lexists(path)), None)
    if not isinstance(value, str) or not value.strip() or "\0" in value:
        raise BrandError("brand.no_file_name", name=name, value=_told(value))
    return folder / value


def _read(folder: Path, path: Path, most: int) -> bytes:
    """Return a plain file inside the folder, never what lies elsewhere, is no file or is too large."""
    name = _told(path.name)
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(folder)):
        raise BrandError("brand.outside", name=name)
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise BrandError("brand.no_file", name=name)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as error:
        raise BrandError("brand.missing", name=name) from error
    if len(data) > most:
        raise _too_large(name, most)
    return data


def _kind_of_picture(path: Path, data: bytes) -> str:
    """Return what a logo is called by what it is. Raises BrandError for what is no picture, or does more."""
    kind = kind_of(data)
    if kind is None:
        raise BrandError("brand.no_picture", name=_told(path.name))
    return f"logo.{kind}"


def _examine_office_file(path: Path, data: bytes, main: str) -> None:
    """Refuse what is no office file of its kind, is far larger unpacked, has macros, or leads elsewhere."""
    name = _told(path.name)
    try:
        with ZipFile(BytesIO(data)) as archive:
            members = archive.infolist()
            if sum(one.file_size for one in members) > sizes.BRAND_UNPACKED:
                raise _too_large(name, sizes.BRAND_UNPACKED)
            names = {one.filename for one in members}
            if main not in names or "[Content_Types].xml" not in names:
                raise BrandError("brand.no_office_file", name=name)
            if any(active in one.casefold() for one in names for active in _ACTIVE):
                raise BrandError("brand.macros", name=name)
            for one in members:
                part = archive.read(one)  # all of it: a damaged picture is found here, and not on the way
                if one.filename.endswith((".xml", ".rels")):
                    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
                        raise BrandError("brand.no_office_file", name=name)
                    relations = _RELATION.findall(part) if one.filename.endswith(".rels") else ()
                    if any(_OUTSIDE.search(each) and not _HARMLESS.search(each) for each in relations):
                        raise BrandError("brand.leads_outside", name=name)
    except ZIP_FAULTS as error:
        raise BrandError("brand.no_office_file", name=name) from error


def _too_large(name: str, most: int) -> BrandError:
    return BrandError("brand.too_large", name=name, megabytes=f"{most / 1_000_000:g}")


def _told(value: object) -> str:
    return shorten(printable(str(value)), 80)
