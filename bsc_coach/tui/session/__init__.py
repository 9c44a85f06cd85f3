"""The session screen: its keys, commands, jobs and dialogs."""
