"""Answers in memory only: line mode and apply ask, print and tell; nothing is called safe that is not."""

from __future__ import annotations

import errno
import io
import json
import os
import pty
import resource
import shutil
import subprocess
import sys
import termios
from collections.abc import Callable
from pathlib import Path

import pytest

from bsc_coach.cli.line_mode import run_plain
from bsc_coach.conversation.unsaved import WAYS
from bsc_coach.script.slots import Slot, StepId
from bsc_coach.session.disk import Disk
from bsc_coach.session.environment import Environment
from bsc_coach.session.listing import recent_folders
from bsc_coach.session.opening import open_session
from bsc_coach.session.session import Session
from tests.cli.conftest import Run
from tests.support.cli import Ran, bsc_coach, environment, well_behaved
from tests.support.sessions import played, same_environment
from tests.support.terminal import readable

ANSWERED = 3
"""Commands of the recorded session that are on the disk before it is full; a year is asked next."""
SAFE = ("safe", "veilig", "on the disk", "op de schijf", "is lost", "are kept", "zijn bewaard.")
QUESTION = "1 answer is NOT SAVED: it is in memory only. How shall we leave?"


class FullDisk(Disk):
    """A disk that takes nothing below its root as long as ``full`` is set, and everything elsewhere."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.full = False

    def below(self, folder: Path) -> FullDisk:
        self.root = folder
        return self

    def create(self, path: Path) -> int:
        if self.full and path.is_relative_to(self.home):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().create(path)

    def write(self, fd: int, data: bytes) -> int:
        where = Path(f"/proc/self/fd/{fd}").resolve()
        if self.full and where.is_relative_to(self.home):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return super().write(fd, data)


class Typing(io.StringIO):
    """Lines that somebody types; at the line ``here`` something happens first."""

    def __init__(self, text: str, here: str = "", then: Callable[[], None] = lambda: None) -> None:
        super().__init__(text)
        self.here, self.then = here, then

    def readline(self, size: int = -1) -> str:  # type: ignore[override]
        line = super().readline(size)
        if line.strip() and line.strip() == self.here:
            self.then()
        return line


@pytest.fixture
def disk(tmp_path: Path) -> FullDisk:
    return FullDisk(tmp_path / "s")


@pytest.fixture
def session(tmp_path: Path, disk: FullDisk) -> Session:
    same = same_environment()
    on_it = Environment(clock=same.clock, ids=same.ids, by=same.by, writer=same.writer, disk=disk)
    return played(tmp_path / "s", ANSWERED, on_it)


Talking = Callable[..., Ran]


@pytest.fixture
def talk(
    session: Session, disk: FullDisk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Talking:
    """Type lines on the session whose disk is full; ``room`` is typed where it has room again."""

    def typed(*lines: str, room: str = "") -> Ran:
        disk.full = True

        def has_room() -> None:
            disk.full = False

        monkeypatch.setattr(sys, "stdin", Typing("".join(f"{line}\n" for line in lines), room, has_room))
        capsys.readouterr()
        code = run_plain(session)
        ran = Ran(code, *capsys.readouterr())
        well_behaved(ran)
        return ran

    return typed


def actions_in(folder: Path) -> int:
    return (folder / "journal.jsonl").read_bytes().count(b"\n")


def requests_in(out: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.splitlines() if line.startswith("{")]


# Line mode


def test_leaving_asks_as_the_app_does(talk: Talking, tmp_path: Path) -> None:
    ran = talk("2030", "/quit", "3")
    assert ran.code == 1
    asked = ran.out[ran.out.index(QUESTION) :].splitlines()
    assert [line[:5] for line in asked[1:5]] == ["  1. ", "  2. ", "  3. ", "  4. "]
    assert len(WAYS) == 4
    assert requests_in(ran.out) == [
        {"do": "accept", "step": "organisation.year", "value": 2030, "literal": True}
    ]
    assert actions_in(tmp_path / "s") == ANSWERED


def test_once_more_saves_when_there_is_room(talk: Talking, tmp_path: Path) -> None:
    ran = talk("2030", "/quit", "1", "1", room="1")
    assert ran.code == 0
    assert ran.out.count(QUESTION) == 1
    assert requests_in(ran.out) == []
    assert actions_in(tmp_path / "s") == ANSWERED + 1


def test_once_more_asks_again_while_there_is_none(talk: Talking) -> None:
    ran = talk("2030", "/quit", "1", "what?", "1", "3")
    assert ran.code == 1
    assert ran.out.count(QUESTION) == 3
    assert "Type the number of one of them." in ran.out


def test_another_folder_takes_everything(talk: Talking, tmp_path: Path) -> None:
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "journal.jsonl").write_text("mine")
    ran = talk("2030", "/quit", "2", str(tmp_path / "taken"), "2", str(tmp_path / "usb"))
    assert ran.code == 0
    assert "already holds something" in ran.err
    assert (tmp_path / "taken" / "journal.jsonl").read_text() == "mine"
    assert actions_in(tmp_path / "usb") == ANSWERED + 1
    assert recent_folders()[0] == tmp_path / "usb"
    again = open_session(tmp_path / "usb", same_environment())
    assert again.plan.answer(Slot(StepId("organisation.year"))) == 2030
    assert not again.messages
    again.close()


def test_who_stays_goes_on_and_is_asked_again(talk: Talking, tmp_path: Path) -> None:
    ran = talk("2030", "/quit", "4", "People grow old at home.", "/quit", "3")
    assert ran.code == 1
    assert "2 answers are NOT SAVED" in ran.out
    assert len(requests_in(ran.out)) == 2


@pytest.mark.parametrize("lines", [("2030",), ("2030", "/quit"), ("2030", "/quit", "2")])
def test_at_the_end_of_input_what_is_unsaved_is_printed(lines: tuple[str, ...], talk: Talking) -> None:
    ran = talk(*lines)
    assert ran.code == 1
    assert [one["value"] for one in requests_in(ran.out)] == [2030]
    assert "# 2030" in ran.out
    assert "NOT SAVED" in ran.out


def test_what_was_printed_can_be_taken_in(talk: Talking, session: Session, run: Run, tmp_path: Path) -> None:
    ran = talk("2030", "People grow old at home.", "/park first ask", "", "")
    said = session.strategy()
    printed = ran.out[ran.out.index("# NOT SAVED") :]
    assert run("apply", tmp_path / "s", typed=printed).code == 0
    again = open_session(tmp_path / "s", same_environment(), read_only=True)
    assert again.strategy() == said
    assert len(again.actions) > ANSWERED


def test_the_lines_of_the_manual_take_it_in(talk: Talking, session: Session, tmp_path: Path) -> None:
    manual = (Path(__file__).parents[2] / "docs" / "README.md").read_text(encoding="utf-8")
    line = next(one for one in manual.splitlines() if one.startswith("sed -n '/^# NOT SAVED/"))
    (tmp_path / "talk.txt").write_text(talk("2030", "People grow old at home.").out, encoding="utf-8")
    program = line.replace("bsc-coach", f"{sys.executable} -m bsc_coach").replace("acme", "s")
    done = subprocess.run(["sh", "-c", program], cwd=tmp_path, env=environment(), timeout=120, check=False)
    assert done.returncode == 0
    assert actions_in(tmp_path / "s") == ANSWERED + 2


def test_elsewhere_at_any_time(talk: Talking, session: Session, tmp_path: Path) -> None:
    ran = talk("2030", "/elsewhere", f"/elsewhere {tmp_path / 'usb'}", "People grow old at home.", "/quit")
    assert ran.code == 0
    assert "new or empty: /elsewhere FOLDER" in ran.out
    assert f"Everything is saved in {tmp_path / 'usb'}" in ran.out
    assert actions_in(tmp_path / "usb") == ANSWERED + 2
    assert "strategy.md" in {path.name for path in (tmp_path / "usb").iterdir()}


def test_elsewhere_locks_the_new_folder_and_frees_the_old(session: Session, tmp_path: Path) -> None:
    assert session.move_to(tmp_path / "usb")
    assert open_session(tmp_path / "usb", same_environment()).read_only
    old = open_session(tmp_path / "s", same_environment())
    assert not old.read_only
    session.close()


def test_elsewhere_takes_half_typed_text_along(session: Session, tmp_path: Path) -> None:
    session.drafts.put("organisation.horizon", "20")
    assert session.move_to(tmp_path / "usb")
    session.drafts.put("organisation.horizon", "203")
    session.close()
    again = open_session(tmp_path / "usb", same_environment())
    assert again.drafts.get("organisation.horizon") == "203"
    again.close()


def test_no_answer_is_called_kept_that_is_not(talk: Talking, session: Session) -> None:
    ran = talk("2030", "/export md", "/end", "/language nl", "/export md", "/end", "/quit", "3")
    assert "NOT SAVED" in ran.err
    assert "NIET BEWAARD" in ran.err
    assert not [word for word in SAFE if word in ran.said], ran.said


def test_the_control_is_a_document_that_cannot_be_written(run: Run, begun: Path) -> None:
    (begun / "strategy.md").unlink()
    (begun / "strategy.md").mkdir()
    for language, safe in (("en", "Every answer is on the disk"), ("nl", "Elk antwoord staat op de schijf")):
        ran = run("open", begun, "--plain", typed=f"/language {language}\n/quit\n")
        assert ran.code == 1
        assert f"{begun / 'strategy.md'} is" in ran.err
        assert safe in ran.err
    assert run("apply", begun, typed="").err.count("op de schijf") == 1


# apply


def full(*command: str | Path, typed: str) -> Ran:
    """Run the program where no file may grow: every write fails, as on a full disk."""
    done = subprocess.run(
        [sys.executable, "-m", "bsc_coach", *map(str, command)],
        input=typed.encode(),
        capture_output=True,
        env=environment(),
        timeout=120,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )
    ran = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    well_behaved(ran)
    return ran


def test_apply_tells_what_is_unsaved_at_the_end(begun: Path) -> None:
    asked = {"do": "accept", "step": "organisation.name", "value": "Warm Homes", "literal": True}
    before = (begun / "journal.jsonl").read_bytes()
    ran = full("apply", begun, typed=f"# a remark for people\n{json.dumps(asked)}\n")
    answer, told = requests_in(ran.out)
    assert (answer["accepted"], answer["saved"]) == (True, False)
    assert told == {"saved": False, "unsaved": 1, "requests": [asked]}
    assert ran.code == 1
    assert ran.err.splitlines()[-1].endswith("Make room, or save in another folder.")
    assert not [word for word in SAFE if word in ran.said], ran.said
    assert (begun / "journal.jsonl").read_bytes() == before
    control = bsc_coach("apply", begun, typed=json.dumps(told["requests"][0]) + "\n")  # type: ignore[index]
    assert control.code == 0
    assert [one["saved"] for one in requests_in(control.out)] == [True]


def test_an_import_that_is_not_on_the_disk_is_printed_and_never_called_taken(
    begun: Path, tmp_path: Path
) -> None:
    listed = tmp_path / "kpis.csv"
    listed.write_text("Indicator,Unit,Target,Owner\nDays of wait,days,14,COO\nTenants who stay,%,90,CEO\n")
    before = (begun / "journal.jsonl").read_bytes()
    ran = full("import", begun, listed, "--yes", typed="")
    assert ran.code == 1
    assert "Days of wait" in "".join(json.dumps(one) for one in requests_in(ran.out))
    assert not [word for word in SAFE if word in ran.said], ran.said
    assert (begun / "journal.jsonl").read_bytes() == before
    control = bsc_coach("import", begun, listed, "--yes")
    assert control.code == 0
    assert "Days of wait" in (begun / "strategy.toml").read_text()


def test_line_mode_on_a_disk_where_nothing_can_be_written(begun: Path) -> None:
    ran = full("open", begun, "--plain", typed="Warm homes for all\n/quit\n")
    assert ran.code == 1
    assert "How shall we leave?" in ran.out
    assert [one["do"] for one in requests_in(ran.out)] == ["accept"]
    assert not [word for word in SAFE if word in ran.said], ran.said


@pytest.mark.slow
@pytest.mark.skipif(
    sys.platform != "linux" or os.getuid() != 0 or shutil.which("unshare") is None,
    reason="LOUD: a real full disk needs root and unshare; it was not tried",
)
@pytest.mark.parametrize(("room", "code"), [(12_288, 1), (1_000_000, 0)], ids=["full", "control"])
def test_a_disk_that_is_really_full(room: int, code: int, tmp_path: Path) -> None:
    disk, out = tmp_path / "disk", tmp_path / "out"
    disk.mkdir()
    out.mkdir()
    (tmp_path / "lines").write_text("".join(f"Person {n} {'x' * 60}\nNurse\n" for n in range(200)))
    program = f"{sys.executable} -m bsc_coach"
    script = f"""
        mount -t tmpfs -o size=4m tmpfs {disk} || exit 77
        {program} new {disk}/s --plain --time everything < /dev/null
        head -c $(($(df -B1 --output=avail {disk} | tail -1) - {room})) /dev/zero > {disk}/ballast
        (printf '/jump participants\\n'; cat {tmp_path}/lines) | {program} open {disk}/s --plain > {out}/out
        echo $? > {out}/code
        cp -r {disk}/s {out}/s
    """
    done = subprocess.run(
        ["unshare", "-m", "sh", "-c", script],
        capture_output=True,
        env=environment(),
        timeout=280,
        check=False,
    )
    if done.returncode == 77:
        pytest.skip("LOUD: no tmpfs can be mounted here; a real full disk was not tried")
    told = (out / "out").read_text()
    assert (out / "code").read_text().strip() == str(code), done.stderr.decode()[-2000:]
    if code == 0:
        assert "NOT SAVED" not in told
        return
    session = open_session(out / "s", same_environment())
    saved = len(session.actions)
    assert 0 < saved < 60
    printed = told[told.index("# NOT SAVED") :]
    session.close()
    taken = bsc_coach("apply", out / "s", typed=printed)
    assert taken.code == 0, taken.err
    after = open_session(out / "s", same_environment(), read_only=True)
    names = [one.name.split()[1] for one in after.strategy().participants]
    assert names == [str(n) for n in range(len(names))]
    assert len(after.actions) > saved


# Keys that end the input


def wait_until_it_waits(pid: int) -> None:
    """Return once a process that has asked sleeps for the answer: a Ctrl+C just before waits for a line."""
    told, seen = Path(f"/proc/{pid}/stat"), 0
    while told.exists() and seen < 50:  # macOS does not tell
        state = told.read_text().rpartition(")")[2].split()[0]
        seen = seen + 1 if state in "SZ" else 0


def in_full_terminal(folder: Path, *keys: str) -> tuple[int, str]:
    """Type in a pseudo-terminal where no file may grow; each text once the program waits for a line."""
    pid, fd = pty.fork()
    if pid == 0:
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        command = [sys.executable, "-m", "bsc_coach", "open", str(folder), "--plain"]
        # Ctrl+C would also empty what the terminal has not handed on yet, at times what is asked.
        told = termios.tcgetattr(0)
        told[3] |= termios.NOFLSH
        termios.tcsetattr(0, termios.TCSANOW, told)
        os.execvpe(command[0], command, environment())
    heard, waiting = b"", list(keys)
    while True:
        is_quiet = not readable(fd, 10)
        try:
            more = b"" if is_quiet else os.read(fd, 65536)
        except OSError:
            break
        heard += more
        if (is_quiet or heard.endswith(b"> ")) and waiting:
            wait_until_it_waits(pid)
            os.write(fd, waiting.pop(0).encode())
            heard += b"\n"
        elif not more:
            break
    os.close(fd)
    _, status = os.waitpid(pid, 0)
    return os.waitstatus_to_exitcode(status), heard.decode()


@pytest.mark.parametrize("key", ["\x04", "\x03"], ids=["ctrl+d", "ctrl+c"])
def test_a_key_that_ends_the_input_asks_first_and_a_second_one_prints(key: str, begun: Path) -> None:
    code, heard = in_full_terminal(begun, "Warm homes for all\n", key, "4\n", key, key)
    assert code == 1
    assert heard.count("How shall we leave?") == 2
    assert heard.count('{"do": "accept"') == 1


def test_the_control_leaves_at_once(begun: Path) -> None:
    code, heard = in_full_terminal(begun, "\x04")
    assert "How shall we leave?" not in heard
    assert code == 0
