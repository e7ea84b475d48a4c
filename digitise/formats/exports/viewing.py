"""Page pictures for people to look at on a screen: smaller, and in a form that browsers read."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from PIL import Image

from .bundle import SCREEN, PageImage

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
    # As sharp as bicubic when it makes smaller, at half the cost of Lanczos.
    return shown if shown.size == size else shown.resize(size, Image.Resampling.HAMMING)


def _plain_mode(image: Image.Image) -> str:
    return "L" if image.mode == "1" or image.mode.startswith(("I", "F", "L")) else "RGB"


def jpeg(image: Image.Image, quality: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()


def screen_picture(picture: PageImage) -> bytes:
    """The page as a JPEG for a screen. Raises OSError or ValueError."""
    if picture.screen is not None:
        return picture.screen.read_bytes()
    with opened(picture) as image:
        return jpeg(reduced(image, SCREEN[0]), SCREEN[1])


def thumbnail(picture: PageImage, long_side: int) -> bytes:
    """The page as a small JPEG. Raises OSError or ValueError."""
    small = picture if picture.screen is None else replace(picture, path=picture.screen)
    with opened(small) as image:
        return jpeg(reduced(image, long_side), 70)


def for_browsers(picture: PageImage) -> tuple[str, str, bytes | None]:
    """(name, media type, bytes) of the whole picture as browsers read it; the bytes are None
    where they are those of the file itself. Raises OSError or ValueError."""
    if picture.mime in _READY:
        return picture.name, picture.mime, None
    with opened(picture) as image:
        data = jpeg(reduced(image, max(image.size)), 90)
    return picture.name.rpartition(".")[0] + ".jpg", "image/jpeg", data
