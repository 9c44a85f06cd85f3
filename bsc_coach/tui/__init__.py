"""What is seen on a screen: the only part of the program that knows of Textual.

``view_model`` is what a screen shows, made in the threads of ``worker``; ``views`` turn it into
lines of text; ``widgets`` and ``screens`` put the lines in place and hand back what was typed.
"""
