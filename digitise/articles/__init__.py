"""Pieces of pages -> articles of an issue."""

from .assemble import assemble

__all__ = ["assemble"]
