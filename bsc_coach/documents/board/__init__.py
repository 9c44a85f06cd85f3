"""The set of a board: strategy.md with what stands behind it, and everything on one page."""
