"""The layers of the package hold, and the guard that says so would notice if they did not."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


def lint_imports(config: Path, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the import contracts of ``config`` with the packages in ``folder``."""
    linter = Path(sys.executable).with_name("lint-imports")
    return subprocess.run(
        [str(linter), "--config", str(config), "--no-cache"],
        capture_output=True,
        text=True,
        cwd=folder,
        check=False,
        timeout=120,
    )


def test_the_contracts_hold() -> None:
    done = lint_imports(ROOT / "pyproject.toml", ROOT)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    ("module", "line", "broken"),
    [
        ("interview/planner.py", "import bsc_coach.session.session", "Each layer imports only downwards"),
        ("conversation/talk.py", "import textual", "Textual and Rich stay inside"),
        ("session/session.py", "import jinja2", "Jinja2 makes documents and nothing else"),
        ("conversation/talk.py", "import bsc_coach.conversation.commands.moves", "A line is submitted to"),
        ("conversation/commands/moves.py", "import bsc_coach.conversation.commands.registry", "The registry"),
        (
            "tui/session/leave_flow.py",
            "def late():\n    import bsc_coach.tui.session.screen",
            "The parts of the session screen ask its interface",
        ),
    ],
)
def test_a_wrong_import_is_caught(module: str, line: str, broken: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "bsc_coach", tmp_path / "bsc_coach", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    path = tmp_path / "bsc_coach" / module
    path.write_text(f"{path.read_text(encoding='utf-8')}\n{line}\n", encoding="utf-8")
    done = lint_imports(tmp_path / "pyproject.toml", tmp_path)
    assert done.returncode == 1, done.stdout
    told = " ".join(done.stdout.split())
    assert f"{broken}" in told.partition("Broken contracts")[2], done.stdout
