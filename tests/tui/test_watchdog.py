"""The watchdog without an app: when it takes a terminal for gone, and what it does then."""

from __future__ import annotations

import threading

import pytest

from bsc_coach.tui import watchdog
from bsc_coach.tui.watchdog import Watchdog


class Seen:
    """Stands for the app: tells at each look whether its writer has failed, and notes what is asked of it."""

    def __init__(self, looks: list[bool]) -> None:
        self.looks = iter(looks)
        self.told: list[str] = []
        self.ended = threading.Event()

    @property
    def writer_has_failed(self) -> bool:
        self.told.append("look")
        return next(self.looks)

    def asked_to_end(self, code: int) -> None:
        self.told.append(f"asked {code}")

    def give_back(self) -> None:
        self.told.append("given back")

    def answer_on_its_way(self) -> bool:
        return False

    def end(self, code: int) -> None:
        self.told.append(f"ended {code}")
        self.ended.set()


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOOK_SECONDS", "ASK_SECONDS"):
        monkeypatch.setattr(watchdog, name, 0.001)
    monkeypatch.setattr("bsc_coach.tui.watchdog.os.isatty", lambda _: False)


def watched(looks: list[bool]) -> list[str]:
    """Watch in another thread than the main one, until the process would end; return what happened."""
    app = Seen(looks)
    dog = Watchdog(app, end=app.end)
    starting = threading.Thread(target=dog.start)
    starting.start()
    starting.join()
    assert app.ended.wait(60)  # a guard against hanging
    for end in (dog._ours, dog._theirs):
        end.close()  # which the end of the process does otherwise
    return app.told


def test_a_writer_that_has_failed_is_a_terminal_that_is_gone() -> None:
    looks = [False, False, True]
    assert watched(looks) == ["look"] * 3 + ["asked 129", "given back", "ended 129"]
