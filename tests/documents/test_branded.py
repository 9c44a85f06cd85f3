"""Documents in the look of a house: its colour, font, logo, paper, and office files of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from io import BytesIO
from pathlib import PurePosixPath
from typing import Any

import pikepdf
import pytest
from docx import Document
from PIL import Image
from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Pt

from bsc_coach.documents.brand import PLAIN, Brand
from bsc_coach.documents.colours import READABLE, contrast
from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.errors import BrandError
from tests.documents.office.reading import parts
from tests.documents.test_brand_folder import SVG, png
from tests.support.strategies import RIVERBEND, RIVERBEND_NOTES

HOUSE = Brand(
    paper="Letter", logo=png(), logo_name="logo.png", accent="#7a0c2e", font="Georgia", version="3, draft"
)
OLD_SLIDE = "What the house showed last year"


def made(name: str, brand: Brand) -> Mapping[PurePosixPath, bytes]:
    return document_format(name).make(DocumentInput(RIVERBEND, RIVERBEND_NOTES, brand=brand))


def text_of(name: str, brand: Brand) -> str:
    (data, *_) = made(name, brand).values()
    return data.decode()


def house_template(width: float = 720, height: float = 405) -> bytes:
    """Return a presentation of a house: another size, another theme, a slide that is no longer wanted."""
    deck: Any = Presentation()
    deck.slide_width, deck.slide_height = Pt(width), Pt(height)
    for owner in (deck.slide_master, *deck.slide_layouts):
        for shape in owner.placeholders:
            kind = str(shape.placeholder_format.type)
            places = {"SLIDE_NUMBER": (width - 80, 20), "DATE": (30, 20), "FOOTER": (200, 20)}
            left, tall = next((told for name, told in places.items() if name in kind), (30, 60))
            top = height - 30 if tall == 20 else 24
            shape.left, shape.top, shape.width, shape.height = Pt(left), Pt(top), Pt(70), Pt(tall)
            if tall == 60:
                shape.width = Pt(width - 60)
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = OLD_SLIDE
    slide.notes_slide.notes_text_frame.text = OLD_SLIDE
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME)
    theme._blob = theme.blob.replace(b"4F81BD", b"0B6E4F")
    told = BytesIO()
    deck.save(told)
    return told.getvalue()


@pytest.fixture(scope="module")
def branded_deck() -> Any:
    (data,) = made("pptx", replace(HOUSE, accent="", font="", template_pptx=house_template())).values()
    return Presentation(BytesIO(data))


@pytest.mark.parametrize("name", ["html", "board", "slips", "worksheet"])
def test_a_page_has_the_colour_the_font_and_the_logo_of_the_house(name: str) -> None:
    page = text_of(name, HOUSE)
    assert "--accent: #7a0c2e;" in page
    assert 'font-family: "Georgia"' in page
    assert '<img class="logo" src="data:image/png;base64,' in page
    assert "img-src data:" in page
    on_dark = re.findall(r"dark\) { :root { --accent: (#[0-9a-f]{6})", page)
    assert all(contrast("#14181f", colour) >= READABLE for colour in on_dark)
    assert on_dark
    assert "<script" not in page


def test_the_drawn_map_has_the_font_and_its_headings_the_colour_of_the_house() -> None:
    for name, picture in (*made("svg", HOUSE).items(), *made("md", HOUSE).items()):
        if name.suffix == ".svg":
            assert "Georgia" in picture.decode()
            assert picture.decode().count("#7a0c2e") == 2
    assert "#7a0c2e" not in text_of("svg", PLAIN)


def test_without_a_brand_a_page_has_nothing_of_one() -> None:
    """The control."""
    for name in ("html", "slips"):
        page = text_of(name, PLAIN)
        assert not any(one in page for one in ("#7a0c2e", "Georgia", "<img", "img-src", "Version"))


def test_the_version_stands_on_the_first_page() -> None:
    assert '<p class="status">Version 3, draft · 18 November 2026</p>' in text_of("html", HOUSE)


@pytest.mark.parametrize("name", ["pdf", "board-pdf"])
@pytest.mark.parametrize(("logo", "called"), [(png(), "logo.png"), (SVG, "logo.svg")], ids=["png", "svg"])
def test_a_pdf_shows_the_logo(name: str, logo: bytes, called: str) -> None:
    def first_page(brand: Brand) -> bytes:
        (data,) = made(name, brand).values()
        with pikepdf.open(BytesIO(data)) as document:
            return b"".join(str(one).encode() for one in pikepdf.parse_content_stream(document.pages[0]))

    bare = replace(HOUSE, logo=b"")
    assert first_page(replace(HOUSE, logo=logo, logo_name=called)) != first_page(bare) == first_page(bare)


def test_a_drawn_logo_is_taken_by_pages() -> None:
    page = text_of("html", replace(HOUSE, logo=SVG, logo_name="logo.svg"))
    assert 'src="data:image/svg+xml;base64,' in page


def test_the_workbook_has_the_font_the_colour_and_the_paper_of_the_house() -> None:
    (data,) = made("xlsx", HOUSE).values()
    found = parts(data)
    styles = found["xl/styles.xml"].decode()
    assert 'rgb="FF7A0C2E"' in styles
    assert set(re.findall(r'<font>.*?<name val="([^"]*)"', styles)) == {"Georgia"}
    sheets = [part.decode() for name, part in found.items() if name.startswith("xl/worksheets/sheet")]
    assert all('paperSize="3"' in sheet for sheet in sheets)
    (plain,) = made("xlsx", PLAIN).values()
    assert b"7A0C2E" not in parts(plain)["xl/styles.xml"]


def test_a_large_logo_is_printed_half_an_inch_high() -> None:
    large = BytesIO()
    Image.new("RGB", (3000, 1000), "#7a0c2e").save(large, "PNG")
    (data,) = made("xlsx", replace(HOUSE, logo=large.getvalue())).values()
    drawn = [
        part.decode() for name, part in parts(data).items() if "vmlDrawing" in name and name.endswith(".vml")
    ]
    heights = {float(one) for part in drawn for one in re.findall(r"height:([0-9.]+)pt", part)}
    assert heights == {36.0}


def test_slides_have_the_colour_the_font_and_the_logo_of_the_house() -> None:
    (data,) = made("pptx", HOUSE).values()
    deck = Presentation(BytesIO(data))
    for slide in deck.slides:
        assert [shape.name for shape in slide.shapes if shape.shape_type == 13], slide.shapes.title.text
    theme = deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME).blob
    assert b'typeface="Georgia"' in theme
    assert b'val="7A0C2E"' in theme
    (again,) = made("pptx", HOUSE).values()
    assert again == data


def test_letters_of_a_house_are_set_narrower_on_the_map_in_word_so_that_no_word_is_cut() -> None:
    for brand, told in ((HOUSE, {"80"}), (Brand(), set())):
        (data,) = made("docx", brand).values()
        assert set(re.findall(r'<w:w w:val="(\d+)"/>', parts(data)["word/document.xml"].decode())) == told


def test_names_of_a_house_on_the_map_of_the_slides_are_broken_nowhere() -> None:
    for brand, wraps in ((HOUSE, False), (Brand(), True)):
        (data,) = made("pptx", brand).values()
        names = [one for one in Presentation(BytesIO(data)).slides[3].shapes if one.name == "Operations"]
        assert [one.text_frame.word_wrap for one in names] == [wraps]


def test_word_takes_styles_of_a_file_of_the_house() -> None:
    reference: Any = Document()
    reference.styles["Heading 1"].font.name = "Palatino"
    reference.add_paragraph("what stood in it")
    told = BytesIO()
    reference.save(told)
    (data,) = made("docx", replace(HOUSE, reference_docx=told.getvalue())).values()
    found: Any = Document(BytesIO(data))
    assert found.styles["Heading 1"].font.name == "Palatino"
    assert not any("what stood in it" in one.text for one in found.paragraphs)


def test_slides_take_master_size_and_colour_of_a_template_and_none_of_its_slides(branded_deck: Any) -> None:
    assert (branded_deck.slide_width, branded_deck.slide_height) == (Pt(720), Pt(405))
    assert len(branded_deck.slides) >= 10
    assert OLD_SLIDE not in [slide.shapes.title.text for slide in branded_deck.slides]
    parts = branded_deck.part.package.iter_parts()
    assert not any(OLD_SLIDE.encode() in part.blob for part in parts if str(part.partname).endswith("xml"))
    fills = {
        str(shape.fill.fore_color.rgb)
        for slide in branded_deck.slides
        for shape in slide.shapes
        if shape.name.startswith("Rectangle") and shape.fill.type == 1
    }
    assert "0B6E4F" in fills


def test_what_is_drawn_stands_in_the_room_that_the_template_leaves(branded_deck: Any) -> None:
    drawn = [
        shape for slide in list(branded_deck.slides)[1:] for shape in slide.shapes if not shape.is_placeholder
    ]
    assert len(drawn) > 50
    for shape in drawn:
        assert Pt(29) <= shape.left <= shape.left + shape.width <= Pt(691), shape.name
        assert Pt(84) <= shape.top <= shape.top + shape.height <= Pt(376), shape.name


def test_what_is_drawn_beside_the_room_is_found(branded_deck: Any) -> None:
    """The control: in our own look more room is used than that template leaves."""
    (data,) = made("pptx", HOUSE).values()
    ours = [shape for slide in Presentation(BytesIO(data)).slides for shape in slide.shapes]
    assert any(shape.left + shape.width > Pt(691) for shape in ours)


@pytest.mark.parametrize(("width", "height"), [(720, 540), (1440, 810), (400, 700)])
def test_a_template_of_any_shape_is_filled_and_nothing_stands_beside_it(width: int, height: int) -> None:
    (data,) = made("pptx", Brand(template_pptx=house_template(width, height))).values()
    for slide in list(Presentation(BytesIO(data)).slides)[1:]:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= Pt(width)
            assert 0 <= shape.top <= shape.top + shape.height <= Pt(height)


def test_a_template_that_only_looks_like_one_ends_in_a_sentence() -> None:
    broken = house_template().replace(b"ppt/slideLayouts", b"ppt/slideLayout_")
    with pytest.raises(BrandError) as caught:
        made("pptx", Brand(template_pptx=broken))
    assert caught.value.key == "brand.unreadable"
