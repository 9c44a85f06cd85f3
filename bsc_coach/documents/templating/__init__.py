"""The Jinja2 environment, and the templates of people's own."""
