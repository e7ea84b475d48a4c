"""Exports of the corrected state, made when they are asked for."""

from __future__ import annotations

import io
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from urllib.parse import quote

from starlette.responses import Response
from starlette.routing import Route

from .. import __version__
from ..archive import page_ref
from ..archive.corrections import lessons, training
from ..archive.corrections.compose import issue_of
from ..archive.corrections.journal import Held
from ..archive.store import sha256_of
from ..errors import DigitiseError
from ..formats.exports.bundle import Bundle, PageImage, SourceFile
from ..formats.exports.registry import FORMATS, produce
from ..formats.issue_json import dump_issue
from . import problems
from .calls import Call, route
from .pictures import jpeg, piece, png
from .problems import Problem

_MIME = {
    ".xml": "application/xml", ".pdf": "application/pdf", ".html": "text/html", ".json":
    "application/json", ".txt": "text/plain", ".csv": "text/csv", ".md": "text/markdown",
}  # fmt: skip
_EPOCH = (1980, 1, 1, 0, 0, 0)


def routes() -> list[Route]:
    return [
        route("GET", "/export/{issue}/training.zip", train, "correct"),
        route("GET", "/export/{issue}/{format}", export),
    ]


def export(call: Call) -> Any:
    name, wanted = call.path["issue"], call.path["format"]
    held = call.desk.journal.held(name)
    if wanted == "json":
        return download([("issue.json", dump_issue(issue_of(held.document)))], f"{name}.json")
    if wanted not in FORMATS:
        raise problems.unknown(wanted)
    with tempfile.TemporaryDirectory() as temporary:
        bundle = bundle_of(call, name, held, Path(temporary), FORMATS[wanted].images)
        try:
            files = list(produce(bundle, [wanted]))
        except (DigitiseError, MemoryError):
            raise
        except ImportError as error:
            raise Problem(
                501, "engine",
                (f"This format needs a package that is not installed: {error.name}.",
                 f"此格式需要尚未安装的软件包：{error.name}。"),
            ) from error  # fmt: skip
    return download(files, f"{name}-{wanted}")


def bundle_of(call: Call, name: str, held: Held, folder: Path, images: bool) -> Bundle:
    """All that an export draws on: the corrected issue, page images in `folder` where wanted."""
    issue = issue_of(held.document)
    pictures = {}
    if images:
        for page in issue.pages:
            if not page.error:
                pictures[page.id] = _image(call, name, held.version, page.id, page.dpi, folder)
    return Bundle(
        issue,
        pictures,
        _sources(call, name, held),
        corrected=bool(held.document.log),
        version=__version__,
    )


def _image(call: Call, name: str, version: int, page: str, dpi: int, folder: Path) -> PageImage:
    pixels = call.desk.pictures.page(name, version, page)
    path = folder / f"{page}.jpg"
    path.write_bytes(jpeg(pixels, 85))
    height, width = pixels.shape
    return PageImage(
        page, path, f"images/{page}.jpg", "image/jpeg", width, height, dpi, path.stat().st_size,
        sha256_of(path), rendered=True,
    )  # fmt: skip


def _sources(call: Call, name: str, held: Held) -> tuple[SourceFile, ...]:
    """The original files, each with the pages that were read from it."""
    found: dict[tuple[Path, str], list[tuple[str, int]]] = {}
    for page in held.document.machine.pages:
        try:
            ref = page_ref(call.desk.archive, name, page.id, held.version)
        except DigitiseError:
            continue
        found.setdefault((ref.path, ref.member), []).append((page.id, ref.index))
    return tuple(
        SourceFile(
            path, path.name, member, _MIME.get(path.suffix.lower(), "application/octet-stream"),
            path.stat().st_size, sha256_of(path), tuple(pages),
        )
        for (path, member), pages in found.items()
        if path.is_file()
    )  # fmt: skip


def train(call: Call) -> Any:
    name = call.path["issue"]
    held = call.desk.journal.held(name)

    def cut(page: str, box: Any) -> bytes:
        return png(piece(call.desk.pictures.page(name, held.version, page), box, 1.0))

    files = list(training.training_pairs(held.document, name, cut))
    rows: list[tuple[object, ...]] = [("read", "right", "count")]
    taught = lessons.of(held.document).confusions
    rows += [(a, b, n) for (a, b), n in taught.items()]
    files.append(("confusions.tsv", training.tsv(rows)))
    return download(files, f"{name}-training", always_zip=True)


def download(
    files: Iterable[tuple[str, bytes]], name: str, *, always_zip: bool = False
) -> Response:
    """One file as it is, several as a ZIP that has the same bytes for the same files."""
    given = sorted(files)
    if len(given) == 1 and not always_zip:
        path, data = given[0]
        suffix = Path(path).suffix
        kind = _MIME.get(suffix, "application/octet-stream")
        file = name if name.endswith(suffix) else name + suffix
        return _attachment(data, kind, file)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, data in given:
            archive.writestr(zipfile.ZipInfo(path, _EPOCH), data, zipfile.ZIP_DEFLATED)
    return _attachment(out.getvalue(), "application/zip", f"{name}.zip")


def _attachment(data: bytes, kind: str, name: str) -> Response:
    plain = name.encode("ascii", "ignore").decode().replace('"', "") or "export"
    headers = {
        "Content-Disposition": f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name)}",
        # Nothing in an export may run in this site's name, whatever it holds.
        "Content-Security-Policy": "sandbox; default-src 'none'",
    }
    return Response(data, media_type=kind, headers=headers)
