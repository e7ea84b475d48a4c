# mypy: disable-error-code="no-untyped-call"
"""The picture of a page as a file: the original where it can be, else one made from it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pymupdf
from PIL import Image, ImageOps

from ..options import Options
from . import complaints
from .images import opened_image
from .inputs import PageRef, read_bytes
from .pdf import POINTS_PER_INCH, opened_page

# Text stays sharp at this quality, and colour is kept at full resolution.
_JPEG = {"quality": 90, "subsampling": 0}
_MIME = {
    "JPEG": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "JPEG2000": "image/jp2",
    "WEBP": "image/webp",
    "BMP": "image/bmp",
}
SUFFIXES = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/tiff": ".tif",
    "image/jp2": ".jp2",
    "image/webp": ".webp",
    "image/bmp": ".bmp",
}


@dataclass(frozen=True, slots=True)
class PagePicture:
    """`data` is None where the page's own file is the picture as it stands. `small` is a JPEG of
    the same, where one was asked for and comes cheaper than by decoding `data`."""

    data: bytes | None
    mime: str
    rendered: bool
    small: bytes | None = None


def page_picture(
    ref: PageRef, width: int, height: int, options: Options, small: tuple[int, int] | None = None
) -> PagePicture:
    """The page as an image file of `width` x `height` pixels, upright, in colour if it has any.

    An image file of that size is taken as it is, and so is a picture that fills a PDF page;
    anything else becomes a JPEG, or a lossless PNG where it is black and white. `small`: pixels
    of the long side and JPEG quality of a smaller one. Raises InputMissing, InputUnreadable,
    InputEncrypted or InputTooLarge.
    """
    if width * height > options.max_pixels:
        raise complaints.too_many_pixels(ref.label, width, height, options.max_pixels)
    if ref.kind == "image":
        return _from_image(ref, width, height, options)
    return _from_pdf(ref, width, height, small)


def _from_image(ref: PageRef, width: int, height: int, options: Options) -> PagePicture:
    with opened_image(ref) as image:
        own = image.size
        if own[0] * own[1] > options.max_pixels:
            raise complaints.too_many_pixels(ref.label, own[0], own[1], options.max_pixels)
        alone = getattr(image, "n_frames", 1) == 1
        upright = image.getexif().get(0x0112, 1) in (0, 1)
        if own == (width, height) and alone and upright:
            data = read_bytes(ref) if ref.member else None
            return PagePicture(data, _MIME.get(str(image.format), "image/jpeg"), False)
        image.seek(ref.index)
        picture = ImageOps.exif_transpose(image)
        if picture.size != (width, height):
            mode = "RGB" if picture.mode not in ("L", "1") else "L"
            picture = picture.convert(mode).resize((width, height), Image.Resampling.BICUBIC)
        return PagePicture(*_encoded(picture), True)


def _encoded(picture: Image.Image) -> tuple[bytes, str]:
    out = io.BytesIO()
    if picture.mode == "1":
        picture.save(out, "PNG")
        return out.getvalue(), "image/png"
    if picture.mode not in ("L", "RGB"):
        picture = picture.convert("RGB")
    picture.save(out, "JPEG", **_JPEG)
    return out.getvalue(), "image/jpeg"


def _from_pdf(ref: PageRef, width: int, height: int, small: tuple[int, int] | None) -> PagePicture:
    with opened_page(ref) as page:
        embedded = _embedded(page, width, height)
        if embedded is not None:
            return embedded
        drawing = page.get_displaylist()
        dpi = round(POINTS_PER_INCH * width / page.rect.width)
        data = _drawn(drawing, page.rect, width, height, {**_JPEG, "dpi": (dpi, dpi)})
        reduced = None
        if small is not None and small[0] < max(width, height):
            share = small[0] / max(width, height)
            size = max(1, round(width * share)), max(1, round(height * share))
            reduced = _drawn(drawing, page.rect, *size, {"quality": small[1]})
    return PagePicture(data, "image/jpeg", True, reduced)


def _drawn(
    drawing: pymupdf.DisplayList, area: pymupdf.Rect, width: int, height: int, how: dict[str, Any]
) -> bytes:
    """The page as a JPEG of that size."""
    # Pages are whole pixels wide: rounding makes the two scales differ a little.
    matrix = pymupdf.Matrix(width / area.width, height / area.height)
    pixmap = drawing.get_pixmap(matrix=matrix, colorspace=pymupdf.csRGB, alpha=False)
    picture = Image.frombuffer(
        "RGB", (pixmap.width, pixmap.height), pixmap.samples_mv, "raw", "RGB", pixmap.stride, 1
    )
    if picture.size != (width, height):
        picture = picture.crop((0, 0, width, height))
    out = io.BytesIO()
    picture.save(out, "JPEG", **how)
    return out.getvalue()


def _embedded(page: pymupdf.Page, width: int, height: int) -> PagePicture | None:
    """The page's only picture, where it fills the page unturned, has the page's size in pixels
    and is kept in a form that other programs read."""
    images = page.get_images(full=True)
    if len(images) != 1 or page.rotation or images[0][1]:
        return None
    xref = images[0][0]
    placed = page.get_image_rects(xref, transform=True)
    if len(placed) != 1:
        return None
    box, matrix = placed[0]
    fills = abs(box.width - page.rect.width) < 1 and abs(box.height - page.rect.height) < 1
    if not fills or matrix.b or matrix.c or matrix.a < 0 or matrix.d < 0:
        return None
    found = page.parent.extract_image(xref)
    kinds = {"jpeg": "image/jpeg", "png": "image/png", "jpx": "image/jp2", "tiff": "image/tiff"}
    mime = kinds.get(found.get("ext", ""), "")
    if (found.get("width"), found.get("height")) != (width, height) or not mime:
        return None
    return PagePicture(bytes(found["image"]), mime, True)
