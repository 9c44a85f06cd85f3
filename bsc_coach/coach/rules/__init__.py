"""The rules of the coach by theme; ``coach.catalogue`` holds them all."""
