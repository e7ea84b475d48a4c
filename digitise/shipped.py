"""Where the project's own models lie."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def shipped_model(name: str) -> Path | None:
    """A file of models/: in the package as it is installed, else in the checkout; None where it is
    in neither."""
    places = (_PACKAGE / "_data" / name, _PACKAGE.parent / "models" / name)
    return next((path for path in places if path.is_file()), None)
