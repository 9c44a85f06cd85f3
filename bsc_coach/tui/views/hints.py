"""Which keys act now, the most useful first; the hint line shows as many as fit."""

from __future__ import annotations

from bsc_coach.tui.actions import ACTIONS, BY_NAME, shown_key
from bsc_coach.tui.answering import MOST_DIGITS, Answering, Listing
from bsc_coach.tui.wording import ui

Hint = tuple[str, str]
_BY_SORT: dict[str, tuple[tuple[str, str], ...]] = {
    "text": (("Enter", "enter"), ("^J", "newline")),
    "list": (("Enter", "enter_list"),),
    "choice": (("1–9", "digit"), ("↑↓ Enter", "take")),
    "several": (("Space", "mark"), ("Enter", "hand_in")),
    "table": (("1–9", "digit"), ("←↑↓→", "walk")),
    "confirm": (("Enter", "confirm"), ("1–9", "go")),
    "between": (("Enter", "enter"),),
}
_TYPED_NUMBER = (("1…", "number"), ("↑↓ Enter", "take"))
_IN_LIST = (("Enter", "edit"), ("X", "remove"), ("U", "up"), ("D", "down"), ("Esc", "leave"))
_IN_CONVERSATION = (("Enter", "edit"), ("H", "history"), ("D", "depends"), ("↑↓", "arrows"), ("Esc", "leave"))
_WORDS = {"mark": "space"}


def hints_for(
    now: Answering | None, language: str, *, selecting: bool, keymap: dict[str, str] | None = None
) -> list[Hint]:
    """Return the keys that act now with what they do."""
    if selecting:
        return _said(_IN_CONVERSATION, language)
    hints: list[Hint] = []
    if now is not None:
        if now.prompt.remarks and now.sort != "between":
            hints.append((shown_key("keep", keymap), BY_NAME["keep"].label(language)))
        if isinstance(now, Listing):
            if now.chosen is not None:
                return _said(_IN_LIST, language)
            hints += _said(_BY_SORT["list"], language)
            hints += _said((("↑", "up_list"),), language) if now.prompt.items else []
        else:
            typed = now.sort == "choice" and len(now.prompt.options) > MOST_DIGITS
            hints += _said((*_TYPED_NUMBER,) if typed else _BY_SORT[now.sort], language)
    shown = sorted((action for action in ACTIONS if action.hint), key=lambda action: action.hint)
    return [*hints, *((shown_key(action.name, keymap), action.label(language)) for action in shown)]


def hints_beside(language: str, *, panel: bool) -> list[Hint]:
    """Return the keys that act while the panel or the agenda has the focus."""
    if panel:
        return _said((("↑↓", "scroll"), ("F2 F3 F4", "panels"), ("Esc", "leave")), language)
    return _said((("↑↓", "arrows"), ("Enter", "go"), ("Esc", "leave")), language)


def _said(pairs: tuple[tuple[str, str], ...], language: str) -> list[Hint]:
    return [(key, ui(f"hint.{_WORDS.get(name, name)}", language)) for key, name in pairs]
