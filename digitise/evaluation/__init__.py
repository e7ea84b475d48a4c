"""Figures against truth: what was found, what was not, and how well it was read."""

from .compare import (
    Change,
    agreement_json,
    changes,
    compare_outputs,
    compare_with_truth,
    comparison_json,
)
from .metrics import Figures
from .pairing import Pair, evaluate_files, pair_up
from .report import Evaluation, evaluate, evaluate_many, evaluation_json, evaluation_text
from .rightness import right_entries
from .roles import RoleCount

__all__ = [
    "Change", "Evaluation", "Figures", "Pair", "RoleCount", "agreement_json", "changes",
    "compare_outputs", "compare_with_truth", "comparison_json", "evaluate", "evaluate_files", "evaluate_many",
    "evaluation_json", "evaluation_text", "pair_up", "right_entries",
]  # fmt: skip
