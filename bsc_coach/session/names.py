"""Safe names of session folders: what a person wrote becomes one path part, hostile paths are refused."""

from __future__ import annotations

import os
import re
import unicodedata
from pathlib import Path

from bsc_coach.errors import FolderError
from bsc_coach.session.disk import Disk, FileFacts
from bsc_coach.text import clean

LONGEST_NAME = 80  # bytes: short enough for every file system, with room for endings
_LONGEST_PART = 255
_LONGEST_PATH = 4000
_FALLBACK = "session"
_SEPARATING = re.compile(r"""[\s/\\:*?"<>|'`$&;!#%{}~]+""")
_HYPHENS = re.compile("-{2,}")
_EDGES = ".- _"
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$", "clock$"]
    + [f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"]
)


def safe_name(text: str) -> str:
    """Slugify a text into the name of a folder that every system, shell and synchroniser takes.

    NFC, printing characters only, hyphens for blanks and signs, no dot or hyphen at either end, no name
    of a Windows device, at most LONGEST_NAME bytes. "session" when nothing is left. Doing it twice
    changes nothing more.
    """
    plain = unicodedata.normalize("NFC", clean(text).text)
    hyphened = _SEPARATING.sub("-", plain)
    printing = "".join(one for one in hyphened if one.isprintable())
    name = _HYPHENS.sub("-", printing).strip(_EDGES)
    return _shorten_bytes(f"{_FALLBACK}-{name}" if _is_device(name) else name) or _FALLBACK


def _shorten_bytes(name: str) -> str:
    """Cut ``name`` to LONGEST_NAME bytes, whole characters, and never between a letter and its accent."""
    if len(name.encode("utf-8")) <= LONGEST_NAME:
        return name
    kept = name.encode("utf-8")[:LONGEST_NAME].decode("utf-8", "ignore")
    if unicodedata.combining(name[len(kept)]):
        kept = kept.rstrip("".join(one for one in set(kept) if unicodedata.combining(one)))[:-1]
    return kept.strip(_EDGES)


def _is_device(name: str) -> bool:
    return name.split(".", 1)[0].rstrip().casefold() in _DEVICES


def typed_path(text: str) -> Path:
    """Return the path that somebody typed; a ``~`` that stands for nobody's home stays as it is."""
    path = Path(text.strip())
    try:
        return path.expanduser()
    except RuntimeError:
        return path


def check_folder(path: Path, *, root: Path | None = None, disk: Disk | None = None) -> Path:
    """Return ``path`` if a session may live there.

    Raises FolderError with a sentence for names that lie to the eye or the system: empty, control or
    direction characters, bytes that are no text, a leading hyphen, a device of Windows, a dot or blank
    at the end, over-long; for a path outside ``root`` if that is given; and for something that is there
    and is no folder.
    """
    used = Disk() if disk is None else disk
    shown = clean(str(path)).text
    if any(_is_control(one) for one in str(path)):
        raise FolderError("session.folder.unprintable", path=shown)
    if path.name not in ("", ".."):
        _check_name(path.name, shown)
    if len(os.fsencode(str(path))) > _LONGEST_PATH:
        raise FolderError("session.folder.too_long", path=shown[:200])
    if root is not None and not _inside(path, root):
        raise FolderError("session.folder.outside", path=shown, root=root)
    found = _found(used, path)
    if found is not None and found.is_link:
        found = _found(used, path.resolve())
        if found is None:
            raise FolderError("session.folder.dead_link", path=shown)
    if found is not None and not found.is_folder:
        raise FolderError("session.folder.not_a_folder", path=shown)
    return path


def _is_control(character: str) -> bool:
    return unicodedata.category(character) == "Cc"


def _is_hidden(character: str) -> bool:
    """Tell whether a character cannot be seen; the joiners are kept for the scripts that need them."""
    return (
        unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in "\u200c\u200d"
    )


def _check_name(name: str, shown: str) -> None:
    if any(_is_hidden(one) for one in name):
        # Surrogates, too: they stand for bytes that are no text.
        raise FolderError("session.folder.unprintable", path=shown)
    if len(name.encode("utf-8")) > _LONGEST_PART:
        raise FolderError("session.folder.too_long", path=shown[:200])
    if name.startswith("-"):
        raise FolderError("session.folder.hyphen", path=shown)
    if name != name.strip() or name.endswith("."):
        raise FolderError("session.folder.edge", path=shown)
    if _is_device(name):
        raise FolderError("session.folder.device", path=shown, part=name)


def _found(disk: Disk, path: Path) -> FileFacts | None:
    """Return what stands at ``path``; None for nothing, and for what the system will not show us."""
    try:
        return disk.facts_at(path)
    except OSError:
        return None


def _inside(path: Path, root: Path) -> bool:
    try:
        return (root / path).resolve().is_relative_to(root.resolve())
    except (OSError, RuntimeError, ValueError):
        return False


def make_session_folder(path: Path, *, root: Path | None = None, disk: Disk | None = None) -> Path:
    """Make ``path`` with the folders above it, each for its owner only, and return it.

    An existing folder is taken as it is. Raises FolderError as ``check_folder`` does, for a link in the
    place of the folder, and when the system refuses.
    """
    used = Disk() if disk is None else disk
    check_folder(path, root=root, disk=used)
    here = _found(used, path)
    if here is not None and here.is_link:
        raise FolderError("session.folder.link", path=path, target=path.resolve())
    missing = [one for one in (path, *path.parents) if _found(used, one) is None]
    try:
        for one in reversed(missing):
            used.make_folder(one)
            used.fsync_folder(one.parent)
    except OSError as error:
        why = clean(error.strerror or "").text
        raise FolderError("session.folder.cannot_make", path=path, why=why) from error
    return path
