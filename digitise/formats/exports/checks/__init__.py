"""What is wrong with an export: by its schema, and by what no schema can say."""

from .findings import Finding, Package
from .run import Checked, check_package

__all__ = ["Checked", "Finding", "Package", "check_package"]
