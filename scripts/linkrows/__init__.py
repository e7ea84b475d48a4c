"""Rows of evidence with their truth, for the training of the link judges."""
