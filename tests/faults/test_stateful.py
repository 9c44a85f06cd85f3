"""Any mixture of answers, faults, crashes, power cuts and strangers: what was acknowledged is there.

The names of the properties are those of the project's reliability notes (J1 to J14).
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bsc_coach.session.line_format import encode_record, make_record
from bsc_coach.text import clean
from tests.support.broken_journals import (
    ForgivingJournal,
    HastyJournal,
    HopefulJournal,
    NoFolderSync,
    NoSync,
    flushing_at_opening,
    opened_as,
    sound,
    without_size_check,
)
from tests.support.clock import Clock
from tests.support.faulty_disk import ERRORS, NOTHING, PARTLY, WHOLLY, FaultyDisk, never
from tests.support.journals import HOME, PATH, body, opened
from tests.support.memory_disk import MemoryDisk

TEXTS = st.one_of(
    st.text(max_size=12), st.text(alphabet='\0\x1b\x85\u2028\ud800{}":,\n\r\x7f\u202e', max_size=6)
)
FAILING = st.sampled_from(
    ["write", "fsync", "replace", "create", "facts", "facts_at", "fsync_folder", "open_append", "open_over"]
)


class Workshop(RuleBasedStateMachine):
    """A session over a disk that fails, dies and is meddled with."""

    opener: ClassVar[Callable[..., Any]] = staticmethod(sound)
    wrapper: ClassVar[type[FaultyDisk]] = FaultyDisk

    def __init__(self) -> None:
        super().__init__()
        self.memory = MemoryDisk(folders=(Path("/"), HOME))
        self.disk = self.wrapper(self.memory)
        self.journal = type(self).opener(PATH, self.disk)
        self.said = 0
        self.durable: list[Any] = []
        self.meddled = 0
        self.strangers: list[Any] = []

    # What people and the world do

    @rule(text=TEXTS)
    def answer(self, text: str) -> None:
        self.said += 1
        record = self.journal.append(body(text, self.said))
        assert record.body["do"][0]["value"] == clean(text).text
        self.remember()

    def remember(self) -> None:
        if not self.journal.unsaved:
            assert self.journal.trouble is None
            noticed = [record.body for record in self.journal.foreign]
            assert [one for one in self.strangers if one not in noticed] == []
            self.durable = [record.body for record in self.journal.records]
        else:
            assert self.journal.trouble

    @rule(
        name=FAILING,
        error=st.sampled_from(ERRORS),
        effect=st.sampled_from([NOTHING, PARTLY, WHOLLY]),
        times=st.sampled_from([1, 2, 99]),
    )
    def break_disk(self, name: str, error: int, effect: str, times: int) -> None:
        left = [times]

        def plan(_number: int, call: str) -> tuple[int, str] | None:
            if call != name or not left[0]:
                return None
            left[0] -= 1
            return error, effect

        self.disk.plan = plan

    @rule()
    def mend_disk(self) -> None:
        self.disk.plan = never

    @precondition(lambda self: self.journal.unsaved)
    @rule()
    def try_again(self) -> None:
        assert self.journal.retry() == (not self.journal.unsaved and not self.journal.trouble)
        self.remember()

    @rule()
    def heal(self) -> None:
        """J11: the fault is gone and one answer more puts everything on the disk."""
        self.disk.plan = never
        self.answer("after the fault")
        assert self.journal.unsaved == 0
        self.check(self.memory)

    @rule(text=TEXTS)
    def stranger_appends(self, text: str) -> None:
        """J12: another program adds a line."""
        inode = self.memory.names_now.get(PATH)
        if inode is not None and inode.content.endswith(b"\n"):
            self.meddled += 1
            number = len(self.journal.records) + self.meddled
            record = make_record(number, "stranger", Clock()(), body(text, -self.meddled))
            line = encode_record(record)
            self.strangers.append(record.body)
            inode.content += line
            inode.durable += bytes(inode.forgotten) + b"".join(inode.pending) + line
            inode.pending, inode.forgotten = [], 0

    @rule()
    def die_and_come_back(self) -> None:
        """kill -9: what was handed to the system is there."""
        self.reopen(self.memory)

    @rule(data=st.data())
    def power_cut(self, data: st.DataObject) -> None:
        states = list(self.memory.crash_states())
        files, folders = data.draw(st.sampled_from(states), label="what the cut left")
        self.reopen(MemoryDisk(files, folders=folders))

    def reopen(self, memory: MemoryDisk) -> None:
        self.check(memory)
        self.memory = memory
        self.disk = self.wrapper(memory)
        self.journal = type(self).opener(PATH, self.disk)
        self.meddled += len(self.journal.records)
        self.strangers = []
        self.said += len(self.journal.records)
        self.remember()

    def check(self, memory: MemoryDisk) -> None:
        """J2 and J3: all that was acknowledged is there, unaltered and in order."""
        found = iter([record.body for record in opened(PATH, memory, read_only=True)[0].records])
        missing = [one for one in self.durable if one not in found]
        assert missing == []

    @invariant()
    def the_file_prints(self) -> None:
        """J14: whoever shows the file in a terminal sees plain characters only."""
        for path, content in self.memory.files().items():
            if path == PATH and b"\0" not in content:
                assert content.decode("utf-8", "ignore").replace("\n", "").isprintable()

    @precondition(lambda self: not self.journal.unsaved)
    @invariant()
    def what_is_acknowledged_is_in_the_file(self) -> None:
        self.check(self.memory)


def walk(machine: type[Workshop], examples: int, *phases: Phase) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=25,
            deadline=None,
            derandomize=True,
            database=None,
            phases=phases or tuple(Phase),
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.parametrize("examples", [60, pytest.param(2000, marks=pytest.mark.slow)])
def test_no_mixture_of_faults_loses_an_acknowledged_answer(examples: int) -> None:
    walk(Workshop, examples)
    assert Workshop.opener is sound


def controlled(opener: Callable[..., Any] = sound, wrapper: type[FaultyDisk] = FaultyDisk) -> type[Workshop]:
    return type("Control", (Workshop,), {"opener": staticmethod(opener), "wrapper": wrapper})


CONTROLS = {
    "no fsync": controlled(wrapper=NoSync),
    "no folder fsync": controlled(wrapper=NoFolderSync),
    "no size check": controlled(without_size_check),
    "acknowledged early": controlled(opened_as(HastyJournal)),
    "swallowed errors": controlled(opened_as(HopefulJournal)),
    "flushes the same descriptor again": controlled(opened_as(ForgivingJournal)),
}


@pytest.mark.parametrize("control", CONTROLS)
def test_a_broken_store_is_found(control: str) -> None:
    with pytest.raises(AssertionError):
        # Finding it is enough: no shrinking.
        walk(CONTROLS[control], 3000, Phase.generate)


def killed_after_a_failed_flush(machine: type[Workshop]) -> None:
    """What the system shows and will never write of itself, the next process must not build upon."""
    shop = machine()
    shop.heal()
    shop.break_disk("fsync", errno.EIO, PARTLY, 2)
    shop.answer("shown, and forgotten")
    shop.die_and_come_back()
    assert len(shop.durable) == 2
    shop.answer("the next")
    for files, folders in shop.memory.crash_states():
        shop.check(MemoryDisk(files, folders=folders))


def test_what_was_read_back_after_a_failed_flush_is_durable() -> None:
    killed_after_a_failed_flush(Workshop)
    with pytest.raises(AssertionError):
        killed_after_a_failed_flush(controlled(flushing_at_opening))


def killed_after_a_name_that_only_the_system_shows(machine: type[Workshop]) -> None:
    """The first answer is in a file that was renamed, but neither the writer nor the folder knows it."""
    shop = machine()
    shop.break_disk("replace", errno.ENOSPC, WHOLLY, 1)
    shop.answer("in place, and nobody was told")
    shop.die_and_come_back()
    assert len(shop.durable) == 1
    for files, folders in shop.memory.crash_states():
        shop.check(MemoryDisk(files, folders=folders))


def test_the_name_of_what_was_read_back_is_durable() -> None:
    killed_after_a_name_that_only_the_system_shows(Workshop)
    with pytest.raises(AssertionError):
        killed_after_a_name_that_only_the_system_shows(controlled(wrapper=NoFolderSync))
