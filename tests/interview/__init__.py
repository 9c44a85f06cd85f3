"""Tests of the engine of the interview."""
