"""Typesets newspapers of our own invention, with the truth of what was printed."""
