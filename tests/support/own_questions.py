"""A copy of the strategy map script with own questions of every kind, in two languages, and answers to them.

Ids of choices and items stand nowhere else, so that one in a document is seen; so do the words of answers.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from bsc_coach.digest import digest_of
from bsc_coach.interview.decide import Verdict
from bsc_coach.interview.facts.family import Command
from bsc_coach.script.loader import bundled_source, load_script
from bsc_coach.script.model import Script
from bsc_coach.script.source import ScriptSource
from bsc_coach.session.opening import create_session
from bsc_coach.session.session import Session
from tests.support.room import Room
from tests.support.sessions import same_environment

OWN = """
[[step]]
id = "own.regulator"
in = "ambition"
kind = "text"
ask = "Which regulator looks at us?"
help = "By its full name."

[[step]]
id = "own.history"
in = "ambition"
kind = "long_text"
ask = "How did we come to be?"
help = "In a few lines."

[[step]]
id = "own.beds"
in = "customers"
kind = "number"
ask = "How many neighbours are there?"
help = "Roughly."

[[step]]
id = "own.opened"
in = "results"
kind = "date"
ask = "Since when do we keep books?"
help = "A year will do."

[[step]]
id = "own.mood"
in = "clusters"
kind = "choice"
short = "Mood"
ask = "How is the mood in {{ clusters.label }}?"
help = "Choose one."
choices = [{ id = "zz_up_beat", text = "Full of confidence" }, { id = "zz_flat", text = "Tired but willing" }]

[[step]]
id = "own.means"
in = "few"
kind = "several"
short = "Means"
ask = "With which means?"
help = "All that fit."
choices = [{ id = "zz_m_a", text = "Borrowed money" }, { id = "zz_m_b", text = "Borrowed hands" }]

[[step]]
id = "own.weight"
in = "kpis"
kind = "choice"
ask = "How heavy does it weigh?"
help = "Choose one."
choices = [{ id = "zz_heavy", text = "Very heavy" }, { id = "zz_light", text = "Hardly at all" }]

[[step]]
id = "own.since"
in = "kpis"
kind = "date"
short = "Counted since"
ask = "Since when is it counted?"
help = "A year will do."

[[step]]
id = "own.beloved"
in = "promises"
kind = "choice"
ask = "Who loves it most?"
help = "Choose one."
choices = [{ id = "zz_young", text = "The very young" }, { id = "zz_old", text = "The very old" }]

[[step]]
id = "evaluation"
kind = "section"
title = "How we worked"

[[step]]
id = "own.worth"
in = "evaluation"
kind = "choice"
ask = "Was it worth our time?"
help = "Choose one."
choices = [{ id = "zz_yes_so", text = "Every minute of it" }, { id = "zz_not_so", text = "Not at all" }]

[[step]]
id = "lessons"
in = "evaluation"
kind = "collect"
short = "Lessons learnt"
ask = "What did we learn?"
more = "What else?"
help = "One line each."
prefix = "Z"
label = ["lessons.text"]

[[step]]
id = "lessons.text"
in = "lessons"
kind = "text"
short = "Lesson"
ask = "What did we learn?"
help = "One line."

[[step]]
id = "lessons.who"
in = "lessons"
kind = "choice"
short = "For whom"
ask = "Whom does {{ lessons.label }} help?"
help = "Choose one."
choices = [{ id = "zz_us_all", text = "All of us" }, { id = "zz_them", text = "Those to come" }]

[[step]]
id = "lessons.when"
in = "lessons"
kind = "date"
ask = "When is it looked at again?"
help = "A month will do."

[[step]]
id = "lesson.best"
in = "evaluation"
kind = "pick"
ask = "Which lesson matters most?"
help = "Pick one."
from = ["lessons"]
count = { min = 1, max = 1 }

[[step]]
id = "rooms"
in = "evaluation"
kind = "fixed"
title = "The rooms we used"
items = [{ id = "zz_attic", text = "The attic above" }, { id = "zz_cellar", text = "The cellar below" }]

[[step]]
id = "rooms.air"
in = "rooms"
kind = "choice"
short = "Air"
ask = "How was the air in {{ rooms.label }}?"
help = "Choose one."
choices = [
  { id = "zz_fresh_air", text = "Fresh as morning" },
  { id = "zz_stale_air", text = "Thick as soup" },
]

[[step]]
id = "rooms.seats"
in = "rooms"
kind = "number"
ask = "How many chairs were there?"
help = "Count them."

[[step]]
id = "again"
in = "evaluation"
kind = "for_each"
title = "Lessons once more"
over = ["lessons"]

[[step]]
id = "again.kept"
in = "again"
kind = "several"
ask = "Where is it kept?"
help = "All that fit."
choices = [{ id = "zz_k_wall", text = "On the wall" }, { id = "zz_k_book", text = "In the red book" }]

[[step]]
id = "wishes"
in = "evaluation"
kind = "collect"
title = "Wishes left"
ask = "What do we still wish?"
more = "Another wish?"
help = "One line each."
prefix = "W"
label = ["wishes.text"]

[[step]]
id = "wishes.text"
in = "wishes"
kind = "text"
ask = "What do we wish?"
help = "One line."

[[step]]
id = "evaluation.done"
in = "evaluation"
kind = "confirm"
ask = "Is this how we worked?"
help = "Look back."
of = ["evaluation"]
"""

DUTCH = {
    "own.regulator": {"ask": "Welke toezichthouder kijkt naar ons?"},
    "own.history": {"ask": "Hoe zijn wij ontstaan?"},
    "own.beds": {"ask": "Hoeveel buren zijn er?"},
    "own.opened": {"ask": "Sinds wanneer houden wij boeken bij?"},
    "own.mood": {
        "short": "Stemming",
        "ask": "Hoe is de stemming in {{ clusters.label }}?",
        "choice.zz_up_beat": "Vol vertrouwen",
        "choice.zz_flat": "Moe maar gewillig",
    },
    "own.means": {
        "short": "Middelen",
        "ask": "Met welke middelen?",
        "choice.zz_m_a": "Geleend geld",
        "choice.zz_m_b": "Geleende handen",
    },
    "own.weight": {
        "ask": "Hoe zwaar weegt het?",
        "choice.zz_heavy": "Heel zwaar",
        "choice.zz_light": "Nauwelijks",
    },
    "own.since": {"short": "Geteld sinds", "ask": "Sinds wanneer wordt het geteld?"},
    "own.beloved": {
        "ask": "Wie houdt er het meest van?",
        "choice.zz_young": "De allerjongsten",
        "choice.zz_old": "De alleroudsten",
    },
    "evaluation": {"title": "Hoe wij werkten"},
    "own.worth": {
        "ask": "Was het onze tijd waard?",
        "choice.zz_yes_so": "Elke minuut",
        "choice.zz_not_so": "Helemaal niet",
    },
    "lessons": {"short": "Geleerde lessen", "ask": "Wat leerden wij?", "more": "Wat nog meer?"},
    "lessons.text": {"short": "Les", "ask": "Wat leerden wij?"},
    "lessons.who": {
        "short": "Voor wie",
        "ask": "Wie heeft iets aan {{ lessons.label }}?",
        "choice.zz_us_all": "Wij allemaal",
        "choice.zz_them": "Wie na ons komt",
    },
    "lessons.when": {"ask": "Wanneer kijken we er weer naar?"},
    "lesson.best": {"ask": "Welke les telt het meest?"},
    "rooms": {
        "title": "De kamers waar wij zaten",
        "item.zz_attic": "De zolder boven",
        "item.zz_cellar": "De kelder beneden",
    },
    "rooms.air": {
        "short": "Lucht",
        "ask": "Hoe was de lucht in {{ rooms.label }}?",
        "choice.zz_fresh_air": "Fris als de ochtend",
        "choice.zz_stale_air": "Dik als soep",
    },
    "rooms.seats": {"ask": "Hoeveel stoelen waren er?"},
    "again": {"title": "De lessen nog eens"},
    "again.kept": {
        "ask": "Waar wordt het bewaard?",
        "choice.zz_k_wall": "Aan de muur",
        "choice.zz_k_book": "In het rode boek",
    },
    "wishes": {"title": "Wensen die blijven", "ask": "Wat wensen wij nog?", "more": "Nog een wens?"},
    "wishes.text": {"ask": "Wat wensen wij?"},
    "evaluation.done": {"ask": "Hebben wij zo gewerkt?"},
}

IDS = tuple(
    choice["id"]
    for step in tomllib.loads(OWN)["step"]
    for choice in (*step.get("choices", ()), *step.get("items", ()))
)
"""The ids of all choices and fixed items: none of them is a word."""
STEPS = tuple(step["id"] for step in tomllib.loads(OWN)["step"] if "." in step["id"])
"""The ids of the questions, which are no words either."""

WORDS = {
    "en": (
        "The Harbour Board", "From a boat house",
        "1,234", "May 1999", "Full of confidence", "Tired but willing",
        "Borrowed money", "Borrowed hands", "Very heavy", "June 2001", "The very old", "Every minute of it",
        "Ask sooner", "Talk less", "All of us", "Those to come", "March 2031", "The attic above",
        "The cellar below", "Fresh as morning", "Thick as soup", "17", "On the wall", "In the red book",
        "More coffee",
    ),
    "nl": (
        "The Harbour Board", "From a boat house",
        "1.234", "mei 1999", "Vol vertrouwen", "Moe maar gewillig",
        "Geleend geld", "Geleende handen", "Heel zwaar", "juni 2001", "De alleroudsten", "Elke minuut",
        "Ask sooner", "Talk less", "Wij allemaal", "Wie na ons komt", "maart 2031", "De zolder boven",
        "De kelder beneden", "Fris als de ochtend", "Dik als soep", "17", "Aan de muur", "In het rode boek",
        "More coffee",
    ),
}  # fmt: skip
"""What a reader must find of each answer."""


def own_source() -> ScriptSource:
    """Return the script with its Dutch translation, whole."""
    bundled = bundled_source()
    texts = {step["id"]: step for step in tomllib.loads(OWN)["step"]}
    lines = []
    for step, told in DUTCH.items():
        lines.append(f'["{step}"]')
        for key, text in {"help": "Kort.", **told}.items():
            if (original := _original(texts[step], key)) is not None:
                lines += [f'"{key}" = "{text}"', f'"{key}_of" = "{digest_of(original)}"']
    return ScriptSource(
        "mine.toml",
        bundled.base + OWN.encode(),
        {"nl": bundled.translations["nl"] + "\n".join(["", *lines, ""]).encode()},
    )


RENAMED = {
    '{ id = "operations", text = "Operations"': ('"item.operations" =', "Primary care", "Eerste lijn"),
    '  { id = "price", text = "Price" },': ('"item.price" =', "Fee", "Tarief"),
    'title = "Financial outcomes"': ('title = "Resultaten"', "Means and money", "Middelen en geld"),
    'title = "Internal processes"': ('title = "Interne processen"', "Our daily work", "Ons dagelijks werk"),
    'title = "Enablers"': ('title = "Voorwaarden"', "People first", "Mensen eerst"),
    'title = "KPIs"': ('title = "KPI\'s"', "Gauges", "Meters"),
}
"""By how it stands in the script: how it begins in the translation, and its new names in both languages."""


def renamed_source() -> ScriptSource:
    """Return the strategy map script with other names for a cluster, an attribute and parts of the agenda."""
    bundled = bundled_source()
    base, dutch = bundled.base.decode(), bundled.translations["nl"].decode()
    for written, (translated, english, other) in RENAMED.items():
        assert written in base
        base = base.replace(written, re.sub(r'"[^"]*"(?=[^"]*$)', f'"{english}"', written, count=1), 1)
        old = re.compile(rf"^{re.escape(translated)}.*\n.*\n", re.MULTILINE)
        key = translated.split(" =")[0]
        mark = f'"{key.strip(chr(34))}_of"'
        told = f'{key} = "{other}"\n{mark} = "{digest_of(english)}"\n'
        dutch, found = old.subn(told, dutch, count=1)
        assert found
    return ScriptSource("mine.toml", base.encode(), {"nl": dutch.encode()})


def _original(step: dict[str, object], key: str) -> str | None:
    kind, _, name = key.partition(".")
    if not name:
        text = step.get(key)
        return None if text is None else str(text)
    listed = step["choices" if kind == "choice" else "items"]
    assert isinstance(listed, list)
    return next(str(one["text"]) for one in listed if one["id"] == name)


def own_script() -> Script:
    """Return the script, checked."""
    return load_script(own_source())


class SessionRoom(Room):
    """People answering in a session that is kept in a folder."""

    def __init__(self, session: Session) -> None:
        super().__init__(session.plan.script)
        self.session = session
        self.plan = session.plan

    def attempt(self, command: Command) -> Verdict:
        """Do something in the session, and hand back what the engine alone would have said."""
        decision = self.decide(command)
        self.session.do(command)
        self.plan = self.session.plan
        return decision


def answered(script: Script | None = None) -> Room:
    """Return a room that answered every one of these questions, and what they are asked about."""
    return answer_all(Room(script or own_script()))


def answered_folder(folder: Path) -> Path:
    """Return the folder of a session in which all of these questions were answered, with its documents."""
    session = create_session(folder, own_source(), same_environment())
    answer_all(SessionRoom(session))
    session.write_strategy()
    session.write_document()
    session.close()
    return folder


def answer_all(room: Room) -> Room:
    """Answer every one of these questions in ``room``, and what they are asked about."""
    room.say("organisation.name", "Saltmarsh Clinic")
    room.say("own.regulator", "The Harbour Board")
    room.say("own.history", "From a boat house")
    room.say("own.beds", 1234)
    room.say("own.opened", "1999-05")
    room.add("promises", title="See me soon")
    room.say("promises[C1]/own.beloved", "zz_old")
    room.add("clusters[operations]/candidates", title="Shorten the wait")
    room.say("clusters[operations]/own.mood", "zz_up_beat")
    room.say("clusters[social]/own.mood", "zz_flat")
    room.say("clusters[operations]/vital", ["O1"])
    room.say("clusters[operations]/candidates[O1]/own.means", ["zz_m_a", "zz_m_b"])
    kpis = "clusters[operations]/candidates[O1]/kpis"
    room.add(kpis, name="Days of waiting")
    room.say(f"{kpis}[O1.1]/own.weight", "zz_heavy")
    room.say(f"{kpis}[O1.1]/own.since", "2001-06")
    room.say("own.worth", "zz_yes_so")
    room.add("lessons", text="Ask sooner", who="zz_us_all", when="2031-03")
    room.add("lessons", text="Talk less", who="zz_them")
    room.say("lesson.best", ["Z2"])
    room.say("rooms[zz_attic]/rooms.air", "zz_fresh_air")
    room.say("rooms[zz_cellar]/rooms.air", "zz_stale_air")
    room.say("rooms[zz_cellar]/rooms.seats", 17)
    room.say("lessons[Z1]/again.kept", ["zz_k_wall", "zz_k_book"])
    room.add("wishes", text="More coffee")
    return room
