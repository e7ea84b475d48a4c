"""Packages that only exports need, and what to say where they are not installed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from ...errors import EngineMissing

_PACKAGES = frozenset({"lxml", "pikepdf"})


@contextmanager
def export_extra() -> Iterator[None]:
    """Turns the lack of a package of the extra `export` into EngineMissing."""
    try:
        yield
    except ModuleNotFoundError as error:
        name = (error.name or "").partition(".")[0]
        if name not in _PACKAGES:
            raise
        raise EngineMissing(
            (f"The package {name} is not installed.", f"没有安装软件包 {name}。"),
            (
                "Install what exports need: pip install 'digitise[export]'",
                "请安装导出所需的软件包：pip install 'digitise[export]'",
            ),
        ) from error
