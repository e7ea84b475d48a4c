from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from digitise.errors import InputTooLarge, InputUnreadable
from digitise.model import Scan
from digitise.options import Options
from digitise.sources import expand, load_image
from digitise.sources.resolution import choose, estimate

from .conftest import picture


def load(path: Path, options: Options | None = None, page: int = 0) -> Scan:
    options = options or Options()
    return load_image(expand([path], options)[page], options)


def bar_is_dark(scan: Scan) -> bool:
    return scan.pixels[20, 50] < 40 and scan.pixels[200, 150] > 215


@pytest.mark.parametrize(
    ("name", "mode", "save"),
    [
        ("a.png", "L", {}),
        ("a.png", "1", {}),
        ("a.png", "P", {}),
        ("a.png", "RGB", {}),
        ("a.png", "RGBA", {}),
        ("a.png", "LA", {}),
        ("a.jpg", "L", {}),
        ("a.jpg", "RGB", {}),
        ("a.jpg", "CMYK", {}),
        ("a.tif", "1", {"compression": "group4"}),
        ("a.tif", "L", {"compression": "tiff_lzw"}),
        ("a.tif", "CMYK", {}),
        ("a.jp2", "L", {}),
        ("a.jp2", "RGB", {}),
        ("a.webp", "RGB", {"lossless": True}),
        ("a.bmp", "RGB", {}),
    ],
)
def test_every_kind_becomes_grey(
    tmp_path: Path, name: str, mode: str, save: dict[str, object]
) -> None:
    picture(mode=mode).save(tmp_path / name, **save)
    scan = load(tmp_path / name)
    assert scan.pixels.shape == (300, 200)
    assert scan.pixels.dtype == np.uint8
    assert bar_is_dark(scan)


@pytest.mark.parametrize("name", ["a.tif", "a.png"])
def test_sixteen_bits(tmp_path: Path, name: str) -> None:
    wide = np.asarray(picture()).astype(np.uint16) * 257
    Image.fromarray(wide).save(tmp_path / name)
    scan = load(tmp_path / name)
    assert bar_is_dark(scan)
    assert scan.pixels.max() == 255


def test_alpha_is_laid_on_white(tmp_path: Path) -> None:
    clear = Image.new("RGBA", (200, 300), (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), (20, 10, 91, 31))
    clear.save(tmp_path / "a.png")
    assert bar_is_dark(load(tmp_path / "a.png"))


def test_multi_page_bilevel_tiff(tmp_path: Path) -> None:
    first, second = picture(mode="1"), picture((250, 300), "1")
    first.save(
        tmp_path / "a.tif",
        save_all=True,
        append_images=[second],
        compression="group4",
        dpi=(300, 300),
    )
    assert load(tmp_path / "a.tif", page=0).pixels.shape == (300, 200)
    assert load(tmp_path / "a.tif", page=1).pixels.shape == (300, 250)


@pytest.mark.parametrize("orientation", range(1, 9))
def test_exif_orientation(tmp_path: Path, orientation: int) -> None:
    from PIL import ImageOps

    image = picture()
    exif = Image.Exif()
    exif[0x0112] = orientation
    image.save(tmp_path / "a.jpg", exif=exif, quality=95)
    with Image.open(tmp_path / "a.jpg") as stored:
        upright = np.asarray(ImageOps.exif_transpose(stored))
    assert np.array_equal(load(tmp_path / "a.jpg").pixels, upright)


def test_fax_pixels_are_made_square(tmp_path: Path) -> None:
    picture((1728, 1100), "1").save(tmp_path / "a.tif", dpi=(204, 98), compression="group4")
    scan = load(tmp_path / "a.tif")
    assert scan.pixels.shape == (round(1100 * 204 / 98), 1728)
    assert scan.dpi == 204


def test_resolution_is_read_checked_or_guessed(tmp_path: Path) -> None:
    page = Image.new("1", (4606, 6437), 1)
    page.save(tmp_path / "good.tif", dpi=(400, 400), compression="group4")
    page.save(tmp_path / "screen.tif", dpi=(72, 72), compression="group4")
    page.save(tmp_path / "none.png")
    assert load(tmp_path / "good.tif").dpi == 400
    assert load(tmp_path / "screen.tif").dpi == 300
    guessed = load(tmp_path / "none.png")
    assert guessed.dpi == 300 and guessed.guessed
    assert not load(tmp_path / "good.tif").guessed
    assert "estimated" in guessed.steps[0].detail
    assert load(tmp_path / "good.tif", Options(dpi=250)).dpi == 250


@given(st.integers(1, 20_000), st.integers(1, 20_000), st.floats(0, 1e6), st.integers(0, 1200))
def test_chosen_resolution_is_always_usable(
    width: int, height: int, stated: float, override: int
) -> None:
    dpi, step, guessed = choose(width, height, stated, override)
    assert dpi >= 1
    assert step.detail
    assert estimate(width, height)[0] == estimate(width, height)[0]
    if override:
        assert dpi == override
        assert not guessed


def bomb(path: Path, side: int) -> Path:
    """A PNG whose header promises side x side pixels and whose data are a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    body = zlib.compress(bytes(1000))
    path.write_bytes(
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", body) + chunk(b"IEND", b"")
    )
    return path


def test_bomb_is_refused_by_its_header(tmp_path: Path) -> None:
    with pytest.raises(InputTooLarge, match="40000 × 40000"):
        load(bomb(tmp_path / "a.png", 40_000))


def test_limit_is_the_options(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.png")
    assert load(tmp_path / "a.png", Options(max_pixels=60_000)).pixels.size == 60_000
    with pytest.raises(InputTooLarge):
        load(tmp_path / "a.png", Options(max_pixels=59_999))


@pytest.mark.parametrize("name", ["a.png", "a.jpg", "a.tif", "a.jp2", "a.webp", "a.bmp"])
def test_truncated(tmp_path: Path, name: str) -> None:
    noise = np.random.default_rng(1).integers(0, 256, (300, 200), dtype=np.uint8)
    buffer = io.BytesIO()
    kinds = {"jpg": "JPEG", "tif": "TIFF", "jp2": "JPEG2000"}
    suffix = name.split(".")[1]
    Image.fromarray(noise).save(buffer, kinds.get(suffix, suffix.upper()))
    (tmp_path / name).write_bytes(buffer.getvalue()[: len(buffer.getvalue()) // 2])
    with pytest.raises(InputUnreadable) as caught:
        load(tmp_path / name)
    assert name in caught.value.text("zh")


def test_one_pixel_is_loaded(tmp_path: Path) -> None:
    Image.new("L", (1, 1), 255).save(tmp_path / "a.png")
    assert load(tmp_path / "a.png").pixels.shape == (1, 1)


def test_other_formats_stay_shut(tmp_path: Path) -> None:
    picture().save(tmp_path / "a.gif")
    (tmp_path / "b.png").write_bytes((tmp_path / "a.gif").read_bytes())
    for name in ("a.gif", "b.png"):
        with pytest.raises(InputUnreadable):
            load(tmp_path / name)
