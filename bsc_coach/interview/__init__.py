"""How it is asked: the script, the facts of a session, and what follows from them.

Everything here is pure: no clock, no disk (but for loading a script), no random source. State is a
list of actions; slots, standings, progress and the strategy are functions of script and actions.
"""
