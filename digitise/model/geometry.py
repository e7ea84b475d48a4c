"""Plane geometry in pixels: origin at the top left, x to the right, y downwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Polygon = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Rect:
    """An upright rectangle, half open: it covers x0 <= x < x1 and y0 <= y < y1."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def area(self) -> float:
        return max(0.0, self.width) * max(0.0, self.height)

    @property
    def cx(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def cy(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def polygon(self) -> Polygon:
        """The four corners, clockwise from the top left."""
        return ((self.x0, self.y0), (self.x1, self.y0), (self.x1, self.y1), (self.x0, self.y1))

    def overlap_x(self, other: Rect) -> float:
        """Length shared by the two horizontal spans; 0 when they do not meet."""
        return max(0.0, min(self.x1, other.x1) - max(self.x0, other.x0))

    def overlap_y(self, other: Rect) -> float:
        """Length shared by the two vertical spans; 0 when they do not meet."""
        return max(0.0, min(self.y1, other.y1) - max(self.y0, other.y0))

    def overlap(self, other: Rect) -> float:
        """Shared area."""
        return self.overlap_x(other) * self.overlap_y(other)

    def contains(self, other: Rect, slack: float = 0.0) -> bool:
        return (
            self.x0 - slack <= other.x0
            and self.y0 - slack <= other.y0
            and self.x1 + slack >= other.x1
            and self.y1 + slack >= other.y1
        )

    def holds(self, x: float, y: float) -> bool:
        return self.x0 <= x < self.x1 and self.y0 <= y < self.y1

    def grow(self, dx: float, dy: float | None = None) -> Rect:
        dy = dx if dy is None else dy
        return Rect(self.x0 - dx, self.y0 - dy, self.x1 + dx, self.y1 + dy)

    def scale(self, factor: float) -> Rect:
        return Rect(self.x0 * factor, self.y0 * factor, self.x1 * factor, self.y1 * factor)

    def shift(self, dx: float, dy: float) -> Rect:
        return Rect(self.x0 + dx, self.y0 + dy, self.x1 + dx, self.y1 + dy)

    def clip(self, other: Rect) -> Rect:
        """The shared part; of no area, but still ordered, when the two do not meet."""
        x0, y0 = max(self.x0, other.x0), max(self.y0, other.y0)
        return Rect(x0, y0, max(x0, min(self.x1, other.x1)), max(y0, min(self.y1, other.y1)))

    def union(self, other: Rect) -> Rect:
        return Rect(
            min(self.x0, other.x0),
            min(self.y0, other.y0),
            max(self.x1, other.x1),
            max(self.y1, other.y1),
        )


def bounding(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle round all of `rects`; ValueError when there are none."""
    items = list(rects)
    if not items:
        raise ValueError("no rectangle to bound")
    return Rect(
        min(r.x0 for r in items),
        min(r.y0 for r in items),
        max(r.x1 for r in items),
        max(r.y1 for r in items),
    )


def joined(boxes: Sequence[Rect], belongs: Callable[[Rect, Rect], bool]) -> list[Rect]:
    """Boxes united with what belongs to them until nothing does."""
    todo = list(boxes)
    changed = True
    while changed:
        changed = False
        out: list[Rect] = []
        for box in todo:
            for i, other in enumerate(out):
                if belongs(other, box):
                    out[i] = other.union(box)
                    changed = True
                    break
            else:
                out.append(box)
        todo = out
    return todo


def polygon_bounds(polygon: Polygon) -> Rect:
    xs = [p[0] for p in polygon]
    ys = [p[1] for p in polygon]
    return Rect(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True, slots=True)
class Affine:
    """x' = a*x + b*y + c ; y' = d*x + e*y + f. The identity by default."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 0.0
    e: float = 1.0
    f: float = 0.0

    def __call__(self, x: float, y: float) -> Point:
        return (self.a * x + self.b * y + self.c, self.d * x + self.e * y + self.f)

    def polygon(self, points: Polygon) -> Polygon:
        return tuple(self(x, y) for x, y in points)

    def then(self, after: Affine) -> Affine:
        """The map that applies this one first and `after` second."""
        return Affine(
            after.a * self.a + after.b * self.d,
            after.a * self.b + after.b * self.e,
            after.a * self.c + after.b * self.f + after.c,
            after.d * self.a + after.e * self.d,
            after.d * self.b + after.e * self.e,
            after.d * self.c + after.e * self.f + after.f,
        )

    def inverse(self) -> Affine:
        """The map back; ValueError when this one flattens the plane."""
        det = self.a * self.e - self.b * self.d
        if abs(det) < 1e-12:
            raise ValueError("this affine map has no inverse")
        a, b, d, e = self.e / det, -self.b / det, -self.d / det, self.a / det
        return Affine(a, b, -(a * self.c + b * self.f), d, e, -(d * self.c + e * self.f))


IDENTITY = Affine()
