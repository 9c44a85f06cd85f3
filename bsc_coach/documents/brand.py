"""How a house wants its documents: paper, logo, colours, fonts, office files of its own, lines to sign."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

PaperSize = Literal["A4", "A3", "Letter"]
PAPER_SIZES: tuple[PaperSize, ...] = get_args(PaperSize)


@dataclass(frozen=True)
class Brand:
    """What documents take from the house; what is empty is as the program has it."""

    paper: PaperSize = "A4"
    logo: bytes = b""
    """A picture, PNG or SVG, as its file has it."""
    logo_name: str = ""
    accent: str = ""
    """The colour of headings and rules: #RRGGBB."""
    font: str = ""
    reference_docx: bytes = b""
    """A Word file whose styles are taken."""
    template_pptx: bytes = b""
    """A presentation whose master is taken."""
    signature: bool = False
    """Whether there are lines to sign on."""
    version: str = ""
    """The version of the document, as its cover tells it."""


PLAIN = Brand()
"""As the program has it."""
