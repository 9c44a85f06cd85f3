"""Templates of a person's own, rendered where they can do no harm."""
