"""A case that can be shown to others: other names, rounder numbers."""
