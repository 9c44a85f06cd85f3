"""Pages and modal dialogs over the session screen, and the home screen."""
