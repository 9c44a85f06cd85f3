"""Tests of the talk, driven by typed lines."""
