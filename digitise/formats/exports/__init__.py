"""What libraries ask for: each format a pure function from a `Bundle` to files."""

from .bundle import SCREEN, Bundle, PageImage, Settings, SourceFile
from .registry import FORMATS, Format, produce

__all__ = [
    "FORMATS", "SCREEN", "Bundle", "Format", "PageImage", "Settings", "SourceFile", "produce",
]  # fmt: skip
