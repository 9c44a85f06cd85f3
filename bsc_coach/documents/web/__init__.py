"""The strategy as one web page."""
