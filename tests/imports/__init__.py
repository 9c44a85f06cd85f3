"""Tests of lists and plans that people bring."""
