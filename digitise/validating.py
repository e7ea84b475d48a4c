"""Exports on the disk -> what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from .errors import DigitiseError, InputMissing, InputUnreadable
from .exporting import issue_files
from .formats.exports.checks import Finding, Package, check_package
from .formats.exports.checks.issuechecks import check_source
from .formats.exports.checks.pdfa import check_pdfa
from .formats.exports.checks.sameness import check_pdf
from .formats.exports.checks.schemas import Schemas
from .formats.exports.checks.threads import check_threads
from .formats.issue_json import load_issue
from .model import Issue
from .sources.pdftext import page_characters, page_texts

SCHEMAS = "DIGITISE_SCHEMAS"
_PACKED = frozenset({"mets.xml", "issue.pdf", "issue.tei.xml", "issue.hocr.html", "issue.json"})
_PDFS = frozenset({"issue.pdf", "issue-a.pdf"})
_ARCHIVAL = "issue-a.pdf"
_FOLDERS = ("alto", "alto-4.2", "alto-3.1", "page", "bag", "iiif")


@dataclass(frozen=True, slots=True)
class Verdict:
    """One package. `compared`: whether the issue it is of was at hand; `lacking`: schemas that
    were not; `documents`: how many were looked at, by kind."""

    place: Path
    findings: tuple[Finding, ...] = ()
    documents: Mapping[str, int] = field(default_factory=dict)
    compared: bool = False
    lacking: tuple[str, ...] = ()
    error: DigitiseError | None = None


def validate(
    places: Sequence[Path],
    *,
    issues: Sequence[Path] = (),
    schemas: Path | None = None,
    progress: Callable[[Verdict], None] | None = None,
) -> list[Verdict]:
    """Checks exports: folders of one issue each, folders of such folders, or files.

    `issues` are output folders of `digitise run` or issue.json files; an export is compared with
    the one of its name, or the only one. Without any, an issue.json beside or above the export
    is taken. `schemas` is a folder with XSDs: without it documents are only checked by what no
    schema says. Raises InputMissing when there is nothing at a place, or no such folder.
    """
    if schemas is not None and not schemas.is_dir():
        raise InputMissing(
            (f"{schemas}: no such folder of schemas.", f"{schemas}：没有这个模式文件夹。"),
            ("Name the folder that holds the XSD files.", "请指明存放 XSD 文件的文件夹。"),
        )
    given = [path for place in issues for path in issue_files(place)]
    known = {path.parent.name: path for path in given}
    results: list[Verdict] = []
    compiled = Schemas(schemas)
    for place in (root for p in places for root in _roots(p)):
        try:
            source = _issue_of(place, known, given)
            issue = load_issue(source.read_bytes(), str(source)) if source else None
            verdict = _validate(place, issue, source, compiled)
        except DigitiseError as error:
            verdict = Verdict(place, error=error)
        except OSError as error:
            verdict = Verdict(place, error=_missing(place))
            assert verdict.error is not None
            verdict.error.__cause__ = error
        results.append(verdict)
        if progress is not None:
            progress(verdict)
    return results


def _roots(place: Path) -> Iterator[Path]:
    """The packages at `place`."""
    if place.is_file():
        yield place
        return
    if not place.is_dir():
        raise _missing(place)
    if _is_package(place):
        yield place
        return
    inner = sorted(path for path in place.iterdir() if path.is_dir())
    found = [path for path in inner if _is_package(path)]
    yield from found or [place]


def _is_package(folder: Path) -> bool:
    if any((folder / name).is_file() for name in _PACKED):
        return True
    if any((folder / name).is_dir() for name in _FOLDERS):
        return True
    return any(path.suffix.lower() == ".xml" for path in folder.iterdir() if path.is_file())


def _issue_of(place: Path, known: Mapping[str, Path], given: Sequence[Path]) -> Path | None:
    folder = place if place.is_dir() else place.parent
    if given:
        return known.get(folder.name) or (given[0] if len(given) == 1 else None)
    for above in (folder, folder.parent):
        if (above / "issue.json").is_file():
            return above / "issue.json"
    return None


def _validate(place: Path, issue: Issue | None, source: Path | None, schemas: Schemas) -> Verdict:
    folder = place if place.is_dir() else place.parent
    only = "" if place.is_dir() else place.name
    paths = sorted(folder.rglob("*"))
    names = tuple(
        name
        for path in paths
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        and (name := path.relative_to(folder).as_posix())
    )
    package = Package(names, lambda name: (folder / name).read_bytes(), issue, only)
    findings: list[Finding] = []
    documents: dict[str, int] = {}
    if issue is not None and source is not None and source.parent == folder:
        findings += check_source(issue, "issue.json")
        documents["issue"] = 1
    checked = check_package(package, schemas)
    findings += checked.findings
    documents |= checked.documents
    for name in (only,) if only else names:
        inside, _, base = name.rpartition("/")
        if base == _ARCHIVAL:
            findings += check_pdfa((folder / name).read_bytes(), name)
            documents["pdfa"] = documents.get("pdfa", 0) + 1
        ours = base in _PDFS and inside.rpartition("/")[2] in ("", "data")
        if issue is not None and ours:
            findings += check_pdf(page_texts(folder / name), issue, name)
            data = (folder / name).read_bytes()
            findings += check_threads(data, page_characters(folder / name), issue, name)
            documents["pdf"] = documents.get("pdf", 0) + 1
    if not documents:
        raise InputUnreadable(
            (
                f"{place}: holds nothing that can be checked.",
                f"{place}：其中没有可以检查的内容。",
            ),
            (
                "Give a folder that digitise export wrote, or one of its files.",
                "请给出 digitise export 写出的文件夹或其中的文件。",
            ),
        )
    return Verdict(
        place, tuple(findings), documents, issue is not None, tuple(sorted(schemas.lacking))
    )


def _missing(place: Path) -> InputMissing:
    return InputMissing(
        (f"{place}: no such file or folder.", f"{place}：没有这个文件或文件夹。"),
        ("Check the path and its spelling.", "请检查路径和文件名。"),
    )


def exit_code(results: Sequence[Verdict]) -> int:
    """0: nothing is wrong; 13: something is; the error's own code when nothing could be read."""
    errors = [result.error for result in results if result.error is not None]
    if errors and len(errors) == len(results):
        return errors[0].exit_code
    return 13 if errors or any(result.findings for result in results) else 0
