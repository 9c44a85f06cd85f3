"""The screens, and the small windows over them."""
