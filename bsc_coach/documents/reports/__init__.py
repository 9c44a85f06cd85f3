"""Reports beside the strategy document: minutes, owners, ISO 9001, changes, what is behind a point."""
