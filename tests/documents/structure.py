"""A page of records filled with hostile words: nothing of its structure may change."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.support.hostile import Seen


def same_structure(found: Seen, expected: Seen) -> None:
    """Hold a page against the same page filled with a plain word."""
    assert found.blocks == expected.blocks
    assert found.inlines == expected.inlines


def caught_without_escaping(
    filled_with: Callable[[str], Seen], expected: Seen, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same page, made without escaping, is told from the plain one."""
    monkeypatch.setattr("bsc_coach.documents.templating.environment.escape", str)
    for text in ("a\n\n# b", "*a*"):
        with pytest.raises(AssertionError):
            same_structure(filled_with(text), expected)
