"""The strategy.md in the folder of a session: written from it, and told from what somebody made of it.

Version control and synchronised folders put the one of another copy there. It is what that copy wrote, and no
work of anybody's hands.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from bsc_coach.interview.branches import known_to
from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.plan import Plan
from bsc_coach.session.file_on_disk import FileOnDisk
from bsc_coach.session.owned_files import is_ours, present, put_document

DOCUMENT = "strategy.md"


class DocumentOnDisk(FileOnDisk):
    """The strategy.md in a folder, seen from the session that it belongs to."""

    def write(self, moment: datetime) -> Path | None:
        """Write it; return where a version changed by hand was kept, if there was one. Raises OSError."""
        return put_document(
            self.folder,
            DOCUMENT,
            _rendered(self.plan),
            self.disk,
            moment=moment,
            number=self.number,
            same=self._is_of_a_copy(),
        )

    def write_anew(self, moment: datetime) -> bool:
        """Write it where it stands as some copy of the session wrote it; tell whether that was done."""
        if not (self.folder / DOCUMENT).exists() or not (self._is_ours() or self._is_of_a_copy()):
            return False
        self.write(moment)
        return True

    def _is_ours(self) -> bool:
        return is_ours(self.folder, DOCUMENT, self.disk, self.number)

    def _is_of_a_copy(self) -> bool:
        """Tell whether it says what the session said when some copy of it was left."""
        data = present(self.folder, DOCUMENT, self.disk)
        if data is None or self._is_ours():
            return False
        # Each copy wrote it after its last action, and before it knew of the others.
        return any(self._after(known_to(self.actions, [end.id])) == data for end in self.ends_of_copies())

    def _after(self, known: Sequence[Action]) -> bytes:
        from bsc_coach.interview.fold import fold
        from bsc_coach.interview.planner import make_plan

        return _rendered(make_plan(self.plan.script, fold(known), part_of=self.plan.part_of))


def _rendered(plan: Plan) -> bytes:
    from bsc_coach.documents.templating.render import render_markdown
    from bsc_coach.interview.notes import to_notes
    from bsc_coach.interview.projection import to_strategy

    told = plan.for_documents()
    return render_markdown(to_strategy(told), to_notes(told)).encode()
