"""BagIt (RFC 8493): the manifests against the files."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from urllib.parse import unquote

from .findings import Finding, Package, found

_MANIFEST = re.compile(
    r"(?P<base>.*/)?(?P<tag>tag)?manifest-(?P<kind>md5|sha1|sha256|sha512)\.txt$"
)


def check_bags(package: Package) -> Iterator[Finding]:
    """Each file listed is there unchanged; each file in data/ is listed."""
    for name in package.names:
        match = _MANIFEST.fullmatch(name)
        base = (match.group("base") or "") if match else ""
        if match is None or not package.has(f"{base}bagit.txt"):
            continue
        listed: set[str] = set()
        for line in package.read(name).decode("utf-8", "replace").splitlines():
            digest, _, path = line.partition(" ")
            path = unquote(path.strip().lstrip("*"))
            listed.add(path)
            if not package.has(base + path):
                yield found("file-missing", name, path, "the file is not there", "文件不存在")
                continue
            data = package.read(base + path)
            real = hashlib.new(match.group("kind"), data, usedforsecurity=False).hexdigest()
            if real != digest.lower():
                yield found("checksum", name, path, "the checksum differs", "校验和不符")
        payload = [n.removeprefix(base) for n in package.names if n.startswith(f"{base}data/")]
        for path in payload if not match.group("tag") else ():
            if path not in listed:
                yield found(
                    "file-unlisted", name, path, "the file is in no manifest", "文件未列入清单"
                )
