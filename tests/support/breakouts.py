"""Sessions before their clusters, split, worked on in each part, and brought back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from bsc_coach.conversation.recording import play_sample
from bsc_coach.conversation.submit import start_talk
from bsc_coach.interview.requests import command_of, read_request
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.samples import read_sample
from bsc_coach.session.session import Session
from bsc_coach.session.splitting import split
from tests.support.people import Person
from tests.support.sessions import same_environment

Request = Mapping[str, Any]
CLUSTERS = ("operations", "customer", "innovation", "social")
LETTERS = {"O": "operations", "CM": "customer", "I": "innovation", "S": "social"}
STEPS = ("candidates", "growth_levers", "clusters.", "vital")
THREE = (("operations",), ("customer",), ("innovation", "social"))


def cluster_of(request: Request) -> str | None:
    """Return the cluster that a request of a recorded session is about; None for any other question."""
    told = [request, *request.get("answers", ())] if isinstance(request.get("answers"), list) else [request]
    for one in told:
        step, of = str(one.get("step", one.get("list", ""))), str(one.get("of", ""))
        if step.startswith(STEPS):
            return of if of in CLUSTERS else LETTERS.get(re.sub(r"[0-9.]+$", "", of))
    return None


def recorded(name: str) -> tuple[int, dict[str, list[dict[str, Any]]], int]:
    """Return where the clusters begin in a recorded session, what is said in each, and where they end."""
    said: dict[str, list[dict[str, Any]]] = {}
    places = []
    for place, told in enumerate(read_sample(name).commands):
        if (cluster := cluster_of(told)) is not None:
            places.append(place)
            request = {key: value for key, value in told.items() if key not in ("after", "by")}
            said.setdefault(cluster, []).append(request)
    assert places[-1] - places[0] + 1 == len(places)  # nothing else is said in between
    return places[0], said, places[-1] + 1


def played_until(name: str, folder: Path, count: int) -> Path:
    """Make the session of the first commands of a recorded one."""
    sample = read_sample(name)
    play_sample(replace(sample, commands=sample.commands[:count]), folder, Environment(by="Tester")).close()
    return folder


def works(folder: Path, by: str, requests: Sequence[Request]) -> None:
    """Let somebody do things in a folder; every one is taken, and the documents are written."""
    session = open_session(folder, Environment(by=by))
    for request in requests:
        outcome = session.do(command_of(session.plan, read_request(dict(request))))
        assert outcome.accepted, request
    session.write_strategy()
    session.write_document()
    session.close()


def split_in(folder: Path, parts: Sequence[tuple[str, ...]] = THREE) -> list[Path]:
    """Split a session beside itself; return where the parts are."""
    session = open_session(folder, same_environment(), read_only=True)
    made = split(session, parts, folder.parent)
    session.close()
    return [part.path for part in made]


def sits_in(folder: Path, by: str = "Tester") -> Person:
    """Open a folder and take up the talk where it was, as a front end does."""
    talk = start_talk(open_session(folder, replace(same_environment(by, ids=by), writer=f"w.{by}")))
    talk.resume()
    return Person(talk)


def slots_asked(session: Session) -> Iterator[str]:
    """Yield every question that the talk of a folder comes to, each left for later."""
    person = Person(start_talk(session))
    person.talk.resume()
    seen: list[str] = []
    while person.at not in (*seen, "done"):
        seen.append(person.at)
        yield person.at
        person.talk.position.skip(person.talk.plan)
