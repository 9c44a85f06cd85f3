"""How it is talked: what a person reads and types, the same for the app and for line mode.

No screen and no input of its own: a front end shows what this says and hands in what was typed.
"""
