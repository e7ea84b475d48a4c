"""What people correct: an append-only journal of operations over the machine's result."""

from .journal import Journal, Result, Submission, corrected

__all__ = ["Journal", "Result", "Submission", "corrected"]
