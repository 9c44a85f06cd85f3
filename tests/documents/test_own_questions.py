"""Answers to questions of a script of one's own, in every format that tells answers: words, and never ids."""

from __future__ import annotations

import html
import re
import zipfile
from io import BytesIO

import pytest

from bsc_coach.documents.context.own_answers import SECTION_OF
from bsc_coach.documents.context.sheets import SECTIONS
from bsc_coach.documents.formats import DocumentInput, document_format, known_formats
from bsc_coach.interview.minutes import to_minutes
from bsc_coach.interview.notes import to_notes
from bsc_coach.interview.projection import to_strategy
from bsc_coach.strategy.model import Objective, Strategy
from bsc_coach.strategy.notes import Notes
from bsc_coach.strategy.own_answers import Extra
from bsc_coach.strategy.toml import read_toml, write_toml
from tests.documents.laid_out import board_laid_out, laid_out
from tests.documents.templating.test_render import section
from tests.support.own_questions import IDS, STEPS, WORDS, answered
from tests.support.pages import whole

LANGUAGES = ("en", "nl")
TELLING = ("md", "html", "pdf", "docx", "pptx", "xlsx", "stratml", "minutes", "toml")
"""The formats that tell all answers."""
PICTURES_AND_PAGES = (
    "svg",
    "kpis",
    "annex",
    "board",
    "board-pdf",
    "owners",
    "owners-docx",
    "ics",
    "iso",
    "csv",
    "slips",
    "worksheet",
)
"""Those that tell the map, a part of it all, the share of one owner, dates, aims, KPIs, or what is open."""
ABOUT_KPIS = {"en": ("Very heavy", "2001-06"), "nl": ("Heel zwaar", "2001-06")}
"""In a table for other programs a date is one that they can read."""
AS_DATA = {
    "xlsx": ("June 2001", "juni 2001"),
    "minutes": ("1,234", "1.234"),
    "toml": (
        "1,234",
        "1.234",
        *("May 1999", "June 2001", "March 2031"),
        *("mei 1999", "juni 2001", "maart 2031"),
    ),
}
"""Dates in the register of KPIs are dates to a spreadsheet, numbers in minutes stand as they were typed."""
_TAG = re.compile(r"<(style|svg|defs)\b.*?</\1>|<[^>]*>", re.DOTALL)


@pytest.fixture(scope="module")
def material() -> dict[str, DocumentInput]:
    plan = answered().plan
    told = {}
    for language in LANGUAGES:
        shown = plan.for_documents(language)
        told[language] = DocumentInput(to_strategy(shown), to_notes(shown), to_minutes(shown))
    return told


def text_in(name: str, material: DocumentInput) -> str:
    """Return what a reader of all files of a format sees, in one line."""
    if name == "pdf":
        return squeezed(laid_out(material.strategy, material.notes))
    if name == "board-pdf":
        return squeezed(board_laid_out(material.strategy, material.notes))
    return squeezed(
        "\n".join(_text(path.suffix, data) for path, data in document_format(name).make(material).items())
    )


def squeezed(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _text(suffix: str, data: bytes) -> str:
    if suffix in (".docx", ".pptx", ".xlsx"):
        with zipfile.ZipFile(BytesIO(data)) as parts:
            return "\n".join(
                _TAG.sub(" ", parts.read(part).decode())
                for part in parts.namelist()
                if re.search(r"(document|slide\d+|sharedStrings|sheet\d+)\.xml$", part)
            )
    text = data.decode("utf-8-sig")
    if suffix == ".svg":
        return re.sub("<[^>]*>", " ", text)
    return _TAG.sub(" ", text) if suffix in (".html", ".xml") else text


def test_every_format_is_known_to_tell_answers_or_not() -> None:
    assert sorted((*TELLING, *PICTURES_AND_PAGES)) == sorted(known_formats())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", TELLING)
def test_the_words_of_every_answer_stand_in_every_format_that_tells_answers(
    name: str, language: str, material: dict[str, DocumentInput]
) -> None:
    text = text_in(name, material[language])
    wanted = WORDS[language]
    assert [one for one in wanted if one not in text and one not in AS_DATA.get(name, ())] == []


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in known_formats() if name != "toml"])
def test_no_id_of_a_choice_or_item_stands_in_any_document(
    name: str, language: str, material: dict[str, DocumentInput]
) -> None:
    text = text_in(name, material[language]).replace("\\", "")
    assert [one for one in IDS if one in text] == []
    assert [one for one in STEPS if one in text] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_of_an_owner_tells_what_is_about_theirs(
    language: str, material: dict[str, DocumentInput]
) -> None:
    told = material[language].strategy
    theirs = {
        name: tuple(one.model_copy(update={"owner_role": "Head nurse"}) for one in getattr(told, name))
        for name in ("objectives", "kpis")
    }
    owned = told.model_copy(update=theirs)
    text = text_in("owners", DocumentInput(owned))
    about_theirs = ("Borrowed money", "Very heavy") if language == "en" else ("Geleend geld", "Heel zwaar")
    assert [one for one in about_theirs if one not in text] == []


def test_an_id_in_a_document_would_be_seen(material: dict[str, DocumentInput]) -> None:
    told = material["en"]
    bare = told.strategy.model_copy(
        update={"extra": tuple(one.model_copy(update={"said": None}) for one in told.strategy.extra)}
    )
    for name in ("md", "pdf", "docx", "pptx", "xlsx", "stratml"):
        text = text_in(name, DocumentInput(bare)).replace("\\", "")
        assert "zz_heavy" in text or "zz_yes_so" in text, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_table_of_kpis_tells_what_is_about_kpis(
    language: str, material: dict[str, DocumentInput]
) -> None:
    text = text_in("csv", material[language])
    assert all(one in text for one in ABOUT_KPIS[language])
    assert not any(one in text for one in WORDS[language] if one not in ABOUT_KPIS[language])


@pytest.mark.parametrize(
    "name", [name for name in known_formats() if name not in ("minutes", "slips", "worksheet")]
)
def test_the_file_makes_the_same_documents_as_the_session(
    name: str, material: dict[str, DocumentInput]
) -> None:
    told = DocumentInput(material["nl"].strategy)
    again = DocumentInput(read_toml(write_toml(told.strategy).encode()))
    assert document_format(name).make(again) == document_format(name).make(told)


def test_answers_stand_in_their_section(material: dict[str, DocumentInput]) -> None:
    text = whole(material["en"].strategy, Notes())
    assert "The Harbour Board" in section(text, "## Mission and ambition")
    assert "- **How many neighbours are there?**\n  - 1,234" in section(text, "## Whom we serve")
    assert "| C1 See me soon | The very old |" in section(text, "## What customers can count on")
    assert "May 1999" in section(text, "## Financial outcomes")
    excel = section(text, "## What we must excel at")
    assert "### Operations\n\n- **Mood:** Full of confidence" in excel
    assert "- **Means:** Borrowed money, Borrowed hands" in excel
    assert "| How heavy does it weigh | Very heavy |\n| Counted since | June 2001 |" in section(
        text, "## KPI sheets"
    )
    assert "Further answers" not in text


def test_a_list_is_a_table_with_its_questions_as_columns_and_its_items_as_rows(
    material: dict[str, DocumentInput],
) -> None:
    told = section(whole(material["nl"].strategy, Notes()), "## Hoe wij werkten")
    assert "- **Was het onze tijd waard?**\n  - Elke minuut" in told
    assert (
        "### Geleerde lessen\n\n| Les | Voor wie | Wanneer kijken we er weer naar? |\n|:---|:---|:---|\n"
        "| Z1 Ask sooner | Wij allemaal | maart 2031 |\n| Z2 Talk less | Wie na ons komt |  |" in told
    )
    assert "### De kamers waar wij zaten\n\n| Over | Lucht | Hoeveel stoelen waren er? |" in told
    assert "### Wensen die blijven\n\n- W1 More coffee" in told


def test_a_section_of_ones_own_stands_in_the_place_of_the_agenda() -> None:
    told = Strategy(
        extra=(
            Extra(step="a", question="Why now?", section="Beginning", answer="Because"),
            Extra(step="b", question="And then?", section="Half-way", after="segments", answer="We go on"),
        )
    )
    headings = re.findall("^## (.*)$", whole(told, Notes()), re.MULTILINE)
    assert headings.index("Beginning") == headings.index("Mission and ambition") - 1
    assert headings.index("Half-way") == headings.index("Whom we serve") + 1


def test_an_item_that_lacks_an_answer_does_not_move_the_columns() -> None:
    def told(step: str, about: str, question: str, answer: str) -> Extra:
        return Extra(
            step=step, about=about, question=question, answer=answer, section="Talks", list="Talks held"
        )

    answers = (
        told("b", "T1", "Second?", "b1"),
        told("a", "T2", "First?", "a2"),
        told("b", "T2", "Second?", "b2"),
    )
    text = section(whole(Strategy(extra=answers), Notes()), "## Talks")
    assert "| About | First? | Second? |\n|:---|:---|:---|\n| T1 |  | b1 |\n| T2 | a2 | b2 |" in text


def test_a_file_without_places_still_tells_every_answer() -> None:
    old = Strategy(
        objectives=(Objective(id="O1", title="Shorten the wait"),),
        extra=(
            Extra(step="own.motto", question="What is our motto?", answer="Steady at home"),
            Extra(step="own.beds", about="O1", question="How many beds?", answer=220),
            Extra(step="own.zone", about="Z1", question="Which zone?", answer="n_w", said="North West"),
        ),
    )
    text = whole(old, Notes())
    assert "Steady at home" in section(text, "## Further answers")
    assert "- **Which zone?** (Z1)\n  - North West" in section(text, "## Further answers")
    assert "- **How many beds:** 220" in section(text, "## What we must excel at")


def test_every_part_of_a_strategy_has_a_section() -> None:
    assert set(SECTION_OF.values()) <= set(SECTIONS)
    assert set(Strategy.model_fields) - {"format", "language", "names", "extra"} == set(SECTION_OF)
