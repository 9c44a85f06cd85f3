"""The rule functions by theme; ``coach.catalogue`` collects them."""
