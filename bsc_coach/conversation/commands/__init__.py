"""Slash commands, by what they are about; ``registry`` lists them all.

Each is a function from the conversation and the rest of the line to a reply.
"""
