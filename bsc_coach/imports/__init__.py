"""Lists and plans that people bring: read as they are, made a strategy, every row accounted for."""
