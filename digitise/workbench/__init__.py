"""The web application in which people correct what was read."""
