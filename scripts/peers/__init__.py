"""Other programs that read newspaper pages, asked for what they make of the same page."""
