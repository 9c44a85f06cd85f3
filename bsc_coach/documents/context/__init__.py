"""What templates are given: the strategy as tables, sentences and scores."""
