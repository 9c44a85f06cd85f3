"""What is seen on a screen: the only part of the program that knows of Textual.

``snapshot`` and ``keeper`` fetch what is to be shown from the talk, in one thread; ``views`` turn it into
lines of text; ``widgets`` and ``screens`` put the lines in place and hand back what was typed.
"""
