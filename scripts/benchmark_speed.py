"""How long a page takes, against RapidOCR's own call on the whole page, and how much memory.

    python scripts/benchmark_speed.py                     # a page made for the purpose
    python scripts/benchmark_speed.py SCAN.jpg PAGE.pdf   # pages of your own
    python scripts/benchmark_speed.py SCAN.jpg --large    # memory for 10,000 x 14,000 pixels

Both ways run in turn on the same array, the same inference library and the same threads.
RapidOCR's cap on the page size and on the number of lines is lifted, which is what it needs to
read a newspaper page at all. Memory is the peak of a fresh process that reads one page.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[1])]

from digitise.model import Scan  # noqa: E402
from digitise.ocr.engine import Engine  # noqa: E402
from digitise.ocr.rapid import RapidEngine  # noqa: E402
from digitise.ocr.session import backends  # noqa: E402
from digitise.options import Options  # noqa: E402

Timed = tuple[float, float]  # seconds by the clock, seconds of processor


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pages", type=Path, nargs="*", help="a scan and a born-digital PDF")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=0, help="0: every core")
    parser.add_argument(
        "--large", action="store_true", help="only the memory for SCAN enlarged, and repeated"
    )
    parser.add_argument("--memory-of", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.memory_of:
        _read(options.memory_of, options.threads)
        print(_peak())
        return 0
    with tempfile.TemporaryDirectory() as folder:
        scan, pdf = _pages(options.pages, Path(folder))
        if options.large and scan is not None:
            for name, large in _large(scan, Path(folder)):
                print(f"{'peak memory, ' + name:<34}{_memory(large, options.threads):>9} MB")
            return 0
        if scan is not None:
            _compare(scan, options.rounds, options.threads)
        if pdf is not None:
            _born_digital(pdf, options.rounds)
        for page in (scan, pdf):
            if page is not None:
                print(
                    f"{'peak memory, ' + page.suffix[1:]:<34}{_memory(page, options.threads):>9} MB"
                )
    return 0


def _pages(given: Sequence[Path], folder: Path) -> tuple[Path | None, Path | None]:
    if given:
        scans = [p for p in given if p.suffix.lower() != ".pdf"]
        pdfs = [p for p in given if p.suffix.lower() == ".pdf"]
        return (scans[0] if scans else None), (pdfs[0] if pdfs else None)
    import make_samples  # type: ignore[import-not-found, unused-ignore]

    make_samples.make_random(1, 1, folder, True, 1)
    return next(folder.glob("*-scan/*.jpg")), next(folder.glob("*/issue.pdf"))


def _large(scan: Path, folder: Path) -> Iterator[tuple[str, Path]]:
    """A page of 10,000 x 14,000 pixels, once with the scan enlarged, as of 600 dpi and more, once
    with the scan repeated over it, as of 300 dpi and a sheet of many lines."""
    import cv2
    import numpy as np

    width, height = 10_000, 14_000
    pixels = cv2.imread(str(scan), cv2.IMREAD_GRAYSCALE)
    if pixels is None:
        raise SystemExit(f"{scan} is no picture")
    times = -(-height // pixels.shape[0]), -(-width // pixels.shape[1])
    for name in ("enlarged", "repeated"):
        if name == "enlarged":
            page = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)
        else:
            page = np.tile(pixels, times)[:height, :width]
        path = folder / f"{name}.png"
        cv2.imwrite(str(path), page, [cv2.IMWRITE_PNG_COMPRESSION, 1])
        yield name, path


def _compare(page: Path, rounds: int, threads: int) -> None:
    import numpy as np

    from digitise.sources import load_scan

    ref = _first(page)
    scan = load_scan(ref, Options())
    engine = RapidEngine(threads)
    whole = _rapidocr(threads)
    picture = np.repeat(scan.pixels[:, :, None], 3, axis=2)
    ours: list[Timed] = []
    theirs: list[Timed] = []
    counts = (0, 0)
    # The first round opens the models and is not counted.
    for turn in range(rounds + 1):
        mine, a = _time(lambda: _characters(scan, engine))
        other, b = _time(lambda: sum(len(t) for t in whole(picture).txts or ()))
        counts = (mine, other)
        if turn:
            ours.append(a)
            theirs.append(b)
    height, width = scan.pixels.shape
    print(f"{page.name}: {width} x {height} px, {scan.dpi} dpi, on {backends()[0]}")
    _row("digitise, whole scan to lines", ours, counts[0])
    _row("RapidOCR, whole page, caps lifted", theirs, counts[1])
    ratio = median(a[0] / b[0] for a, b in zip(ours, theirs, strict=True))
    work = median(a[1] / b[1] for a, b in zip(ours, theirs, strict=True))
    print(f"{'ratio, median of the rounds':<34}{ratio:>8.2f}x{work:>8.2f}x")


def _born_digital(pdf: Path, rounds: int) -> None:
    times = []
    for turn in range(rounds + 1):
        count, taken = _time(lambda: _read(pdf, 0))
        if turn:
            times.append(taken)
    _row("digitise, born-digital page", times, count)


def _row(name: str, times: list[Timed], characters: int) -> None:
    clock, work = median(t[0] for t in times), median(t[1] for t in times)
    print(f"{name:<34}{clock:>8.2f}s{work:>8.2f}s processor {characters:>7} characters")


def _memory(page: Path, threads: int) -> int:
    command = [sys.executable, __file__, "--memory-of", str(page), "--threads", str(threads)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return int(done.stdout.split()[-1]) // 1024


def _peak() -> int:
    """Peak of this process in KiB. Where /proc tells it, from there: what getrusage tells of a
    child may be its parent's, kept over the exec."""
    status = Path("/proc/self/status")
    if status.is_file():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1])
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak // 1024 if sys.platform == "darwin" else peak


def _first(page: Path) -> Any:
    from digitise.sources import expand

    return expand([page], Options())[0]


def _read(page: Path, threads: int) -> int:
    from digitise.pipeline import read_page

    return sum(len(line.text) for line in read_page(_first(page), Options(threads=threads)).lines)


def _characters(scan: Scan, engine: Engine) -> int:
    from digitise.ocr.reading import read_scan

    return sum(len(line.text) for line in read_scan(scan, engine, Options(), "p0001", 1).lines)


def _rapidocr(threads: int) -> Any:
    from rapidocr import EngineType, RapidOCR

    library = EngineType.OPENVINO if backends()[0] == "openvino" else EngineType.ONNXRUNTIME
    count = threads if threads > 0 else -1
    return RapidOCR(
        params={
            "Global.max_side_len": 100_000,
            "Global.log_level": "error",
            "Global.use_cls": False,
            "Det.max_candidates": 100_000,
            "Det.engine_type": library,
            "Rec.engine_type": library,
            "EngineConfig.openvino.inference_num_threads": count,
            "EngineConfig.onnxruntime.intra_op_num_threads": count,
        }
    )


def _time(call: Callable[[], int]) -> tuple[int, Timed]:
    clock, work = perf_counter(), process_time()
    value = call()
    return value, (perf_counter() - clock, process_time() - work)


if __name__ == "__main__":
    sys.exit(main())
