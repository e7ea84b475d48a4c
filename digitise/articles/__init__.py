"""Pieces of pages -> articles of an issue."""

from .assemble import assemble, assembled
from .evidence import Parts, evidence_of
from .retelling import retold

__all__ = ["Parts", "assemble", "assembled", "evidence_of", "retold"]
