"""Pages of a Chinese newspaper in, clean text out, article by article.

import digitise

result = digitise.run(["issue.pdf"], "out")
for article in result.issues[0].issue.articles:
    print(article.headline)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .errors import DigitiseError
    from .model import Article, Issue, Page
    from .options import Options
    from .pipeline import Failure, IssueResult, Progress, RunResult, read_page, run

__version__ = "0.1.0"
__all__ = [
    "Article", "DigitiseError", "Failure", "Issue", "IssueResult", "Options", "Page", "Progress",
    "RunResult", "__version__", "read_page", "run",
]  # fmt: skip

_HOMES = {
    "Article": "model", "DigitiseError": "errors", "Failure": "pipeline", "Issue": "model",
    "IssueResult": "pipeline", "Options": "options", "Page": "model", "Progress": "pipeline",
    "RunResult": "pipeline", "read_page": "pipeline", "run": "pipeline",
}  # fmt: skip


def __getattr__(name: str) -> object:
    """Brings in what is asked for only then: `digitise --help` should not load an engine."""
    if name not in _HOMES:
        raise AttributeError(f"module 'digitise' has no attribute {name!r}")
    return getattr(import_module(f".{_HOMES[name]}", __name__), name)
