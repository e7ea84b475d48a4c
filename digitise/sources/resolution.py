"""Which resolution a page image has, where its file says nothing or nonsense."""

from __future__ import annotations

from ..model import Step

# Trimmed pages in millimetres, across and down: broadsheet (对开), tabloid (四开), and the
# same opened as a spread.
_FORMATS = (
    ("broadsheet", 390.0, 545.0),
    ("tabloid", 272.0, 390.0),
    ("broadsheet spread", 780.0, 545.0),
    ("tabloid spread", 544.0, 390.0),
)
# Written by programs that know no resolution: screens' defaults, never a scanner's setting.
_SCREEN_DPI = (72, 96)
_USUAL_DPI = (300, 400, 200, 600, 150)
_MM_PER_INCH = 25.4
# A printed page's long side: a cutting is no smaller, a spread of two broadsheet pages with
# generous margins no larger.
_SHORTEST_MM = 100.0
_LONGEST_MM = 1000.0


def is_plausible(width: int, height: int, dpi: float) -> bool:
    """Whether a picture of that many pixels could be a newspaper page at that resolution."""
    if dpi <= 1.5 or any(abs(dpi - screen) < 0.6 for screen in _SCREEN_DPI):
        return False
    long_side = max(width, height) / dpi * _MM_PER_INCH
    return _SHORTEST_MM <= long_side <= _LONGEST_MM


def estimate(width: int, height: int) -> tuple[int, str]:
    """A resolution from the pixel count alone, and the reasoning.

    First the usual scanning resolutions are tried with the usual formats (both sides within
    6 %); if none fits, the picture is taken for a whole broadsheet page, or a spread of two
    when it is wider than high.
    """
    long = max(width, height)
    for dpi in _USUAL_DPI:
        for name, across_mm, down_mm in _FORMATS:
            if _near(width, across_mm, dpi) and _near(height, down_mm, dpi):
                return dpi, f"{width}x{height} px fit a {name} page at {dpi} dpi"
    long_mm = 780.0 if width > height else 545.0
    dpi = max(30, min(1200, round(long / long_mm * _MM_PER_INCH)))
    name = "broadsheet spread" if width > height else "broadsheet page"
    return dpi, f"{width}x{height} px taken for a whole {name} of {long_mm:.0f} mm: {dpi} dpi"


def _near(pixels: int, millimetres: float, dpi: int) -> bool:
    return abs(pixels / dpi * _MM_PER_INCH / millimetres - 1) <= 0.06


def choose(width: int, height: int, stated: float, override: int) -> tuple[int, Step, bool]:
    """The resolution to go by: the user's, else the file's if plausible, else an estimate; how it
    was come by; and whether there was nothing but the number of pixels to go by."""
    if override > 0:
        return override, Step("resolution", f"{override} dpi as asked (file: {stated:g})"), False
    if stated > 0 and is_plausible(width, height, stated):
        dpi = max(1, round(stated))
        return dpi, Step("resolution", f"{dpi} dpi from the file"), False
    dpi, reason = estimate(width, height)
    said = f"file says {stated:g} dpi, not plausible" if stated > 0 else "file says nothing"
    return dpi, Step("resolution", f"{dpi} dpi estimated: {said}; {reason}"), True
