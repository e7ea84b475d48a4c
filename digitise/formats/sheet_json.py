"""Sheet to bytes and back, exactly: the cache from which an interrupted run goes on."""

from __future__ import annotations

import gzip
import json
import zlib
from typing import Any

from ..errors import DataInvalid
from ..model import (
    IDENTITY,
    Affine,
    Bend,
    Char,
    Frame,
    Hint,
    Mapping2D,
    Picture,
    Projective,
    Rect,
    Rule,
    Sheet,
    Step,
    TextLine,
)
from .schema import invalid

SHEET_SCHEMA = "digitise/sheet/2"
_GZIP = b"\x1f\x8b"


def dump_sheet(sheet: Sheet, *, compress: bool = True) -> bytes:
    """JSON in ASCII, gzipped unless `compress` is False; the same bytes for the same sheet."""
    bend = sheet.to_original if isinstance(sheet.to_original, Bend) else None
    t = IDENTITY if isinstance(sheet.to_original, Bend) else sheet.to_original
    value = {
        "schema": SHEET_SCHEMA,
        "page_id": sheet.page_id,
        "number": sheet.number,
        "source": sheet.source,
        "width": sheet.width,
        "height": sheet.height,
        "dpi": sheet.dpi,
        "origin": sheet.origin,
        "to_original": _plane(t),
        "bend": None if bend is None else _bend(bend),
        "original_size": list(sheet.original_size),
        "steps": [[s.name, s.detail] for s in sheet.steps],
        "rules": [_box(r.box) for r in sheet.rules],
        "frames": [[f.kind, *_box(f.box)] for f in sheet.frames],
        "pictures": [_box(p.box) for p in sheet.pictures],
        "hints": [[h.kind, *_box(h.box), h.score] for h in sheet.hints],
        "lines": [
            {
                "box": _box(line.box),
                "size": line.size,
                "mode": line.mode,
                "font": line.font,
                "bold": line.bold,
                "tone": line.tone,
                "confidence": line.confidence,
                "chars": [[c.text, *_box(c.box), c.confidence] for c in line.chars],
            }
            for line in sheet.lines
        ],
    }
    # ASCII, so that even half a surrogate pair out of a broken text layer comes back.
    text = json.dumps(value, ensure_ascii=True, separators=(",", ":"), default=_scalar)
    data = text.encode("ascii")
    return gzip.compress(data, compresslevel=6, mtime=0) if compress else data


def load_sheet(data: bytes, name: str = "sheet.json") -> Sheet:
    """What `dump_sheet` wrote, gzipped or not.

    Raises DataInvalid on anything else, a file cut short or of another version included: to a
    cache that means the page is to be read again.
    """
    try:
        if data.startswith(_GZIP):
            data = gzip.decompress(data)
        value = json.loads(data)
        if value["schema"] != SHEET_SCHEMA:
            raise invalid(name, "of another version", "版本不符")
        return _sheet(value)
    except DataInvalid:
        raise
    except (
        OSError, EOFError, zlib.error, ValueError, KeyError, TypeError, RecursionError,
    ) as error:  # fmt: skip
        raise invalid(name, f"damaged ({error})", f"已损坏（{error}）") from None


def _sheet(value: dict[str, Any]) -> Sheet:
    width, height = value["original_size"]
    return Sheet(
        page_id=value["page_id"],
        number=value["number"],
        source=value["source"],
        width=value["width"],
        height=value["height"],
        dpi=value["dpi"],
        lines=tuple(
            TextLine(
                box=Rect(*line["box"]),
                chars=tuple(Char(c[0], Rect(*c[1:5]), c[5]) for c in line["chars"]),
                size=line["size"],
                mode=line["mode"],
                font=line["font"],
                bold=line["bold"],
                tone=line["tone"],
                confidence=line["confidence"],
            )
            for line in value["lines"]
        ),
        rules=tuple(Rule(Rect(*box)) for box in value["rules"]),
        frames=tuple(Frame(Rect(*frame[1:]), frame[0]) for frame in value["frames"]),
        pictures=tuple(Picture(Rect(*box)) for box in value["pictures"]),
        # Sheets written before there were any have none.
        hints=tuple(Hint(h[0], Rect(*h[1:5]), h[5]) for h in value.get("hints", ())),
        origin=value["origin"],
        to_original=_mapping(value["to_original"], value["bend"]),
        original_size=(width, height),
        steps=tuple(Step(name, detail) for name, detail in value["steps"]),
    )


def _bend(bend: Bend) -> dict[str, Any]:
    return {
        "area": _box(bend.area),
        "powers": [list(p) for p in bend.powers],
        "terms": list(bend.terms),
        "axis": bend.axis,
        "before": _plane(bend.before),
        "after": _plane(bend.after),
    }


def _plane(t: Affine | Projective) -> list[float]:
    """Six numbers of an affine map, eight of a projective one."""
    six = [t.a, t.b, t.c, t.d, t.e, t.f]
    return six if isinstance(t, Affine) else [*six, t.g, t.h]


def _plane_of(numbers: Any) -> Affine | Projective:
    return Affine(*numbers) if len(numbers) == 6 else Projective(*numbers)


def _mapping(plane: Any, bend: Any) -> Mapping2D:
    if bend is None:
        return _plane_of(plane)
    if bend["axis"] not in ("x", "y"):
        raise ValueError("axis")
    return Bend(
        Rect(*bend["area"]),
        tuple((int(a), int(b)) for a, b in bend["powers"]),
        tuple(float(t) for t in bend["terms"]),
        bend["axis"],
        Affine(*bend["before"]),
        _plane_of(bend["after"]),
    )


def _box(box: Rect) -> list[float]:
    return [box.x0, box.y0, box.x1, box.y1]


def _scalar(value: Any) -> Any:
    """A number that came out of an array (float32, int64) as a plain number."""
    if hasattr(value, "item"):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written as JSON")
