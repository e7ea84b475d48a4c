"""The map between a page made flat and the page as it lay under the camera."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, overload

from .geometry import IDENTITY, Affine, Point, Polygon, Rect
from .projective import Projective


@dataclass(frozen=True, slots=True)
class Bend:
    """A displacement along one axis that varies smoothly over a page: x' = x, y' = y + d(x, y),
    or with `axis` "x" the other way round.

    d = sum of `terms[i] * u**a * v**b` pixels for (a, b) = `powers[i]`, where u runs from -1 to 1
    along the lines and v across them over `area`; outside it d is that of the nearest point of
    its edge. `before` and `after` are applied first and last.
    """

    area: Rect
    powers: tuple[tuple[int, int], ...]
    terms: tuple[float, ...]
    axis: Literal["x", "y"] = "y"
    before: Affine = IDENTITY
    after: Affine | Projective = IDENTITY

    def shift(self, x: float, y: float) -> float:
        """d at a point of the flat page, in pixels."""
        area = self.area
        u = 2 * (min(max(x, area.x0), area.x1) - area.x0) / max(1.0, area.width) - 1
        v = 2 * (min(max(y, area.y0), area.y1) - area.y0) / max(1.0, area.height) - 1
        if self.axis == "x":
            u, v = v, u
        return sum(t * u**a * v**b for t, (a, b) in zip(self.terms, self.powers, strict=True))

    def __call__(self, x: float, y: float) -> Point:
        x, y = self.before(x, y)
        d = self.shift(x, y)
        return self.after(x + d, y) if self.axis == "x" else self.after(x, y + d)

    def polygon(self, points: Polygon) -> Polygon:
        return tuple(self(x, y) for x, y in points)

    def behind(self, before: Affine) -> Bend:
        """The map that applies `before` first and this one second."""
        return replace(self, before=before.then(self.before))

    def then(self, after: Affine) -> Bend:
        """The map that applies this one first and `after` second."""
        return replace(self, after=self.after.then(after))


Mapping2D = Affine | Projective | Bend


@overload
def composed(first: Affine, second: Affine | Projective) -> Affine | Projective: ...
@overload
def composed(first: Affine, second: Mapping2D) -> Mapping2D: ...
def composed(first: Affine, second: Mapping2D) -> Mapping2D:
    """The map that applies `first` and then `second`."""
    return first.then(second) if isinstance(second, Affine) else second.behind(first)
