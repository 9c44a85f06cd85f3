"""What comes out of a session: a strategy becomes a context, and a context becomes a document.

``formats`` is the way in: every document has a name there. Jinja2 is imported only when something is
rendered, so that asking for the list of formats stays cheap.
"""
