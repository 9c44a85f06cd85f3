"""What people install: a wheel, and one made from the source archive, tried far from the checkout."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.slow


def run(*command: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run a command that must succeed, without a terminal."""
    done = subprocess.run(
        [os.fspath(one) for one in command],
        cwd=cwd,
        env={**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "NO_COLOR": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-4000:]}"
    return done


def built_from(source: Path, out: Path) -> Path:
    """Return the wheel that pip builds from a checkout or a source archive."""
    run(sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", out, source, cwd=out.parent)
    (wheel,) = out.glob("bsc_coach-*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built_from(ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment with the wheel in it."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    run(folder / "bin" / "pip", "install", "-q", wheel, cwd=folder)
    return folder / "bin"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source archive, made by the build backend in an environment of its own."""
    folder = tmp_path_factory.mktemp("archive")
    run(sys.executable, "-m", "venv", folder / "builder", cwd=folder)
    run(folder / "builder" / "bin" / "pip", "install", "-q", "hatchling>=1.27", cwd=folder)
    python = folder / "builder" / "bin" / "python"
    run(python, "-m", "hatchling", "build", "-t", "sdist", "-d", folder, cwd=ROOT)
    (made,) = folder.glob("bsc_coach-*.tar.gz")
    return made


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as content:
        return set(content.namelist())


def test_all_content_is_in_the_wheel(wheel: Path) -> None:
    inside = names_in(wheel)
    assert "bsc_coach/py.typed" in inside
    assert any(name.endswith(".data/data/share/man/man1/bsc-coach.1") for name in inside)
    for folder in ("prompts", "templates"):
        wanted = {
            f"bsc_coach/{path.relative_to(ROOT)}" for path in (ROOT / folder).rglob("*") if path.is_file()
        }
        assert wanted
        assert wanted <= inside
    for path in (ROOT / "bsc_coach").rglob("*"):
        if path.suffix in (".py", ".tcss"):
            assert str(path.relative_to(ROOT)) in inside
    assert not [
        name for name in inside if name.startswith(("tests/", "benchmarks/", "prompts/", "templates/"))
    ]
    assert any(name.endswith("/licenses/LICENSE") for name in inside)


def test_the_demo_of_the_wheel_in_another_folder(installed: Path, tmp_path: Path) -> None:
    program = installed / "bsc-coach"
    assert "riverbend/strategy.md" in run(program, "demo", cwd=tmp_path).stdout
    document = (tmp_path / "riverbend" / "strategy.md").read_text(encoding="utf-8")
    assert "Riverbend Regional Hospital" in document
    run(program, "render", "riverbend", "--check", cwd=tmp_path)
    run(program, "new", "again", "--plain", "--from", "riverbend/strategy.toml", cwd=tmp_path)
    where = run(
        installed / "python", "-c", "import bsc_coach; print(bsc_coach.__file__)", cwd=tmp_path
    ).stdout
    assert str(ROOT) not in where
    before, after = (
        tomllib.loads((tmp_path / name / "strategy.toml").read_text(encoding="utf-8"))
        for name in ("riverbend", "again")
    )
    for name in ("organisation", "objectives", "kpis", "links", "decisions"):
        assert after[name] == before[name]
    assert after["session"]["taken_over"]["source"] == "riverbend/strategy.toml"


def test_the_script_of_the_wheel_has_no_fault(installed: Path, tmp_path: Path) -> None:
    program = installed / "bsc-coach"
    run(program, "script", "copy", cwd=tmp_path)
    done = run(program, "script", "check", "strategy_map.toml", cwd=tmp_path)
    assert done.stdout == ""


def test_the_source_archive_is_whole(archive: Path, wheel: Path, tmp_path: Path) -> None:
    with tarfile.open(archive) as content:
        inside = {name.partition("/")[2] for name in content.getnames()}
    assert {"LICENSE", "pyproject.toml", "tests/conftest.py", "benchmarks/run.py", "docs/apply.md"} <= inside
    again = built_from(archive, tmp_path / "again")
    assert names_in(again) == names_in(wheel)
