"""Line mode in a real terminal: ballots are not shown as they are typed, and everything else is."""

from __future__ import annotations

from pathlib import Path

from tests.support.rounds import ROUNDS
from tests.support.terminal import program_in


def test_ballots_are_not_shown_as_they_are_typed_and_other_lines_are(tmp_path: Path) -> None:
    script = tmp_path / "script.toml"
    script.write_text(ROUNDS + "\n", "utf-8")
    lines = [
        line if not line.startswith("ask = ") else f'{line}\nhelp = "Help."' for line in ROUNDS.split("\n")
    ]
    script.write_text("\n".join(lines), "utf-8")
    with program_in(
        "-m", "bsc_coach", "new", str(tmp_path / "s"), "--plain", "--script", str(script)
    ) as terminal:
        terminal.read_until(b"What must go better?")
        for line, answer in (
            ("Rye", b"What else?"),
            ("", b"How much does Rye decide"),
            ("/together", b"5 4 5 1"),
        ):
            terminal.write(f"{line}\n".encode())
            terminal.read_until(answer)
        assert b"Rye\r\n" in terminal.seen  # the control: what is typed elsewhere is shown
        terminal.read_quiet()
        terminal.write(b"2 3 3 3\n")
        terminal.read_until(b"4 ballots")
        assert b"2 3 3 3" not in terminal.seen
