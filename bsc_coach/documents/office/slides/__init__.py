"""The slides that argue: each a sentence from the answers, what shows it, and notes for whoever tells it."""
