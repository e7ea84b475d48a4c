"""ZIP files read in memory and in bounds; nothing is ever unpacked to disk."""

from __future__ import annotations

import zipfile
import zlib
from pathlib import Path, PurePosixPath

from ..errors import DigitiseError
from . import complaints

MAX_MEMBERS = 20_000
MAX_MEMBER_BYTES = 768 << 20
_ENCRYPTED = 0x1
_UTF8 = 0x800


def shown_name(info: zipfile.ZipInfo) -> str:
    """The member's name as its maker wrote it: old Chinese ZIP programs write GBK, unflagged."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def is_safe(name: str) -> bool:
    """False for absolute names and names that climb out of the archive."""
    pure = PurePosixPath(name.replace("\\", "/"))
    drive = len(name) > 1 and name[1] == ":"
    return not (pure.is_absolute() or drive or ".." in pure.parts or "\0" in name)


def members(path: Path) -> tuple[zipfile.ZipInfo, ...]:
    """The files of an archive that are safe to name, in stored order.

    Raises InputUnreadable when it is no ZIP, InputTooLarge when it has too many members.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OverflowError) as error:
        raise complaints.damaged(str(path), "ZIP") from error
    except OSError as error:
        raise complaints.unreadable(str(path)) from error
    if len(infos) > MAX_MEMBERS:
        raise complaints.too_many_pages(str(path), MAX_MEMBERS)
    return tuple(i for i in infos if not i.is_dir() and is_safe(shown_name(i)))


def read_member(path: Path, name: str, label: str) -> bytes:
    """The bytes of one member, never more than MAX_MEMBER_BYTES.

    Raises InputMissing, InputUnreadable, InputEncrypted or InputTooLarge.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(name)
            if info.flag_bits & _ENCRYPTED:
                raise complaints.encrypted(label, "ZIP")
            if info.file_size > MAX_MEMBER_BYTES:
                raise complaints.too_many_bytes(label, MAX_MEMBER_BYTES)
            with archive.open(info) as stream:
                # The declared size may lie: read one byte more than allowed, never all.
                data = stream.read(MAX_MEMBER_BYTES + 1)
    except DigitiseError:
        raise
    except FileNotFoundError as error:
        raise complaints.missing(str(path)) from error
    except KeyError as error:
        raise complaints.missing(label) from error
    except MemoryError as error:
        raise complaints.too_many_bytes(label, MAX_MEMBER_BYTES) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
        RuntimeError,
        ValueError,
        OverflowError,
        OSError,
    ) as error:
        raise complaints.damaged(label, "ZIP") from error
    if len(data) > MAX_MEMBER_BYTES:
        raise complaints.too_many_bytes(label, MAX_MEMBER_BYTES)
    return data
