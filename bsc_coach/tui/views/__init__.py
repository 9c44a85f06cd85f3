"""From data to lines of text that fit a width: pure functions, without a widget or a screen."""
