"""Measuring the reading of old openings against the truth of the ECPO project."""
