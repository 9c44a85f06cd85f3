"""The slash commands of the conversation."""
