"""The command line: data on standard output, talk on standard error, the app only where it opens."""
