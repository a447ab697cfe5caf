"""The benchmark: this app, the ordinary way, and an empty page, side by side."""
