"""Storage of a session: its folder, the journal that is the truth, drafts, lock and recovery."""
