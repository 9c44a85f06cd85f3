"""Tests of BSC Coach: one folder a package folder."""
