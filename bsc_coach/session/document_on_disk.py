"""The strategy.md in the folder of a session, with the files that it leads to: written, and told from others.

Version control and synchronised folders put the ones of another copy there. They are what that copy wrote,
and no work of anybody's hands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from pathlib import Path

from bsc_coach.interview.branches import known_to
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.plan import Plan
from bsc_coach.session.file_on_disk import FileOnDisk
from bsc_coach.session.owned_files import is_ours, present, put_document

DOCUMENT = "strategy.md"


class DocumentOnDisk(FileOnDisk):
    """The strategy.md in a folder and what stands beside it, seen from the session that they belong to."""

    def write(self, moment: datetime) -> tuple[Path, ...]:
        """Write them; return where versions changed by hand were kept, if there were any. Raises OSError."""
        kept = [self._put(name, data, moment) for name, data in self._pages.items()]
        return tuple(path for path in kept if path is not None)

    def write_anew(self, moment: datetime) -> bool:
        """Write those that stand as some copy of the session wrote them; tell whether there was any."""
        names = [
            name
            for name in self._pages
            if (self.folder / name).exists() and (self._is_ours(name) or self._is_of_a_copy(name))
        ]
        for name in names:
            self._put(name, self._pages[name], moment)
        return bool(names)

    def _put(self, name: str, data: bytes, moment: datetime) -> Path | None:
        same = self._is_of_a_copy(name)
        return put_document(self.folder, name, data, self.disk, moment=moment, number=self.number, same=same)

    @cached_property
    def _pages(self) -> Mapping[str, bytes]:
        return _rendered(self.plan)

    def _is_ours(self, name: str) -> bool:
        return is_ours(self.folder, name, self.disk, self.number)

    def _is_of_a_copy(self, name: str) -> bool:
        """Tell whether it says what the session said when some copy of it was left."""
        data = present(self.folder, name, self.disk)
        if data is None or self._is_ours(name):
            return False
        return any(pages.get(name) == data for pages in self._of_copies())

    def _of_copies(self) -> Iterator[Mapping[str, bytes]]:
        """Yield what each copy wrote: after its last action, and before it knew of the others."""
        for at, end in enumerate(self.ends_of_copies()):
            if at == len(self._written_by_copies):
                self._written_by_copies.append(self._after(known_to(self.actions, [end.id])))
            yield self._written_by_copies[at]

    @cached_property
    def _written_by_copies(self) -> list[Mapping[str, bytes]]:
        return []

    def _after(self, known: Sequence[Action]) -> Mapping[str, bytes]:
        from bsc_coach.interview.fold import fold
        from bsc_coach.interview.planner import make_plan

        return _rendered(make_plan(self.plan.script, fold(known), part_of=self.plan.part_of))


def _rendered(plan: Plan) -> Mapping[str, bytes]:
    from bsc_coach.documents.board.pages import render_pages
    from bsc_coach.interview.notes import to_notes
    from bsc_coach.interview.projection import to_strategy

    told = plan.for_documents()
    pages = render_pages(to_strategy(told), to_notes(told))
    return {str(name): text.encode() for name, text in pages.items()}
