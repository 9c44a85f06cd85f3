"""Command line interface: data on standard output, messages on standard error.

The app is imported only by the commands that open it.
"""
