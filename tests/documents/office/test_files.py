"""What holds for every office file: well formed, the same bytes, no clock, and every attack only text."""

from __future__ import annotations

import re
import time
from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from lxml import etree

from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.text import clean
from tests.documents.office.reading import ATTACKS, STRATEGIES, made, parts, xml_of

OFFICE = ("docx", "pptx", "xlsx")
WHICH = tuple(STRATEGIES)


def dates_in(data: bytes) -> set[tuple[int, ...]]:
    """Return when the members of an archive say that they were packed."""
    with ZipFile(BytesIO(data)) as archive:
        return {member.date_time for member in archive.infolist()}


@pytest.mark.parametrize("which", WHICH)
@pytest.mark.parametrize("name", OFFICE)
def test_every_part_is_well_formed(name: str, which: str) -> None:
    assert xml_of(made(name, which))


@pytest.mark.parametrize("name", OFFICE)
def test_no_part_tells_when_it_was_packed(name: str) -> None:
    assert dates_in(made(name, "riverbend")) == {(1980, 1, 1, 0, 0, 0)}


def test_a_clock_in_an_archive_is_found() -> None:
    """The control: python-docx alone packs with the time of the day."""
    packed = BytesIO()
    Document().save(packed)
    this_year = datetime.fromtimestamp(time.time(), UTC).year
    assert {date[0] for date in dates_in(packed.getvalue())} & {this_year, this_year - 1}


@pytest.mark.parametrize("name", OFFICE)
def test_files_are_dated_by_the_session(name: str) -> None:
    told = parts(made(name, "riverbend"))["docProps/core.xml"].decode()
    assert re.findall(r"W3CDTF\">([^<]*)<", told) == ["2026-11-18T00:00:00Z"] * 2
    assert "Riverbend Regional Hospital: strategy towards 2030" in told


@pytest.mark.parametrize("name", OFFICE)
def test_made_again_it_is_the_same(name: str) -> None:
    material = DocumentInput(*STRATEGIES["hostile"])
    (again,) = document_format(name).make(material).values()
    assert again == made(name, "hostile")


def words_in(name: str) -> str:
    """Return all text of a hostile file, blanks made single."""
    texts = (
        text
        for part in xml_of(made(name, "hostile")).values()
        for text in (*part.itertext(), *(str(one) for one in part.xpath("//@descr")))
    )
    return " ".join(" ".join(texts).split())


def expected(attack: str) -> str:
    """Return what is left of an attack where people read it: on one line, without what XML cannot carry."""
    return " ".join(re.sub("[\ufffe\uffff]", "\ufffd", clean(attack).text).split())


@pytest.mark.parametrize("name", ["docx", "pptx"])
def test_every_attack_comes_out_as_text(name: str) -> None:
    told = words_in(name)
    titles = [one.title or "" for one in STRATEGIES["hostile"][0].objectives]
    assert len(titles) > 20
    assert [title for title in titles if expected(title) not in told] == []


def test_an_attack_that_was_lost_is_found() -> None:
    """The control."""
    assert expected("a\x00b\ufffe") == "ab\ufffd"
    assert expected("an attack that nobody made") not in words_in("docx")


@pytest.mark.parametrize("name", OFFICE)
def test_nothing_leads_outside(name: str) -> None:
    for part in xml_of(made(name, "hostile")).values():
        assert part.xpath("//@TargetMode[.='External']") == []


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", ["docx", "pptx"])
def test_the_language_of_the_text_is_told(name: str, language: str) -> None:
    strategy, notes = STRATEGIES["riverbend"]
    material = DocumentInput(strategy.model_copy(update={"language": language}), notes)
    (data,) = document_format(name).make(material).values()
    part = "word/styles.xml" if name == "docx" else "ppt/slides/slide2.xml"
    root = etree.fromstring(parts(data)[part])
    told = root.xpath("//@lang | //*[local-name()='lang']/@*[local-name()='val']")
    assert set(map(str, told)) == {{"en": "en-GB", "nl": "nl-NL"}[language]}


def test_the_attacks_hold_what_xml_cannot_carry() -> None:
    """The control of the strategy itself."""
    assert any("\x00" in one for one in ATTACKS)
    assert any("\ufffe" in one for one in ATTACKS)
    assert any("\ud800" in one for one in ATTACKS)
