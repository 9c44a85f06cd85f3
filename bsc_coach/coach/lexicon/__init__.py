"""Word lists of the rules, and how their words are found in a text."""
