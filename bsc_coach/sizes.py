"""Sizes: the most that a text, a list, a script, a file or a drawing may have, wherever it comes from.

One table for what is typed, taken over from a file, edited by hand, asked by a script and read from a
journal. What a journal holds already is never refused by it: an answer that was given stays.
"""

from __future__ import annotations

from typing import Final

# What a strategy is made of.
TEXT: Final = 64 * 1024
"""Characters of one answer, and of one text in a strategy.toml; a longer one is a document."""
TEXT_UNDERSTOOD: Final = 20_000
"""Characters of a text that is looked at for what it means: nobody says don't know in a longer one."""
SHORT_TEXT: Final = 300
"""Characters of a reason or an owner."""
LIST: Final = 300
"""Items of one list, where the script does not say a smaller number."""
ENTRIES: Final = 10_000
"""Entries of a list that an interview fills by itself: answers to questions of one's own, open questions."""
INTEGER: Final = 2**53
"""The largest whole number that every program reads alike."""
NUMBER_DIGITS: Final = 40
"""Digits of a number as it is typed."""

# What a script is made of.
STEPS: Final = 2_000
CHOICES: Final = 1_000
"""Choices of one step, and fixed items of one list."""
SCRIPT_DEPTH: Final = 24
"""Nesting of tables and arrays; a condition within conditions needs two levels each."""

# Files, in bytes.
SCRIPT_FILE: Final = 2_000_000
STRATEGY_FILE: Final = 8_000_000
BROKEN_STRATEGY_FILE: Final = 500_000
"""Characters of a strategy.toml that is no valid TOML, up to which the rest of it is read all the same."""
JOURNAL_FILE: Final = 256 * 1024 * 1024
JOURNAL_LINE: Final = 16 * 1024 * 1024
DRAFTS_FILE: Final = 64 * 1024 * 1024
NOW_FILE: Final = 1024 * 1024
"""Where the driver is, for those who follow."""
NOTES_FILE: Final = 64 * 1024 * 1024
"""The private notes of a session."""
DOCUMENT_FILE: Final = 64_000_000
"""A document in the folder of a session, looked at to see whether somebody changed it."""
TEMPLATE_FILE: Final = 1_000_000
ZIP_FILE: Final = 64_000_000
"""A session that was sent as a zip."""
ZIP_TOLD: Final = 256 * 1024
"""What a zip tells of its entries before they come: some thousands of names."""
ZIPPED_JOURNAL: Final = 64 * 1024 * 1024
"""A journal in a zip, unpacked; a longer one can be unpacked by hand and merged as a folder."""
BRAND_SETTINGS: Final = 64 * 1024
BRAND_FILE: Final = 20_000_000
"""An office file whose styles are taken."""
BRAND_LOGO: Final = 2_000_000
BRAND_UNPACKED: Final = 100_000_000
"""All of such an office file, unpacked."""
MADE_BY_TEMPLATE: Final = 10_000_000
IMPORT_FILE: Final = 32_000_000
"""A list or plan that somebody brings."""
IMPORT_TEXT: Final = 8_000_000
"""Of that a text, and what a plan in XML holds."""
WORKBOOK_UNPACKED: Final = 128_000_000
"""What a workbook unpacks to, all of it: ten thousand rows of ten columns take a tenth of that."""
SHEETS: Final = 60
SHEET_ROWS: Final = 10_000
SHEET_COLUMNS: Final = 200

# What is handed in at once, in characters.
PASTE: Final = TEXT
"""A paste that goes into the answer line without a question; it may hold a whole list."""
REQUEST: Final = 8_000_000
"""A line of ``apply``."""

# What is told and drawn.
DIFFERENCES_TOLD: Final = 100
"""Edits of a strategy.toml told one by one; of the others, their number."""
REMARKS_TOLD: Final = 50
"""References to nothing in a strategy.toml told one by one; of the others, their number."""
CHANGES_TOLD: Final = 500
"""Changes between two strategies told one by one; of the others, their number."""
MAP_POINTS: Final = 600
"""Points on a drawn map."""
MAP_STRETCHES: Final = 15_000
"""Rows that the links of a drawn map pass, together: 60 links between 30 objectives pass 250."""
