"""What a good strategy looks like: checks on wordings, with the words they know as data."""
