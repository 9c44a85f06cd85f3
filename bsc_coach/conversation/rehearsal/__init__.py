"""Rehearsal of a script: random people answer it to its end, and what goes wrong is told beforehand."""
