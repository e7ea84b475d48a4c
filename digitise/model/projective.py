"""The map between a sheet seen straight from above and the picture a camera took of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .geometry import Affine, Point, Polygon


@dataclass(frozen=True, slots=True)
class Projective:
    """x' = (a*x + b*y + c) / w ; y' = (d*x + e*y + f) / w ; w = g*x + h*y + 1."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float
    g: float
    h: float

    def __call__(self, x: float, y: float) -> Point:
        w = self.g * x + self.h * y + 1.0
        return (
            (self.a * x + self.b * y + self.c) / w,
            (self.d * x + self.e * y + self.f) / w,
        )

    def polygon(self, points: Polygon) -> Polygon:
        return tuple(self(x, y) for x, y in points)

    def then(self, after: Affine) -> Projective:
        """The map that applies this one first and `after` second."""
        return _scaled(
            (
                after.a * self.a + after.b * self.d + after.c * self.g,
                after.a * self.b + after.b * self.e + after.c * self.h,
                after.a * self.c + after.b * self.f + after.c,
                after.d * self.a + after.e * self.d + after.f * self.g,
                after.d * self.b + after.e * self.e + after.f * self.h,
                after.d * self.c + after.e * self.f + after.f,
                self.g, self.h, 1.0,
            )
        )  # fmt: skip

    def behind(self, before: Affine) -> Projective:
        """The map that applies `before` first and this one second."""
        p, q = before, self
        return _scaled(
            (
                q.a * p.a + q.b * p.d, q.a * p.b + q.b * p.e, q.a * p.c + q.b * p.f + q.c,
                q.d * p.a + q.e * p.d, q.d * p.b + q.e * p.e, q.d * p.c + q.e * p.f + q.f,
                q.g * p.a + q.h * p.d, q.g * p.b + q.h * p.e, q.g * p.c + q.h * p.f + 1.0,
            )
        )  # fmt: skip


def _scaled(m: Sequence[float]) -> Projective:
    """Nine numbers, row by row, whose last is brought to 1."""
    return Projective(*(value / m[8] for value in m[:8]))
