"""A state under construction: what events change while actions are folded."""

from __future__ import annotations

from typing import Any

from bsc_coach.interview.facts.log import Action
from bsc_coach.interview.state import State


class StateBuilder:
    """The tables of a state while actions are read; each is copied once, when it is first written to."""

    def __init__(self, before: State) -> None:
        self._own: set[str] = set()
        self.facts = before.facts
        self.lists = before.lists
        self.shorts = before.shorts
        self.frames = before.frames
        self.kept = before.kept
        self.muted = before.muted
        self.minted = before.minted
        self.spent = before.spent
        self.language = before.language
        self.document_language = before.document_language
        self.adopted = before.adopted
        self.agenda = before.agenda
        self.apart = before.apart
        self.taken_over = before.taken_over
        self.disputed = before.disputed
        self.renumbered = before.renumbered
        self.together = before.together
        self.rounds = before.rounds
        self.named = before.named

    def table(self, name: str) -> dict[Any, Any]:
        """Return a table to write to: a copy of the one of the state before, made at the first write."""
        table: dict[Any, Any] = getattr(self, name)
        if name not in self._own:
            self._own.add(name)
            table = dict(table)
            setattr(self, name, table)
        return table

    def state(
        self,
        log: tuple[Action, ...],
        effective: tuple[Action, ...],
        undone: tuple[Action, ...],
        earlier: tuple[State, ...] = (),
    ) -> State:
        """Return the state of the tables as they are now, with the log that they were made of."""
        # What was said, then about the session as a whole, then copies, rounds and the log.
        return State(
            facts=self.facts,
            lists=self.lists,
            shorts=self.shorts,
            frames=self.frames,
            kept=self.kept,
            muted=self.muted,
            minted=self.minted,
            spent=self.spent,
            language=self.language,
            document_language=self.document_language,
            adopted=self.adopted,
            agenda=self.agenda,
            apart=self.apart,
            taken_over=self.taken_over,
            disputed=self.disputed,
            renumbered=self.renumbered,
            together=self.together,
            rounds=self.rounds,
            named=self.named,
            actions=log,
            effective=effective,
            undone=undone,
            earlier=earlier,
        )
