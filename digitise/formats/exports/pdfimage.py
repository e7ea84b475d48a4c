"""A page's picture in a PDF: JPEG, JPEG 2000 and G4 as they are, the rest made small."""

from __future__ import annotations

import io

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from PIL import Image

from .bundle import PageImage

# What is neither black and white nor compressed for viewing already becomes a JPEG of this quality.
QUALITY = 85
_REVERSED = bytes(int(f"{b:08b}"[::-1], 2) for b in range(256))
_SPACES = {"L": Name.DeviceGray, "RGB": Name.DeviceRGB, "CMYK": Name.DeviceCMYK}
# Tags of TIFF 6.0.
_COMPRESSION, _PHOTOMETRIC, _FILL_ORDER, _STRIPS, _COUNTS = 259, 262, 266, 273, 279
_GROUP_4, _BLACK_IS_ZERO, _LOW_BIT_FIRST = 4, 1, 2


def embed(pdf: Pdf, picture: PageImage, *, archival: bool) -> pikepdf.Object:
    """The picture as an image XObject. `archival`: in colours that a PDF/A for sRGB may have.

    Raises OSError or ValueError when it cannot be read.
    """
    data = picture.read()
    limit = Image.MAX_IMAGE_PIXELS
    try:
        # The pixel limit was checked when the page was read; Pillow's refuses honest pages.
        Image.MAX_IMAGE_PIXELS = None
        with Image.open(io.BytesIO(data)) as image:
            return pdf.make_indirect(_embedded(pdf, image, data, archival))
    finally:
        Image.MAX_IMAGE_PIXELS = limit


def _embedded(pdf: Pdf, image: Image.Image, data: bytes, archival: bool) -> Stream:
    if image.mode == "1":
        return _bilevel(pdf, image, data)
    allowed = ("L", "RGB") if archival else ("L", "RGB", "CMYK")
    if image.format in ("JPEG", "MPO") and image.mode in allowed:
        stream = _stream(pdf, image, data, Name.DCTDecode)
        if image.mode == "CMYK" and "adobe" in image.info:
            # Adobe's programs write such files with the inks inverted.
            stream.Decode = Array([1, 0] * 4)
        return stream
    if image.format == "JPEG2000" and data[4:8] == b"jP  " and image.mode in ("L", "RGB"):
        return _stream(pdf, image, data, Name.JPXDecode)
    if image.mode not in ("L", "RGB"):
        image = _opaque(image)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=QUALITY, optimize=True)
    return _stream(pdf, image, out.getvalue(), Name.DCTDecode)


def _opaque(image: Image.Image) -> Image.Image:
    """As 8-bit grey or colour, on white where it is transparent."""
    if image.mode.startswith(("I", "F")):
        low, high = image.getextrema()
        span = (float(high) - float(low)) or 1.0  # type: ignore[arg-type]
        return image.convert("F").point(lambda v: (v - float(low)) * 255 / span).convert("L")  # type: ignore[arg-type]
    if image.mode in ("LA", "PA", "RGBA", "RGBa", "La") or "transparency" in image.info:
        shown = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(paper, shown).convert("RGB")
    return image.convert("RGB")


def _stream(pdf: Pdf, image: Image.Image, data: bytes, filter_name: pikepdf.Object) -> Stream:
    stream = Stream(pdf, data)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace = _SPACES[image.mode]
    stream.BitsPerComponent = 8
    stream.Filter = filter_name
    return stream


def _bilevel(pdf: Pdf, image: Image.Image, data: bytes) -> Stream:
    """CCITT group 4 (ITU-T T.6): the strip of a TIFF as it is, or else coded anew, losslessly."""
    strip = _strip(image, data)
    if strip is None:
        out = io.BytesIO()
        height = image.size[1]
        image.save(out, "TIFF", compression="group4", tiffinfo={278: height})
        with Image.open(io.BytesIO(out.getvalue())) as again:
            strip = _strip(again, out.getvalue())
        if strip is None:  # pragma: no cover
            raise ValueError("the coder gave no single strip")
    coded, white_is_one = strip
    stream = Stream(pdf, coded)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = Name.DeviceGray, 1
    stream.Filter = Name.CCITTFaxDecode
    stream.DecodeParms = Dictionary(
        K=-1, Columns=image.size[0], Rows=image.size[1], BlackIs1=white_is_one
    )
    return stream


def _strip(image: Image.Image, data: bytes) -> tuple[bytes, bool] | None:
    """The one G4 strip of a TIFF, high bit first, and whether its ones are white; None where
    the file is another."""
    tags = getattr(image, "tag_v2", None)
    if image.format != "TIFF" or tags is None or tags.get(_COMPRESSION) != _GROUP_4:
        return None
    offsets, counts = tags.get(_STRIPS), tags.get(_COUNTS)
    if not offsets or not counts or len(offsets) != 1 or len(counts) != 1:
        return None
    coded = data[offsets[0] : offsets[0] + counts[0]]
    if tags.get(_FILL_ORDER, 1) == _LOW_BIT_FIRST:
        coded = coded.translate(_REVERSED)
    return coded, tags.get(_PHOTOMETRIC) == _BLACK_IS_ZERO
