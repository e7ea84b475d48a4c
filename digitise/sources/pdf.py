# mypy: disable-error-code="no-untyped-call"
"""PDF pages: opened safely, counted, rendered to grey.

All coordinates that leave this module are pixels of the page as a reader shows it: crop box
applied, /Rotate applied, origin at the top left.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pymupdf

from ..errors import DigitiseError
from ..model import Affine, Gray, Rect, Scan, Step
from ..options import Options
from . import complaints
from .inputs import PageRef, read_bytes
from .resolution import choose

# The reader prints its repairs on stderr otherwise; a page that is wrong says so through us.
pymupdf.TOOLS.mupdf_display_errors(False)
pymupdf.TOOLS.mupdf_display_warnings(False)
# Two subsets of one font may have different maps to Unicode: keep their tags.
pymupdf.TOOLS.set_subset_fontnames(True)

POINTS_PER_INCH = 72.0
_STRIP_PIXELS = 16_000_000
_RASTER_SHARE = 0.6
FAILURES = (
    RuntimeError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    ZeroDivisionError,
    OverflowError,
    MemoryError,
    OSError,
    pymupdf.mupdf.FzErrorBase,
)


def _is_text(path: Path) -> bool:
    """Whether PyMuPDF can be given the name: it takes none with bytes that are no UTF-8."""
    try:
        str(path).encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


@contextmanager
def opened(ref: PageRef) -> Iterator[pymupdf.Document]:
    """The document, not locked. Raises InputMissing, InputUnreadable or InputEncrypted."""
    document: Any = None
    if not ref.member:
        if not ref.path.exists():
            raise complaints.missing(ref.label)
        if ref.path.is_file() and not ref.path.stat().st_size:
            raise complaints.empty(ref.label)
    try:
        try:
            if ref.member or not _is_text(ref.path):
                document = pymupdf.open(stream=read_bytes(ref), filetype="pdf")
            else:
                document = pymupdf.open(str(ref.path), filetype="pdf")
            locked = bool(document.needs_pass)
        except DigitiseError:
            raise
        except FAILURES as error:
            if "password" in str(error).lower() or "encrypt" in str(error).lower():
                raise complaints.encrypted(ref.label, "PDF") from error
            raise complaints.damaged(ref.label, "PDF") from error
        if locked:
            raise complaints.encrypted(ref.label, "PDF")
        yield document
    finally:
        if document is not None:
            document.close()
            # Fonts and pictures of closed documents stay in the reader's store otherwise, up to
            # 256 MB in a process that goes from one to the next.
            pymupdf.TOOLS.store_shrink(100)


def page_count(ref: PageRef) -> int:
    """Pages of the file, at least 1. Raises as `opened`; InputUnreadable when there is none."""
    with opened(ref) as document:
        try:
            count = int(document.page_count)
        except FAILURES as error:
            raise complaints.damaged(ref.label, "PDF") from error
        if count < 1:
            raise complaints.damaged(ref.label, "PDF")
        return count


@contextmanager
def opened_page(ref: PageRef) -> Iterator[pymupdf.Page]:
    """One page of the file. Raises as `opened`; a failure while it is used is
    InputUnreadable as well, so callers need not know what the reader raises."""
    with opened(ref) as document:
        try:
            page = document.load_page(ref.index)
            if not (page.rect.width > 0 and page.rect.height > 0):
                raise complaints.damaged(ref.label, "PDF")
            yield page
        except DigitiseError:
            raise
        except FAILURES as error:
            raise complaints.damaged(ref.label, "PDF") from error


@dataclass(frozen=True, slots=True)
class Frame:
    """How the page lies: `to_page` maps unrotated crop-box points, in which the reader reports
    text and drawings, to pixels of the shown page at `dpi`; `width`, `height` its size there."""

    to_page: Affine
    width: int
    height: int
    dpi: int


def frame(page: pymupdf.Page, dpi: int) -> Frame:
    """The page's frame at `dpi`."""
    zoom = dpi / POINTS_PER_INCH
    m = page.rotation_matrix
    to_page = Affine(m.a * zoom, m.c * zoom, m.e * zoom, m.b * zoom, m.d * zoom, m.f * zoom)
    width = max(1, round(page.rect.width * zoom))
    height = max(1, round(page.rect.height * zoom))
    return Frame(to_page, width, height, dpi)


@dataclass(frozen=True, slots=True)
class PlacedImage:
    """A raster image on the page: its box in points of the shown page, its own pixel size."""

    box: Rect
    width: int
    height: int

    @property
    def dpi(self) -> float:
        """The image's own resolution where it lies, the finer of the two axes."""
        across = self.width / self.box.width if self.box.width > 0 else 0.0
        down = self.height / self.box.height if self.box.height > 0 else 0.0
        turned_across = self.height / self.box.width if self.box.width > 0 else 0.0
        turned_down = self.width / self.box.height if self.box.height > 0 else 0.0
        # A page turned by /Rotate lays the image's width along the page's height.
        straight = abs(across - down) <= abs(turned_across - turned_down)
        pair = (across, down) if straight else (turned_across, turned_down)
        return POINTS_PER_INCH * max(pair)


def placed_images(page: pymupdf.Page) -> tuple[PlacedImage, ...]:
    """Raster images as they lie on the page, those inside forms included, clipped to it."""
    shown = Rect(0, 0, page.rect.width, page.rect.height)
    found: list[PlacedImage] = []
    for info in page.get_image_info():
        # Text page coordinates are those of the shown page already.
        x0, y0, x1, y1 = info["bbox"]
        box = Rect(x0, y0, x1, y1)
        if box.overlap(shown) > 0:
            found.append(PlacedImage(box, int(info["width"]), int(info["height"])))
    return tuple(found)


def raster_share(page: pymupdf.Page, images: tuple[PlacedImage, ...]) -> float:
    """Share of the page's area that images cover, 0..1, overlaps counted once."""
    width, height = page.rect.width, page.rect.height
    grid = np.zeros((100, 100), dtype=bool)
    for image in images:
        x0, x1 = (round(v / width * 100) for v in (image.box.x0, image.box.x1))
        y0, y1 = (round(v / height * 100) for v in (image.box.y0, image.box.y1))
        grid[max(0, y0) : max(0, y1), max(0, x0) : max(0, x1)] = True
    return float(grid.mean())


def native_dpi(page: pymupdf.Page) -> int:
    """The resolution of the scan that makes up the page (one image or strips of images over
    most of it), rounded; 0 when the page is no scan."""
    images = tuple(i for i in placed_images(page) if i.dpi >= 20)
    if raster_share(page, images) < _RASTER_SHARE:
        return 0
    shown = Rect(0, 0, page.rect.width, page.rect.height)
    # The resolution that covers most of the page: a colour background under a bilevel text
    # mask (MRC) covers as much but is coarser, so of equals the finer wins.
    areas: dict[int, float] = {}
    for image in images:
        dpi = round(image.dpi)
        areas[dpi] = areas.get(dpi, 0.0) + image.box.overlap(shown)
    top = max(areas.values())
    return max(dpi for dpi, area in areas.items() if area >= 0.6 * top)


def render_page(page: pymupdf.Page, dpi: float, clip: Rect | None = None) -> Gray:
    """The page, or the part `clip` (pixels at `dpi`), as uint8 grey (height, width).

    Drawn in strips, so that the reader's own buffer stays small beside the result.
    """
    zoom = dpi / POINTS_PER_INCH
    width = max(1, round(page.rect.width * zoom))
    height = max(1, round(page.rect.height * zoom))
    area = Rect(0, 0, width, height)
    if clip is not None:
        area = clip.clip(area)
    x0, y0 = int(area.x0), int(area.y0)
    x1, y1 = max(x0 + 1, int(np.ceil(area.x1))), max(y0 + 1, int(np.ceil(area.y1)))
    out = np.full((y1 - y0, x1 - x0), 255, dtype=np.uint8)
    rows = max(64, _STRIP_PIXELS // (x1 - x0))
    matrix = pymupdf.Matrix(zoom, zoom)
    strips = [(top, min(y1, top + rows)) for top in range(y0, y1, rows)]
    source = page if len(strips) == 1 else page.get_displaylist()
    for top, bottom in strips:
        # The clip is given in points; half a pixel inwards keeps rounding from adding a row.
        points = pymupdf.Rect(
            (x0 + 0.25) / zoom, (top + 0.25) / zoom, (x1 - 0.25) / zoom, (bottom - 0.25) / zoom
        )
        if source is page:
            pixmap = page.get_pixmap(
                matrix=matrix, colorspace=pymupdf.csGRAY, clip=points, alpha=False
            )
        else:
            pixmap = source.get_pixmap(
                matrix=matrix, colorspace=pymupdf.csGRAY, clip=points, alpha=False
            )
        _paste(out, pixmap, x0, y0)
    return out


def _paste(out: Gray, pixmap: pymupdf.Pixmap, x0: int, y0: int) -> None:
    drawn = np.frombuffer(pixmap.samples_mv, dtype=np.uint8)
    drawn = drawn.reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    left, top = max(pixmap.x, x0), max(pixmap.y, y0)
    right = min(pixmap.x + pixmap.width, x0 + out.shape[1])
    bottom = min(pixmap.y + pixmap.height, y0 + out.shape[0])
    if right > left and bottom > top:
        out[top - y0 : bottom - y0, left - x0 : right - x0] = drawn[
            top - pixmap.y : bottom - pixmap.y, left - pixmap.x : right - pixmap.x
        ]


def render(ref: PageRef, options: Options, dpi: int = 0, clip: Rect | None = None) -> Scan:
    """A PDF page as a Scan.

    `dpi` 0 renders a scanned page at the resolution of its own image and any other page at
    options.dpi or 300. `clip` is a part of the page in pixels at that resolution. The pixel
    limit holds for the whole page. Raises InputMissing, InputUnreadable (nothing is left on the
    page of a broken file, too), InputEncrypted or InputTooLarge.
    """
    with opened_page(ref) as page:
        own = native_dpi(page) if not dpi else 0
        drawn_at = dpi or own or options.dpi or 300
        zoom = drawn_at / POINTS_PER_INCH
        width, height = round(page.rect.width * zoom), round(page.rect.height * zoom)
        if width * height > options.max_pixels:
            raise complaints.too_many_pixels(ref.label, width, height, options.max_pixels)
        pixels = render_page(page, drawn_at, clip)
        if page.parent.is_repaired and int(np.ptp(pixels)) == 0:
            # What was cut off with the end of the file; a page left empty is not repaired.
            raise complaints.damaged(ref.label, "PDF")
    if not own:
        return Scan(pixels, drawn_at, ref.source, (Step("render", f"{drawn_at} dpi"),))
    # A scan put in a PDF at 72 dpi says nothing true of its size: believe it as a picture.
    believed, step, guessed = choose(width, height, float(own), options.dpi)
    steps = (Step("render", f"own resolution {own} dpi"), step)
    return Scan(pixels, believed, ref.source, steps, guessed)
