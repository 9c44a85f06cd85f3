"""Tests of the checks of the coach."""
