"""What to say of a session that holds more, or less, than usual: large answers, no text in a translation."""

from __future__ import annotations

from collections.abc import Iterator

from bsc_coach import sizes
from bsc_coach.interview.state import State
from bsc_coach.script.loader import bundled_script
from bsc_coach.script.model import Script
from bsc_coach.words import say


def content_remarks(script: Script, state: State, language: str) -> Iterator[str]:
    """Yield what a person should know of the content of a session, in words; nothing of it is refused."""
    for spoken in untranslated(script):
        yield say("session.no_translation", language, name=f"script.{spoken}.toml", language=spoken)
    values = (fact.value for fact in state.facts.values())
    if long := sum(isinstance(value, str) and len(value) > sizes.TEXT for value in values):
        yield say("session.long_answers", language, n=long, most=sizes.TEXT)
    if full := sum(len(listed.live) > sizes.LIST for listed in state.lists.values()):
        yield say("session.long_lists", language, n=full, most=sizes.LIST)


def untranslated(script: Script) -> tuple[str, ...]:
    """Return the languages that a script declares and has no text in."""
    if script is bundled_script():
        return ()
    told = {language: script.translations.get(language, {}) for language in script.header.languages[1:]}
    return tuple(language for language, texts in told.items() if not any(texts.values()))
