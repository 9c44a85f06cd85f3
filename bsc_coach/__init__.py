"""BSC Coach: a guided Balanced Scorecard strategy-mapping session in the terminal."""

__version__ = "0.2.0"
