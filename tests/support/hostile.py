"""Text that tries to be structure, and what a Markdown reader makes of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from bsc_coach.text import clean

FRAGMENTS = (
    "#", "##", " # ", "|", "\\|", "||", "-", "- ", "--", "---", "+ ", "* ", "***", "1. ", "12) ", "0.",
    "1.", "9)", "1 .", "= =", "-:", "- -",
    ">", "> ", "=", "===", "`", "``", "```", "~~~", "~", "~~", "*", "**", "_", "__", "[", "]", "[a](b)",
    "![a](b)", "[x] ", "[^1]", "[a]: b", "<", ">", "<b>", "</td>", "<script>", "<br>", "<!--", "-->", "<?",
    "<http://a.b>", "&", "&amp;", "&#35;", "&lt;", ";", "\\", "\\\\", "\n", "\n\n", "\r", "\r\n", "\t",
    "    ", "  \n", "\u2028", "\u2029", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2066", "\u2069", ":--",
    ":-:", "|-|", "|:--|", "$", "$$", "{{ x }}", "{% raw %}", "!", "a", "B", "7", "é", "“", "”", ".", ")",
    "\x00", "\x1b[2J", "\x85", "\ud800",
)  # fmt: skip

hostile_text = st.one_of(
    st.lists(st.sampled_from(FRAGMENTS), max_size=12).map("".join),
    st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=4)), max_size=8).map("".join),
)

FIXED = (
    "# heading",
    "foo #",
    "a\n\n# b",
    "a\n- b",
    "- a",
    "1. a",
    "> a",
    "a | b",
    "a\n---",
    "---",
    "```\ncode",
    "*a*",
    "_a_",
    "~~a~~",
    "`a`",
    "[a](b)",
    "![a](b)",
    "<b>a</b>",
    "<!-- a",
    "<div>",
    "&amp;",
    "&#35;",
    "a\\",
    "\\*a*",
    "    code",
    "\ta",
    "$a$",
    "[a]: b",
    "a  \nb",
)

POSITIONS = {
    "heading": "## {}\n\nafter\n",
    "paragraph": "before\n\n{}\n\nafter\n",
    "list": "- {}\n- after\n",
    "nested list": "- outer\n  - {}\n  - after\n- last\n",
    "table cell": "| a | b |\n|:---|---:|\n| {} | c |\n| d | e |\n",
    "quote": "> {}\n\nafter\n",
    "bold in a list": "- **{}** (after)\n",
}


READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


class Seen(NamedTuple):
    """What a reader sees: blocks with their nesting, inline elements by block, and text by block."""

    blocks: list[tuple[str, str, int]]
    inlines: list[list[str]]
    texts: list[str]


def see(markdown: str) -> Seen:
    """Return ``markdown`` as CommonMark with GFM tables and strikethrough reads it."""
    tokens = READER.parse(markdown)
    leaves = [token.children or [] for token in tokens if token.type == "inline"]
    return Seen(
        [(token.type, token.tag, token.level) for token in tokens],
        [[child.type for child in leaf if _is_element(child)] for leaf in leaves],
        ["".join(map(_text, leaf)) for leaf in leaves],
    )


see_once = cache(see)
"""What a reader sees in a text that is looked at again and again."""


def _is_element(child: Token) -> bool:
    return child.type not in ("text", "text_special") and not _is_break(child)


def _is_break(child: Token) -> bool:
    return child.type == "html_inline" and child.content == "<br>"


def _text(child: Token) -> str:
    return "\n" if _is_break(child) else child.content


def as_read(text: str) -> str:
    """Return ``text`` as a reader of a document expects it: cleaned, blanks single, no empty line."""
    lines = clean(text).text.replace("\u2028", "\n").replace("\u2029", "\n").split("\n")
    single = (" ".join(part for part in line.replace("\t", " ").split(" ") if part) for line in lines)
    return "\n".join(line for line in (one.strip() for one in single) if line)


def check_position(position: str, text: str, escape: Callable[[str], str]) -> None:
    """Assert that ``text`` at ``position`` changes no structure and reads as itself."""
    frame = POSITIONS[position]
    expected, found = see_once(frame.format("word")), see(frame.format(escape(clean(text).text)))
    assert found.blocks == expected.blocks
    assert found.inlines == expected.inlines
    assert found.texts == [leaf.replace("word", as_read(text)) for leaf in expected.texts]
