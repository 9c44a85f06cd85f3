"""Key hints: which keys act now, the most useful first; the hint line shows as many as fit."""

from __future__ import annotations

from bsc_coach.tui.actions import ACTIONS, BY_NAME, shown_key
from bsc_coach.tui.input_modes import MOST_DIGITS, Between, InputMode, ListMode
from bsc_coach.tui.words import ui

Hint = tuple[str, str]
SPACE = "space"
DIGITS = "digits"
"""Stands for the digits that act: they depend on what there is to choose."""
Pairs = tuple[tuple[str, str], ...]
_BY_SORT: dict[str, Pairs] = {
    "round": (("Enter", "round"),),
    "hands": (("Enter", "enter"),),
    "text": (("Enter", "enter"), ("^J", "newline")),
    "list": (("Enter", "enter_list"),),
    "choice": ((DIGITS, "digit"), ("↑↓ Enter", "take")),
    "several": ((SPACE, "mark"), ("Enter", "hand_in")),
    "table": ((DIGITS, "digit"), ("←↑↓→", "walk")),
    "confirm": (("Enter", "confirm"), (DIGITS, "go")),
    "between": ((DIGITS, "digit"), ("Enter", "enter")),
}
_TYPED_NUMBER = (("1…", "number"), ("↑↓ Enter", "take"))
_IN_LIST = (("Enter", "edit"), ("X", "remove"), ("U", "up"), ("D", "down"), ("Esc", "leave"))
_IN_CONVERSATION = (("Enter", "edit"), ("H", "history"), ("D", "depends"), ("↑↓", "arrows"), ("Esc", "leave"))
_TYPING = "typing"
_REPLACING = ((_TYPING, "replace"), ("←→", "correct"), ("Del", "clear"), ("Enter", "enter"))
"""While what stands in the composer is selected as a whole."""
_WORDS = {"mark": "space"}


def hints_for(
    now: InputMode | None,
    language: str,
    *,
    selecting: bool,
    replacing: bool = False,
    owned: bool = False,
    keymap: dict[str, str] | None = None,
) -> list[Hint]:
    """Return the keys that act now with what they do.

    With ``replacing``, all that stands in the composer is selected, and typing replaces it; with ``owned``,
    the question is about something that has an owner, who may take the rest of it home.
    """
    if selecting:
        return _said(_IN_CONVERSATION, language)
    hints: list[Hint] = []
    if now is not None:
        # what can be done about a remark, then what the keys do at this kind of question
        if now.prompt.remarks and now.sort != "between":
            hints.append((shown_key("keep", keymap), BY_NAME["keep"].label(language)))
            if any(one.belongs_to for one in now.prompt.remarks):
                hints.append((shown_key("save", keymap), BY_NAME["save"].label(language)))
        if replacing:
            hints += _said(_REPLACING, language)
        elif isinstance(now, ListMode):
            if now.chosen is not None:
                return _said(_IN_LIST, language)
            hints += _said(_BY_SORT["list"], language)
            hints += _said((("↑", "up_list"),), language) if now.prompt.items else []
        else:
            typed = now.sort == "choice" and len(now.prompt.options) > MOST_DIGITS
            pairs = _TYPED_NUMBER if typed else _BY_SORT[now.sort]
            hints += _said(_with_digits(pairs, digits_for(now)), language)
        if now.prompt.offers and now.sort in ("text", "list"):
            hints += _said((("Tab", "complete"),), language)
    if owned:
        hints.append((shown_key("homework", keymap), BY_NAME["homework"].label(language)))
    # last what acts everywhere, in the order in which it gives way on a narrow line
    shown = sorted((action for action in ACTIONS if action.hint), key=lambda action: action.hint)
    return [*hints, *((shown_key(action.name, keymap), action.label(language)) for action in shown)]


def hints_beside(language: str, *, panel: bool) -> list[Hint]:
    """Return the keys that act while the panel or the agenda has the focus."""
    if panel:
        return _said((("↑↓", "scroll"), ("F2 F3 F4", "panels"), ("Esc", "leave")), language)
    return _said((("↑↓", "arrows"), ("Enter", "go"), ("F5", "panels"), ("Esc", "leave")), language)


def digits_for(now: InputMode) -> str:
    """Return the digits that choose something now, like 0–5; nothing where none does."""
    if now.sort == "confirm":
        numbers = list(range(1, len(now.prompt.review) + 1))
    elif isinstance(now, Between):
        numbers = [option.number for option in now.options if str(option.number) in now.keys]
    else:
        numbers = [option.number for option in now.prompt.options]
    numbers = [number for number in numbers if number <= MOST_DIGITS]
    return "–".join(str(number) for number in dict.fromkeys((numbers[0], numbers[-1]))) if numbers else ""


def _with_digits(pairs: Pairs, digits: str) -> Pairs:
    """Return the hints with the digits that act, and without that of digits where none does."""
    return tuple((digits if key == DIGITS else key, name) for key, name in pairs if key != DIGITS or digits)


def _said(pairs: Pairs, language: str) -> list[Hint]:
    return [
        (
            ui(f"key.{key}", language) if key in (SPACE, _TYPING) else key,
            ui(f"hint.{_WORDS.get(name, name)}", language),
        )
        for key, name in pairs
    ]
