"""Tests of what keeps a session."""
