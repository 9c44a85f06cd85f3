"""Where a session is kept: its folder, the journal that is the truth, drafts, lock and recovery."""
