"""Image files -> Scan: grey, upright, with a resolution that can be believed."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import cv2
import numpy as np
from PIL import (
    BmpImagePlugin,
    Image,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from ..errors import DigitiseError
from ..model import Gray, Scan, Step
from ..options import Options
from . import complaints
from .inputs import PageRef, read_bytes
from .quiet import native_silence
from .resolution import choose, is_plausible

# Only formats that newspapers come in: every other decoder stays shut to hostile files.
FORMATS = ("JPEG", "PNG", "TIFF", "JPEG2000", "WEBP", "BMP")
# Image.open with a list of formats only knows those whose module has been imported.
_PLUGINS = (
    BmpImagePlugin,
    Jpeg2KImagePlugin,
    JpegImagePlugin,
    PngImagePlugin,
    TiffImagePlugin,
    WebPImagePlugin,
)
MAX_FRAMES = 2_000
_EXIF_X, _EXIF_Y, _EXIF_UNIT = 0x011A, 0x011B, 0x0128
# What Pillow and its decoders have been seen to raise on damaged files.
_FAILURES = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    EOFError,
    OverflowError,
    ZeroDivisionError,
    RuntimeError,
    AssertionError,
)


@contextmanager
def opened_image(ref: PageRef) -> Iterator[Image.Image]:
    """The picture with only its header read. Raises InputMissing, InputUnreadable, …"""
    source = io.BytesIO(read_bytes(ref)) if ref.member else ref.path
    if not ref.member:
        if not ref.path.exists():
            raise complaints.missing(ref.label)
        if ref.path.is_file() and not ref.path.stat().st_size:
            raise complaints.empty(ref.label)
    limit = Image.MAX_IMAGE_PIXELS
    try:
        # Our own limit is checked against the header; Pillow's would refuse honest pages.
        Image.MAX_IMAGE_PIXELS = None
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with native_silence(), Image.open(source, formats=FORMATS) as image:
                yield image
    except DigitiseError:
        raise
    except UnidentifiedImageError as error:
        raise complaints.damaged(ref.label, "image") from error
    except MemoryError as error:
        raise complaints.damaged(ref.label, "image") from error
    except _FAILURES as error:
        raise complaints.damaged(ref.label, "image") from error
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def frame_count(ref: PageRef) -> int:
    """How many pages the file holds: frames of a TIFF, else 1. Raises as load_image."""
    with opened_image(ref) as image:
        if image.format != "TIFF":
            return 1
        # Count by hand, bounded: a chain of directories may be made endless.
        count = 0
        while count < MAX_FRAMES:
            try:
                image.seek(count)
            except EOFError:
                break
            except _FAILURES:
                # A later frame that cannot be reached is one page that fails on its own.
                count += 1
                break
            count += 1
        return max(1, count)


def load_image(ref: PageRef, options: Options) -> Scan:
    """The page as (height, width) uint8 grey, upright by its EXIF orientation.

    The pixel limit is checked against the header before anything is decoded. `Scan.steps` says
    where the resolution comes from. Raises InputMissing, InputUnreadable, InputEncrypted (ZIP)
    or InputTooLarge.
    """
    with opened_image(ref) as image:
        if ref.index:
            image.seek(ref.index)
        width, height = image.size
        if width < 1 or height < 1:
            raise complaints.damaged(ref.label, "image")
        if width * height > options.max_pixels:
            raise complaints.too_many_pixels(ref.label, width, height, options.max_pixels)
        stated = _stated_dpi(image)
        orientation = _orientation(image)
        pixels = _grey(image, ref)
    pixels, steps, stated = _square(pixels, stated)
    pixels, turned = _upright(pixels, orientation)
    steps += turned
    dpi, step, guessed = choose(pixels.shape[1], pixels.shape[0], max(stated), options.dpi)
    return Scan(pixels, dpi, ref.source, (step, *steps), guessed)


def _orientation(image: Image.Image) -> int:
    try:
        value = int(image.getexif().get(0x0112, 1))
    except _FAILURES:
        return 1
    # Pillow already turns TIFF pixels by that tag while loading.
    return value if image.format != "TIFF" and 1 <= value <= 8 else 1


def _upright(pixels: Gray, orientation: int) -> tuple[Gray, tuple[Step, ...]]:
    """The picture turned as EXIF orientation 2..8 asks (Exif 2.3, 4.6.4)."""
    if orientation == 1:
        return pixels, ()
    if orientation >= 5:
        pixels = pixels.T
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1, :]
    return np.ascontiguousarray(pixels), (Step("orientation", f"EXIF {orientation}"),)


def _stated_dpi(image: Image.Image) -> tuple[float, float]:
    """What the file says of its resolution, across and down; zeros when it says nothing."""
    pair = image.info.get("dpi")
    if pair is None:
        try:
            exif = image.getexif()
            factor = 2.54 if exif.get(_EXIF_UNIT, 2) == 3 else 1.0
            pair = (exif.get(_EXIF_X, 0) * factor, exif.get(_EXIF_Y, 0) * factor)
        except _FAILURES:
            return 0.0, 0.0
    try:
        x, y = (float(Fraction(v) if isinstance(v, int) else v) for v in pair)
    except _FAILURES:
        return 0.0, 0.0
    if not (0 < x < 100_000 and 0 < y < 100_000):  # also refuses nan and inf
        return 0.0, 0.0
    return x, y


def _grey(image: Image.Image, ref: PageRef) -> Gray:
    """Pixels as uint8 grey, whatever the mode; alpha over white; one copy at a time."""
    if image.format in ("JPEG", "MPO") and image.mode in ("RGB", "YCbCr"):
        # The decoder then gives luma alone: a third of the memory.
        image.draft("L", image.size)
    opaque = "transparency" not in image.info
    if image.format in ("PNG", "BMP") and image.mode == "RGB" and opaque:
        direct = _decode_large(image, ref)
        if direct is not None:
            return direct
    image.load()
    mode = image.mode
    if mode == "L":
        return np.array(image, dtype=np.uint8)
    if mode == "1":
        return np.array(image.convert("L"), dtype=np.uint8)
    if mode.startswith("I") or mode == "F":
        return _narrow(np.asarray(image))
    if mode in ("LA", "La", "PA", "RGBA", "RGBa") or "transparency" in image.info:
        return _over_white(image)
    return np.array(image.convert("L"), dtype=np.uint8)


def _decode_large(image: Image.Image, ref: PageRef) -> Gray | None:
    """A big colour PNG or BMP decoded straight to grey; None to leave it to Pillow."""
    width, height = image.size
    if width * height < 50_000_000 or ref.member or width * height >= 1 << 30:
        return None
    data = np.fromfile(ref.path, dtype=np.uint8)
    try:
        decoded = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error:
        return None
    if decoded is None or decoded.shape != (height, width) or decoded.dtype != np.uint8:
        return None
    return np.asarray(decoded, dtype=np.uint8)


def _narrow(values: np.ndarray) -> Gray:
    """16- and 32-bit samples to 8 bits, strip by strip so that no wide copy is made."""
    if values.ndim != 2 or not values.size:
        raise ValueError("not a plane of samples")
    if values.dtype.kind == "f":
        finite = values[np.isfinite(values)]
        top = float(finite.max()) if finite.size else 1.0
        white = 1.0 if top <= 1.0 else 255.0 if top <= 255.0 else 65535.0
    else:
        top = float(values.max())
        white = 255.0 if top <= 255 else 4095.0 if top <= 4095 else 65535.0
        white = white if top <= white else top
    out = np.empty(values.shape, dtype=np.uint8)
    for y in range(0, values.shape[0], 256):
        strip = values[y : y + 256].astype(np.float32)
        np.nan_to_num(strip, copy=False)
        np.clip(strip * (255.0 / white) + 0.5, 0, 255, out=strip)
        out[y : y + 256] = strip.astype(np.uint8)
    return out


def _over_white(image: Image.Image) -> Gray:
    """Grey of a picture with transparency laid on white paper, strip by strip."""
    width, height = image.size
    out = np.empty((height, width), dtype=np.uint8)
    for y in range(0, height, 512):
        strip = image.crop((0, y, width, min(height, y + 512)))
        strip.info = dict(image.info)
        pair = strip.convert("RGBA").convert("LA")
        array = np.asarray(pair)
        grey = array[..., 0].astype(np.uint16)
        alpha = array[..., 1].astype(np.uint16)
        out[y : y + 512] = ((grey * alpha + 255 * (255 - alpha) + 127) // 255).astype(np.uint8)
    return out


def _square(
    pixels: Gray, stated: tuple[float, float]
) -> tuple[Gray, tuple[Step, ...], tuple[float, float]]:
    """Fax-like pictures (204 x 98 dpi) brought to square pixels at the finer resolution."""
    x, y = stated
    height, width = pixels.shape
    if x <= 0 or y <= 0 or abs(x / y - 1) < 0.03 or not 1 / 4 <= x / y <= 4:
        return pixels, (), stated
    fine = max(x, y)
    if not is_plausible(round(width * fine / x), round(height * fine / y), fine):
        return pixels, (), stated
    size = (max(1, round(width * fine / x)), max(1, round(height * fine / y)))
    stretched = cv2.resize(pixels, size, interpolation=cv2.INTER_LINEAR)
    step = Step("square pixels", f"{x:g} x {y:g} dpi brought to {fine:g}")
    return np.asarray(stretched, dtype=np.uint8), (step,), (fine, fine)
