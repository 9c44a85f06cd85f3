"""Textual widgets of the screens."""
