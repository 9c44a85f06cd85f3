"""A folder with the brand of a house: what is read from it, and what is told of one that is no good."""

from __future__ import annotations

import os
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from PIL import Image
from pptx import Presentation

from bsc_coach import sizes
from bsc_coach.documents.brand import Brand
from bsc_coach.documents.brand_folder import read_brand
from bsc_coach.documents.colours import READABLE, contrast, readable_on
from bsc_coach.errors import BrandError
from bsc_coach.words import languages, say_error
from tests.support.damaged_zips import damaged
from tests.support.hostile import FIXED, FRAGMENTS

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><rect width="9" height="9"/></svg>'


def png() -> bytes:
    made = BytesIO()
    Image.new("RGB", (30, 10), "#7a0c2e").save(made, "PNG")
    return made.getvalue()


def office_file(kind: str) -> bytes:
    made = BytesIO()
    (Document() if kind == "docx" else Presentation()).save(made)
    return made.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    """Return a zip archive with one member more, or another content of it."""
    made = BytesIO()
    with zipfile.ZipFile(BytesIO(data)) as before, zipfile.ZipFile(made, "w") as after:
        for one in before.namelist():
            if one != name:
                after.writestr(one, before.read(one))
        after.writestr(name, content)
    return made.getvalue()


def folder_of(base: Path, **files: bytes | str) -> Path:
    for name, content in files.items():
        path = base / name.replace("__", ".")
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return base


def test_a_folder_says_all_that_a_house_wants(tmp_path: Path) -> None:
    told = 'accent = "#7a0c2e"\nfont = "Georgia"\npaper = "letter"\nsignature = true\nversion = "2, draft"\n'
    docx, pptx = office_file("docx"), office_file("pptx")
    folder = folder_of(tmp_path, brand__toml=told, logo__png=png(), reference__docx=docx, template__pptx=pptx)
    assert read_brand(folder).brand == Brand(
        paper="Letter", logo=png(), logo_name="logo.png", accent="#7a0c2e", font="Georgia",
        reference_docx=docx, template_pptx=pptx, signature=True, version="2, draft",
    )  # fmt: skip
    assert read_brand(folder).remarks == ()


def test_files_alone_are_a_brand_and_may_have_names_of_their_own(tmp_path: Path) -> None:
    assert read_brand(folder_of(tmp_path, logo__svg=SVG)).brand.logo_name == "logo.svg"
    folder_of(tmp_path, brand__toml='logo = "ours.png"\nversion = 3', ours__png=png())
    brand = read_brand(tmp_path).brand
    assert (brand.logo, brand.version) == (png(), "3")


def test_a_colour_that_nobody_could_read_becomes_darker_and_that_is_told(tmp_path: Path) -> None:
    found = read_brand(folder_of(tmp_path, brand__toml='accent = "#00AEEF"'))
    assert contrast("#ffffff", found.brand.accent) >= READABLE
    assert [key for key, _ in found.remarks] == ["brand.accent_darker"]


@pytest.mark.parametrize("ground", ["#ffffff", "#14181f"])
@pytest.mark.parametrize("colour", ["#000000", "#ffffff", "#00aeef", "#ffff00", "#7a0c2e"])
def test_a_shade_can_always_be_read(colour: str, ground: str) -> None:
    assert contrast(ground, readable_on(ground, colour)) >= READABLE
    assert readable_on("#ffffff", "#7a0c2e") == "#7a0c2e"


HARMFUL_SVGS = (
    b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><image href='http://example.org/x.png'/></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink'>"
    b"<use xlink:href='file:///etc/passwd#a'/></svg>",
    b"<!DOCTYPE svg [<!ENTITY a SYSTEM 'file:///etc/passwd'>]>"
    b"<svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><style>@import 'http://example.org/x.css';</style></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><rect fill='url(http://example.org/x)'/></svg>",
    b"<svg xmlns='http://www.w3.org/2000/svg'><foreignObject/></svg>",
    b"<?xml-stylesheet href='x.css'?><svg xmlns='http://www.w3.org/2000/svg'/>",
    b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n" + b"\0" * 60, png()[:-12], b"\xff\xd8\xff" + b"\0" * 60,
    b"<html/>", b"", b"\x89PNG", b"GIF89a", b"\xff" * 40, b"<svg", b"PK\x03\x04",
)  # fmt: skip


@pytest.mark.parametrize("logo", HARMFUL_SVGS)
def test_a_logo_that_does_more_than_draw_is_refused(logo: bytes, tmp_path: Path) -> None:
    assert told_of(folder_of(tmp_path, logo__svg=logo)) == "brand.no_picture"


def test_a_plain_svg_is_taken(tmp_path: Path) -> None:
    """The control."""
    assert read_brand(folder_of(tmp_path, logo__svg=SVG)).brand.logo == SVG


def test_a_picture_is_what_it_is_whatever_it_is_called(tmp_path: Path) -> None:
    made = BytesIO()
    Image.new("RGB", (30, 10), "#7a0c2e").save(made, "JPEG")
    assert read_brand(folder_of(tmp_path, logo__png=made.getvalue())).brand.logo_name == "logo.jpg"


def told_of(folder: Path) -> str:
    """Return the key of what is wrong with a folder; it is a sentence in every language."""
    with pytest.raises(BrandError) as caught:
        read_brand(folder)
    for language in languages():
        sentence = say_error(caught.value, language)
        assert sentence.endswith((".", "?"))
        assert "\n" not in sentence
        assert len(sentence) < 500
    return caught.value.key


@pytest.mark.parametrize(
    ("settings", "key"),
    [
        ("paper = 'A5'", "paper"), ("paper = 4", "paper"), ("accent = 'red'", "accent"),
        ("accent = '#12345'", "accent"), ("accent = '#1234567'", "accent"), ("accent = 3", "accent"),
        ("font = 'a; } body {'", "font"), ("font = '\"x'", "font"), ("font = []", "font"),
        ("signature = 'yes'", "flag"), ("version = [1]", "version"), ("colour = '#123456'", "unknown"),
        ("acent = '#123456'", "unknown_near"), ("logo = 'none.png'", "missing"),
        ("logo = ''", "no_file_name"), ("logo = 3", "no_file_name"),
        ("logo = '../brand.toml'", "outside"), ("logo = '/etc/hostname'", "outside"),
        ("logo = '.'", "no_file"), ("x", "no_toml"), ("a = 1\na = 2", "no_toml"),
        ("a = " + "[" * 3000, "no_toml"), ("\udcff", "no_toml"),
    ],
)  # fmt: skip
def test_settings_that_make_no_sense_are_told_in_one_sentence(
    settings: str, key: str, tmp_path: Path
) -> None:
    folder = folder_of(tmp_path, brand__toml=settings.encode("utf-8", "surrogateescape"))
    assert told_of(folder) == f"brand.{key}"


@pytest.mark.parametrize("text", [*FIXED, *FRAGMENTS])
def test_hostile_words_end_in_a_sentence_or_are_plain_text(text: str, tmp_path: Path) -> None:
    quoted = '"' + "".join(f"\\U{ord(one):08X}" for one in text if not 0xD800 <= ord(one) < 0xE000) + '"'
    brand = read_brand(folder_of(tmp_path, brand__toml=f"version = {quoted}")) if quoted != '""' else None
    assert brand is None or "\n" not in brand.brand.version
    for name in ("font", "accent", "paper"):
        folder_of(tmp_path, brand__toml=f"{name} = {quoted}")
        if quoted != '""' and not (name == "font" and text.strip().isalnum()):
            told_of(tmp_path)


def test_a_folder_that_is_none_or_holds_nothing(tmp_path: Path) -> None:
    assert told_of(tmp_path / "none") == "brand.no_folder"
    assert told_of(folder_of(tmp_path, notes__txt=b"x") / "notes.txt") == "brand.no_folder"
    assert told_of(tmp_path) == "brand.nothing"


def test_what_leads_out_of_the_folder_or_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(png())
    folder = tmp_path / "brand"
    folder.mkdir()
    (folder / "logo.png").symlink_to(tmp_path / "secret.png")
    assert told_of(folder) == "brand.outside"
    (folder / "logo.png").unlink()
    os.mkfifo(folder / "logo.png")
    assert told_of(folder) == "brand.no_file"


def test_what_is_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sizes, "BRAND_LOGO", 50)
    assert told_of(folder_of(tmp_path, logo__png=png())) == "brand.too_large"
    monkeypatch.undo()
    monkeypatch.setattr(sizes, "BRAND_UNPACKED", 5_000)
    (tmp_path / "logo.png").unlink()
    assert told_of(folder_of(tmp_path, reference__docx=office_file("docx"))) == "brand.too_large"


RELATIONS = {"docx": "word/_rels/document.xml.rels", "pptx": "ppt/_rels/presentation.xml.rels"}
LEADS_OUTSIDE = (
    b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    b'<Relationship Id="r9" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" '
    b'Target="http://example.org/x.dotm" TargetMode="External"/></Relationships>'
)
BAD_FILES: dict[str, Callable[[str], bytes]] = {
    "no_office_file": lambda kind: b"PK not a zip",
    "macros": lambda kind: with_member(office_file(kind), f"{kind}/vbaProject.bin", b"x"),
    "macros ": lambda kind: with_member(office_file(kind), f"{kind}/embeddings/oleObject1.bin", b"x"),
    "leads_outside": lambda kind: with_member(office_file(kind), RELATIONS[kind], LEADS_OUTSIDE),
}


@pytest.mark.parametrize("entry", ["docProps/core.xml", "docProps/thumbnail.jpeg"])
def test_an_office_file_with_a_damaged_part_is_refused(entry: str, tmp_path: Path) -> None:
    whole = office_file("docx")
    assert read_brand(folder_of(tmp_path, reference__docx=whole)).brand.reference_docx == whole
    told = told_of(folder_of(tmp_path, reference__docx=damaged(whole, entry)))
    assert told == "brand.no_office_file"


@pytest.mark.parametrize("kind", ["docx", "pptx"])
@pytest.mark.parametrize("key", BAD_FILES)
def test_an_office_file_that_is_none_or_does_more_is_refused(key: str, kind: str, tmp_path: Path) -> None:
    name = {"docx": "reference__docx", "pptx": "template__pptx"}[kind]
    assert told_of(folder_of(tmp_path, **{name: BAD_FILES[key](kind)})) == f"brand.{key.strip()}"


def test_the_one_kind_of_office_file_is_not_the_other(tmp_path: Path) -> None:
    assert told_of(folder_of(tmp_path, reference__docx=office_file("pptx"))) == "brand.no_office_file"
    entity = with_member(office_file("docx"), "word/styles.xml", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>')
    assert told_of(folder_of(tmp_path, reference__docx=entity)) == "brand.no_office_file"
