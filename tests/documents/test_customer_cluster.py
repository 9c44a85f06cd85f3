"""What opens the map, and the customer cluster, in every document of the whole strategy."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from bsc_coach.documents.formats import DocumentInput, document_format
from bsc_coach.documents.redaction.redacting import redact
from bsc_coach.strategy.model import Cluster, GrowthLever, Strategy
from tests.documents.test_pdf import needs_pdftotext, shown
from tests.support.pages import whole
from tests.support.strategies import NO_NOTES, RIVERBEND

PDF = pytest.param("pdf", marks=needs_pdftotext)
ORGANISATION = RIVERBEND.organisation.model_copy(
    update={"purpose": "Which clinic closes", "scope": "Not the merger", "absent": "The night shift"}
)
TOLD = RIVERBEND.model_copy(
    update={
        "organisation": ORGANISATION,
        "clusters": (Cluster(id="customer", lost_at="offer", leave_over="response", stay_for="fit"),),
        "growth_levers": (GrowthLever(id="G1", title="Preferred supplier", account="Hotel Bridgeview"),),
    }
)
OPENING = ("Which clinic closes", "Not the merger", "CEO", "The night shift")
CLUSTER = (
    "what we propose does not fit",
    "a fast response",
    "fitting their wishes",
    "Preferred supplier (first with Hotel Bridgeview)",
)


def text_of(strategy: Strategy, name: str, folder: Path) -> str:
    if name == "md":
        return whole(strategy, NO_NOTES)
    (data,) = document_format(name).make(DocumentInput(strategy)).values()
    if name == "pdf":
        return shown(data, folder)
    if name in ("docx", "pptx"):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            return "".join(package.read(one).decode() for one in package.namelist() if one.endswith(".xml"))
    return data.decode()


@pytest.mark.parametrize("name", ["md", "html", "docx", PDF, "pptx"])
def test_a_document_opens_with_what_the_map_is_for(name: str, tmp_path: Path) -> None:
    text = text_of(TOLD, name, tmp_path)
    assert [one for one in OPENING if one.replace(" ", "") not in text.replace(" ", "")] == []
    before = text_of(RIVERBEND, name, tmp_path)
    assert not any(one in before for one in OPENING if one != "CEO")


@pytest.mark.parametrize("name", ["md", "html", "docx", PDF])
def test_the_customer_cluster_tells_where_one_loses_and_how_one_grows(name: str, tmp_path: Path) -> None:
    text = text_of(TOLD, name, tmp_path)
    assert [one for one in CLUSTER if one.replace(" ", "") not in text.replace(" ", "")] == []


def test_a_target_account_is_redacted() -> None:
    redacted = redact(DocumentInput(TOLD)).strategy
    assert [(one.title, one.account) for one in redacted.growth_levers] == [
        ("Preferred supplier", "Account 1")
    ]
