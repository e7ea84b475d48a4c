"""An image service without a server: IIIF Image API 3, level 0, every tile a file.

https://iiif.io/api/image/3.0/ , with the canonical addresses of section 4.7.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from PIL import Image

from ..json_layout import dumps
from .bundle import PageImage
from .viewing import jpeg, opened, reduced

TILE = 512
_QUALITY = 80


def service(address: str, width: int, height: int) -> dict[str, Any]:
    """What a manifest says of the service, and info.json beside its context."""
    factors = _factors(width, height)
    return {
        "id": address,
        "type": "ImageService3",
        "protocol": "http://iiif.io/api/image",
        "profile": "level0",
        "width": width,
        "height": height,
        "sizes": [{"width": -(-width // f), "height": -(-height // f)} for f in reversed(factors)],
        "tiles": [{"width": TILE, "height": TILE, "scaleFactors": factors}],
    }


def tile_files(picture: PageImage, folder: str, address: str) -> Iterator[tuple[str, bytes]]:
    """info.json, the whole in each of its sizes, and the tiles of each scale. One scale is in
    memory at a time. Raises OSError or ValueError when the picture cannot be read."""
    with opened(picture) as image:
        shown = reduced(image, max(image.size))
    width, height = shown.size
    info = {"@context": "http://iiif.io/api/image/3/context.json"}
    yield f"{folder}/info.json", dumps(info | service(address, width, height))
    for factor in _factors(width, height):
        size = -(-width // factor), -(-height // factor)
        if shown.size != size:
            shown = shown.resize(size, Image.Resampling.LANCZOS, reducing_gap=2.0)
        whole = jpeg(shown, _QUALITY)
        if factor == 1:
            yield f"{folder}/full/max/0/default.jpg", whole
        yield f"{folder}/full/{size[0]},{size[1]}/0/default.jpg", whole
        yield from _scale(shown, folder, factor, (width, height))


def _scale(
    shown: Image.Image, folder: str, factor: int, whole: tuple[int, int]
) -> Iterator[tuple[str, bytes]]:
    width, height = whole
    step = TILE * factor
    for top in range(0, height, step):
        for left in range(0, width, step):
            across, down = min(step, width - left), min(step, height - top)
            if (across, down) == whole:
                continue  # that is "full"
            size = -(-across // factor), -(-down // factor)
            x, y = left // factor, top // factor
            tile = shown.crop((x, y, min(x + size[0], shown.width), min(y + size[1], shown.height)))
            region = f"{left},{top},{across},{down}"
            place = f"{folder}/{region}/{size[0]},{size[1]}/0/default.jpg"
            yield place, jpeg(tile, _QUALITY)


def _factors(width: int, height: int) -> list[int]:
    """1, 2, 4, ... until the whole fits one tile."""
    factors = [1]
    while max(width, height) > TILE * factors[-1]:
        factors.append(factors[-1] * 2)
    return factors
