"""Profiles of titles: what is known of a newspaper before a page of it is read.

titles/<slug>.toml, in the archive or beside it; docs/archive.md describes the fields.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from rapidfuzz.distance import Levenshtein

from ..errors import DataInvalid
from ..model import Issue
from . import places
from .settings import invalid
from .store import Store

_SLUG = re.compile(r"[^\x00-\x1f/\\]+")


@dataclass(frozen=True, slots=True)
class Profile:
    """`names`: the title and how else it is printed or misread; `days`: weekdays it appears on,
    0 Monday to 6 Sunday; `pages`: usual numbers of pages, empty: any; `first`: an issue whose
    number is known, (date, number); `skips`: days in the year without an issue, "MM-DD" or
    "YYYY-MM-DD"; `options`: of the engine."""

    slug: str
    name: str
    names: tuple[str, ...] = ()
    cn: str = ""
    issn: str = ""
    days: tuple[int, ...] = (0, 1, 2, 3, 4, 5, 6)
    pages: tuple[int, ...] = ()
    direction: str = ""
    languages: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    skips: tuple[str, ...] = ()
    numbered: bool = True
    options: Mapping[str, Any] | None = None


def load_profiles(store: Store) -> tuple[Profile, ...]:
    """The profiles of an archive by slug. Raises DataInvalid, naming file and place."""
    found: list[Profile] = []
    for name in store.names(places.TITLES):
        if name.endswith(".toml") and not name.startswith("."):
            key = f"{places.TITLES}/{name}"
            found.append(read_profile(store.read(key), name.removesuffix(".toml"), key))
    return tuple(found)


def read_profile(data: bytes, slug: str, name: str) -> Profile:
    """One profile. Raises DataInvalid."""
    try:
        value = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise invalid(name, "", str(error)) from error
    if not _SLUG.fullmatch(slug) or not places.is_title(slug):
        raise invalid(name, "", "its file name cannot be a folder's name")
    kinds: dict[str, tuple[type, ...]] = {
        "name": (str,), "names": (list,), "cn": (str,), "issn": (str,), "days": (list,),
        "pages": (list, int), "direction": (str,), "languages": (list,), "since": (str,),
        "until": (str,), "skips": (list,), "numbered": (bool,), "options": (dict,),
    }  # fmt: skip
    for key, given in value.items():
        if key not in kinds:
            raise invalid(name, key, "not known")
        if not isinstance(given, kinds[key]):
            raise invalid(name, key, "of the wrong kind")
    if not value.get("name"):
        raise invalid(name, "name", "missing")
    pages = value.get("pages", [])
    try:
        return Profile(
            slug=slug,
            name=value["name"],
            names=_texts(value.get("names", [])),
            cn=value.get("cn", ""),
            issn=value.get("issn", ""),
            days=tuple(_day(day) for day in value.get("days", range(7))),
            pages=(pages,) if isinstance(pages, int) else tuple(int(n) for n in pages),
            direction=value.get("direction", ""),
            languages=_texts(value.get("languages", [])),
            since=value.get("since", ""),
            until=value.get("until", ""),
            skips=_texts(value.get("skips", [])),
            numbered=value.get("numbered", True),
            options=value.get("options"),
        )
    except (ValueError, TypeError) as error:
        raise invalid(name, "", str(error)) from error


def _texts(value: Any) -> tuple[str, ...]:
    if not all(isinstance(item, str) for item in value):
        raise ValueError("a list of texts is meant")
    return tuple(value)


_DAYS = {
    **{name: n for n, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))},
    **{name: n for n, name in enumerate("一二三四五六日")},
    "天": 6,
}


def _day(value: Any) -> int:
    if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 6:
        return value
    text = str(value).strip().lower().removeprefix("星期").removeprefix("周")
    day = _DAYS.get(text[:3] if text.isascii() else text)
    if day is None:
        raise ValueError(f"{value!r} is no day of the week")
    return day


def match_profile(profiles: Sequence[Profile], issue: Issue) -> Profile | None:
    """The profile an issue belongs to: by CN or ISSN, by name, else by a name that is nearly the
    same (one character in four misread) and like no other profile's."""
    masthead = issue.masthead
    for profile in profiles:
        if masthead.cn and _code(masthead.cn) == _code(profile.cn):
            return profile
        if masthead.issn and _code(masthead.issn) == _code(profile.issn):
            return profile
    title = _plain(issue.title or masthead.title)
    if not title:
        return None
    near: list[tuple[float, Profile]] = []
    for profile in profiles:
        names = [_plain(name) for name in (profile.name, *profile.names)]
        if title in names:
            return profile
        near.append((min(Levenshtein.normalized_distance(title, name) for name in names), profile))
    close = [profile for distance, profile in near if distance <= 0.25]
    return close[0] if len(close) == 1 else None


def slug_and_name(profiles: Sequence[Profile], issue: Issue) -> tuple[str, str]:
    """The folder and the name of the issue's title."""
    profile = match_profile(profiles, issue)
    if profile is not None:
        return profile.slug, profile.name
    title = "".join((issue.title or issue.masthead.title).split())
    return places.slug_of(title), title


_NAME_DATE = re.compile(
    r"(?<!\d)(?P<y>(?:18|19|20)\d\d)(?P<sep>[-_./年]?)(?P<m>\d{1,2})(?:[-_./月]?)(?P<d>\d{1,2})"
    r"(?!\d)"
)


def date_in(name: str) -> str:
    """The date a file or folder name gives, YYYY-MM-DD; empty when it gives none.

    "2023-12-08_A01", "rb20231208", "2023年12月8日".
    """
    for match in _NAME_DATE.finditer(name):
        solid = not match["sep"]
        if solid and len(match["m"] + match["d"]) != 4:
            continue
        try:
            return dt.date(int(match["y"]), int(match["m"]), int(match["d"])).isoformat()
        except ValueError:
            continue
    return ""


def sharpen(issue: Issue, profile: Profile | None, name: str) -> Issue:
    """The masthead with what the title's profile knows: the name as it is, numbers misread in
    one or two places; and where no date could be read, the one in the delivery's name."""
    masthead, warnings = issue.masthead, list(issue.warnings)
    if not masthead.date and (date := date_in(name)):
        masthead = replace(masthead, date=date)
        warnings.append(f"the date could not be read; {date} is from the name {name}")
    if profile is not None:
        if masthead.title != profile.name:
            if masthead.title and masthead.title not in profile.names:
                warnings.append(f"the title was read as {masthead.title}")
            masthead = replace(masthead, title=profile.name)
        for field in ("cn", "issn"):
            known, seen = getattr(profile, field), getattr(masthead, field)
            near = seen and Levenshtein.distance(_code(seen), _code(known)) <= 2
            if known and seen != known and near:
                warnings.append(f"the {field.upper()} was read as {seen}")
                masthead = replace(masthead, **{field: known})
    title = masthead.title if profile else issue.title
    return replace(issue, title=title, masthead=masthead, warnings=tuple(warnings))


def _plain(text: str) -> str:
    return "".join(text.split()).casefold()


def _code(text: str) -> str:
    return re.sub(r"[^0-9A-Z]", "", text.upper())


__all__ = [
    "DataInvalid", "Profile", "date_in", "load_profiles", "match_profile", "read_profile",
    "sharpen", "slug_and_name",
]  # fmt: skip
