"""Event sourcing: what can be said in a session, in families of commands and the events that come of them."""
