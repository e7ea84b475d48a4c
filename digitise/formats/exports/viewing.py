"""Page pictures for people to look at on a screen: smaller, and in a form that browsers read."""

from __future__ import annotations

import base64
import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image

from .bundle import PageImage

_READY = {"image/jpeg": "jpg", "image/png": "png"}


@contextmanager
def opened(picture: PageImage) -> Iterator[Image.Image]:
    """The picture, not yet decoded. Raises OSError or ValueError when it cannot be read."""
    limit = Image.MAX_IMAGE_PIXELS
    try:
        # The pixel limit was checked when the page was read; Pillow's refuses honest pages.
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(picture.path) as image:
            yield image
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def reduced(image: Image.Image, long_side: int) -> Image.Image:
    """8-bit grey or colour, the long side `long_side` pixels, or its own if that is less."""
    factor = min(1.0, long_side / max(image.size))
    size = max(1, round(image.width * factor)), max(1, round(image.height * factor))
    # Decoders of JPEG give a half, a quarter or an eighth at a fraction of the cost.
    image.draft(None, size)
    shown = image if image.mode in ("L", "RGB") else image.convert(_plain_mode(image))
    shown.load()
    return shown if shown.size == size else shown.resize(size, Image.Resampling.LANCZOS)


def _plain_mode(image: Image.Image) -> str:
    return "L" if image.mode == "1" or image.mode.startswith(("I", "F", "L")) else "RGB"


def jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def data_uri(picture: PageImage, long_side: int, quality: int) -> str:
    """The picture as a `data:` address. Raises OSError or ValueError."""
    with opened(picture) as image:
        data = jpeg(reduced(image, long_side), quality)
    return "data:image/jpeg;base64," + base64.b64encode(data).decode("ascii")


def for_browsers(picture: PageImage) -> tuple[str, str, bytes | None]:
    """(name, media type, bytes) of the whole picture as browsers read it; the bytes are None
    where they are those of the file itself. Raises OSError or ValueError."""
    if picture.mime in _READY:
        return picture.name, picture.mime, None
    with opened(picture) as image:
        data = jpeg(reduced(image, max(image.size)), 90)
    return picture.name.rpartition(".")[0] + ".jpg", "image/jpeg", data
