"""Figures against truth: what was found, what was not, and how well it was read."""

from .metrics import Figures
from .pairing import Pair, evaluate_files, pair_up
from .report import Evaluation, evaluate, evaluate_many, evaluation_json, evaluation_text

__all__ = [
    "Evaluation", "Figures", "Pair", "evaluate", "evaluate_files", "evaluate_many",
    "evaluation_json", "evaluation_text", "pair_up",
]  # fmt: skip
