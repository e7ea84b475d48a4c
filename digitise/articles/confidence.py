"""How likely it is that an entry of an issue is right: a logistic of what tells it.

"Right" is what `digitise evaluate` counts (digitise/evaluation/rightness.py). The weights were
fitted by scripts/train_confidence.py; models/confidence.md is their card.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..shipped import shipped_model
from .evidence import Parts, evidence_of, mean_reading


@dataclass(frozen=True, slots=True)
class Scale:
    """What turns the sum of the evidence into log-odds, for one source of the text."""

    slope: float
    offset: float


@dataclass(frozen=True, slots=True)
class Judge:
    """For one group of kinds: a weight for each number of the evidence, and the scale for text
    that came from a text layer and for text that was read from pixels."""

    weights: Mapping[str, float]
    text_layer: Scale
    ocr: Scale

    def odds(self, evidence: Mapping[str, float]) -> float:
        """The sum of the evidence before it is scaled."""
        return math.fsum(w * evidence[name] for name, w in self.weights.items())

    def share(self, evidence: Mapping[str, float]) -> float:
        """The probability that what has this evidence is right, 0..1."""
        scale = self.ocr if evidence["scan"] else self.text_layer
        odds = scale.slope * self.odds(evidence) + scale.offset
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, odds))))


def confidence_of(parts: Parts) -> float:
    """The confidence of an entry, 0..1 with four decimals. Where the weights are missing, the
    mean confidence of its characters."""
    evidence = evidence_of(parts)
    found = judges().get(group_of(parts))
    return round(mean_reading(parts) if found is None else found.share(evidence), 4)


def group_of(parts: Parts) -> str:
    """Which judge an entry falls to: "article" or "other"."""
    return "article" if parts.pieces[0][1].kind == "article" else "other"


@lru_cache(maxsize=1)
def judges() -> dict[str, Judge]:
    """The judges as installed, by group; none where their file is missing."""
    path = shipped_model("confidence.json")
    return load_judges(path) if path else {}


def load_judges(path: Path) -> dict[str, Judge]:
    """The judges of a file. Raises OSError, KeyError or ValueError where it is none."""
    data = json.loads(path.read_text(encoding="utf-8"))
    return {name: _judge(value) for name, value in data["judges"].items()}


def save_judges(path: Path, judges: Mapping[str, Judge]) -> None:
    """Writes what `load_judges` reads; equal judges give equal bytes."""
    value = {
        name: {
            "weights": dict(sorted(judge.weights.items())),
            "text-layer": [judge.text_layer.slope, judge.text_layer.offset],
            "ocr": [judge.ocr.slope, judge.ocr.offset],
        }
        for name, judge in sorted(judges.items())
    }
    path.write_text(json.dumps({"judges": value}, indent=1) + "\n", encoding="utf-8", newline="\n")


def _judge(value: Mapping[str, Any]) -> Judge:
    weights = {str(k): float(v) for k, v in value["weights"].items()}
    layer, ocr = (Scale(*map(float, value[key])) for key in ("text-layer", "ocr"))
    return Judge(weights, layer, ocr)
