"""Second versions of fold, plan and comparison: slow, from the manual alone, and obvious enough to be believed."""
