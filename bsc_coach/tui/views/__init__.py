"""Views: pure functions from data to lines of text that fit a width, without a widget or a screen."""
