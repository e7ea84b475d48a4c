"""What the METS profiles call things."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from .bundle import MetsProfile


@dataclass(frozen=True, slots=True)
class Names:
    """`kinds` of articles and `roles` of their regions as TYPE of a logical div; `groups` and
    `uses` of files; `above`: divs round the issue; `articles`: whether there are any."""

    type: str
    profile: str
    physical: str
    page: str
    issue_mods: str
    article_mods: str
    kinds: Mapping[str, str]
    roles: Mapping[str, str]
    groups: Mapping[str, str]
    uses: Mapping[str, str]
    above: tuple[str, ...] = ()
    articles: bool = True


_KINDS = {
    "article": "ARTICLE",
    "advertisement": "ADVERTISEMENT",
    "notice": "NOTICE",
    "index": "INDEX",
    "table": "TABLE",
    "picture": "ILLUSTRATION",
    "masthead": "MASTHEAD",
    "furniture": "FURNITURE",
}
_ROLES = {
    "headline": "HEADING",
    "kicker": "KICKER",
    "subheadline": "SUBHEADING",
    "body": "BODY",
    "subhead": "CROSSHEADING",
    "byline": "AUTHOR",
    "caption": "CAPTION",
    "column-label": "COLUMN_LABEL",
    "page-header": "PAGE_HEADER",
    "masthead": "MASTHEAD",
    "advertisement": "ADVERTISEMENT",
    "index": "INDEX",
    "notice": "NOTICE",
    "table": "TABLE",
    "picture": "ILLUSTRATION",
    "rule": "SEPARATOR",
    "other": "OTHER",
}
_OWN = Names(
    type="Newspaper issue",
    profile="urn:digitise:mets:1",
    physical="ISSUE",
    page="PAGE",
    issue_mods="mods-issue",
    article_mods="mods-",
    kinds=_KINDS,
    roles=_ROLES,
    groups={
        "image": "images",
        "original": "originals",
        "alto": "alto-files",
        "text": "texts",
        "pdf": "pdfs",
    },
    uses={"image": "IMAGE", "original": "ORIGINAL", "alto": "ALTO", "text": "TEXT", "pdf": "PDF"},
)
_ENMAP = Names(
    type="Newspaper",
    profile="ENMAP",
    physical="Newspaper",
    page="PAGE",
    issue_mods="MODSMD_ISSUE1",
    article_mods="MODSMD_ARTICLE_",
    kinds={**_KINDS, "masthead": "TITLE_SECTION", "index": "TABLE_OF_CONTENTS"},
    roles={
        **_ROLES,
        "headline": "TITLE",
        "kicker": "OVERLINE",
        "subheadline": "SUBTITLE",
        "body": "BODY_CONTENT",
        "subhead": "SUBHEADLINE",
    },
    groups={
        "image": "IMGGRP",
        "original": "SOURCEGRP",
        "alto": "ALTOGRP",
        "text": "TXTGRP",
        "pdf": "PDFGRP",
    },
    uses={
        "image": "Images",
        "original": "Source",
        "alto": "Text",
        "text": "Plain text",
        "pdf": "PDF",
    },
    above=("Newspaper", "VOLUME"),
)
_NDNP = Names(
    type="urn:library-of-congress:ndnp:mets:newspaper:issue",
    profile="urn:library-of-congress:mets:profiles:ndnp:issue:v1.5",
    physical="np:issue",
    page="np:page",
    issue_mods="issueModsBib",
    article_mods="articleModsBib",
    kinds=_KINDS,
    roles=_ROLES,
    groups={},
    uses={
        "image": "service",
        "original": "master",
        "alto": "ocr",
        "text": "text",
        "pdf": "derivative",
    },
    articles=False,
)
_PROFILES: Mapping[MetsProfile, Names] = {"digitise": _OWN, "enmap": _ENMAP, "ndnp": _NDNP}


def names_of(profile: MetsProfile) -> Names:
    return _PROFILES[profile]
