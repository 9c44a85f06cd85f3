"""Second versions of fold, plan and comparison: slow, from the manual alone, obvious enough to believe."""
