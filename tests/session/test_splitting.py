"""Making the parts of a session: all of them or none, whatever the disk does; and what a part says it is."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bsc_coach.errors import FolderError
from bsc_coach.session.breakout import Breakout, BreakoutFaultError, breakout_as_toml, read_breakout
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.opening import open_session
from bsc_coach.session.parts_back import PartBack, keep_parts_back, parts_back
from bsc_coach.session.splitting import split
from bsc_coach.text import clean
from tests.support.breakouts import THREE
from tests.support.faulty_disk import ERRORS, FaultyDisk, at_call, never
from tests.support.two_facilitators import begin, bytes_in, copied

HERE = "here"


@pytest.fixture(scope="module")
def acme_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return begin(tmp_path_factory.mktemp("splitting") / "acme")


def split_on(disk: Disk, folder: Path, *, zipped: bool) -> None:
    session = open_session(folder, Environment(by="Ann"), read_only=True)
    session.environment = replace(session.environment, disk=disk)
    split(session, THREE, folder.parent / "parts", zipped=zipped)


def calls_of(folder: Path, *, zipped: bool) -> int:
    disk = FaultyDisk(Disk(), never)
    split_on(disk, folder, zipped=zipped)
    return len(disk.calls)


def holds_whole_parts_or_none(target: Path, *, zipped: bool) -> bool:
    """Tell whether all parts are there, or nothing is."""
    names = sorted(path.name for path in target.iterdir()) if target.exists() else []
    whole = sorted(f"acme-{'+'.join(part)}{'.zip' if zipped else ''}" for part in THREE)
    return names in ([], whole)


@pytest.mark.parametrize("zipped", [False, True])
@pytest.mark.parametrize("every", [7, pytest.param(1, marks=pytest.mark.slow)])
def test_all_parts_are_made_or_none_whatever_call_fails(
    every: int, zipped: bool, acme_once: Path, tmp_path: Path
) -> None:
    count = calls_of(copied(acme_once, tmp_path / "count" / "acme"), zipped=zipped)
    refused = 0
    for number in range(1, count + 1, every):
        folder = copied(acme_once, tmp_path / str(number) / "acme")
        before = bytes_in(folder)
        disk = FaultyDisk(Disk(), at_call(number, ERRORS[number % len(ERRORS)], for_ever=number % 2 == 0))
        try:
            split_on(disk, folder, zipped=zipped)
        except FolderError as error:
            refused += error.key == "breakouts.split.cannot"
        assert holds_whole_parts_or_none(folder.parent / "parts", zipped=zipped), number
        assert bytes_in(folder) == before
    assert refused > count / every / 4


def test_a_part_that_is_missing_would_be_seen(acme_once: Path, tmp_path: Path) -> None:
    """The control of the test above."""
    folder = copied(acme_once, tmp_path / "acme")
    split_on(Disk(), folder, zipped=True)
    assert holds_whole_parts_or_none(tmp_path / "parts", zipped=True)
    (tmp_path / "parts" / "acme-customer.zip").unlink()
    assert not holds_whole_parts_or_none(tmp_path / "parts", zipped=True)


@pytest.mark.parametrize("zipped", [False, True])
def test_what_somebody_puts_there_meanwhile_stays(zipped: bool, acme_once: Path, tmp_path: Path) -> None:
    """Between looking and making: the third part is there when it comes to it."""
    folder, target = copied(acme_once, tmp_path / "acme"), tmp_path / "parts"
    theirs = target / f"acme-innovation+social{'.zip' if zipped else ''}"
    disk = FaultyDisk(Disk(), never)

    def puts_theirs() -> None:
        if target.exists() and not theirs.exists():
            theirs.mkdir()
            (theirs / "letter.txt").write_text("Dear", encoding="utf-8")

    disk.after = puts_theirs
    with pytest.raises(FolderError) as refused:
        split_on(disk, folder, zipped=zipped)
    assert refused.value.key == "breakouts.split.exists"
    assert [path.name for path in target.iterdir()] == [theirs.name]
    assert (theirs / "letter.txt").read_text(encoding="utf-8") == "Dear"


def test_whoever_stops_it_leaves_nothing_behind(acme_once: Path, tmp_path: Path) -> None:
    folder, target = copied(acme_once, tmp_path / "acme"), tmp_path / "parts"
    disk = FaultyDisk(Disk(), never)

    def stops() -> None:
        if (target / "acme-customer" / "script.toml").exists():
            raise KeyboardInterrupt

    disk.after = stops
    with pytest.raises(KeyboardInterrupt):
        split_on(disk, folder, zipped=False)
    assert list(target.iterdir()) == []


BREAKOUT = Breakout(
    of="acme",
    organisation="Acme “Housing”\tLtd",
    part=("operations", "social"),
    others=(("customer",), ("innovation",)),
    at="2026-11-30T13:15:00+01:00",
    by="Ann",
    heads=(("3fa2.07", 17),),
)


def test_what_a_part_says_is_read_back() -> None:
    data = breakout_as_toml(BREAKOUT, "Look,\nbut do not touch.")
    assert data.startswith(b"# Look,\n# but do not touch.\n")
    assert read_breakout(data) == replace(BREAKOUT, organisation=read_breakout(data).organisation)
    assert read_breakout(data).part_of.on == "2026-11-30"
    assert read_breakout(b"\xef\xbb\xbf" + data).part == BREAKOUT.part


@given(st.binary(max_size=200))
def test_whatever_stands_in_a_breakout_file_is_read_or_refused(data: bytes) -> None:
    for tried in (data, b'of = "a"\nat = "2026-11-30T13:15:00"\npart = ["' + data + b'"]'):
        try:
            found = read_breakout(tried)
        except BreakoutFaultError:
            continue
        assert found.part
        assert all(clean(one).text == one for one in (*found.part, found.of, found.by))


def test_a_link_in_the_place_of_a_breakout_file_is_not_followed(acme_once: Path, tmp_path: Path) -> None:
    folder = copied(acme_once, tmp_path / "acme")
    (tmp_path / "elsewhere.toml").write_bytes(breakout_as_toml(BREAKOUT, ""))
    (folder / "breakout.toml").symlink_to(tmp_path / "elsewhere.toml")
    session = open_session(folder, Environment(), read_only=True)
    assert session.plan.part_of is None
    assert any("breakout.toml" in message for message in session.messages)


BACK = PartBack(
    name="acme-operations",
    clusters=("operations",),
    people=("Ann", "Dan"),
    said=(("w.1", 9), ("w:2", 10)),
    first="2026-11-30T10:23:00+01:00",
    last="2026-11-30T10:58:00+01:00",
    called=(("abc", "O3"),),
)


def test_what_came_back_is_kept_and_read_back(tmp_path: Path) -> None:
    keep_parts_back(tmp_path, [BACK, replace(BACK, name="two", walked=True)], Disk())
    assert parts_back(tmp_path, Disk()) == (BACK, replace(BACK, name="two", walked=True))


def test_a_disk_that_does_not_keep_what_came_back_is_no_fault(tmp_path: Path) -> None:
    disk = FaultyDisk(Disk(), at_call(1, errno.ENOSPC, for_ever=True))
    keep_parts_back(tmp_path, [BACK], disk)
    assert parts_back(tmp_path, Disk()) == ()
