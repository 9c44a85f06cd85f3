"""What people type where an answer is asked for, and how it is read."""
