"""Training the classifier of single characters (scripts/train_glyphs.py)."""
