"""Fuzzing of the whole program: any journal, any script, any pair of versions, any line, any argument."""
