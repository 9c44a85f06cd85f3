"""Patterns of references to earlier answers in the texts of a script: ``{{ organisation.name }}``."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{\{\s*([a-z][a-z0-9_.]*)\s*\}\}")
ANY_BRACES = re.compile(r"\{\{.*?\}\}")
