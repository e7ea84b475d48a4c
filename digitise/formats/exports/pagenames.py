"""What PAGE calls kinds of regions, directions and languages."""

from __future__ import annotations

from collections.abc import Mapping

from ...model import RegionKind, WritingMode

NAMESPACE = "http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15"
# Regions without lines; with lines they are a TextRegion, the only one that can hold them.
BARE: Mapping[RegionKind, str] = {
    "picture": "ImageRegion",
    "rule": "SeparatorRegion",
    "table": "TableRegion",
    "advertisement": "AdvertRegion",
}
TYPES: Mapping[RegionKind, str] = {
    "headline": "heading",
    "kicker": "heading",
    "subheadline": "heading",
    "body": "paragraph",
    "subhead": "heading",
    "byline": "credit",
    "caption": "caption",
    "column-label": "floating",
    "page-header": "header",
    "masthead": "heading",
    "index": "TOC-entry",
    "notice": "paragraph",
}
KINDS: Mapping[str, RegionKind] = {
    "paragraph": "body",
    "heading": "headline",
    "caption": "caption",
    "header": "page-header",
    "footer": "page-header",
    "page-number": "page-header",
    "drop-capital": "body",
    "credit": "byline",
    "floating": "column-label",
    "TOC-entry": "index",
}
REGIONS: Mapping[str, RegionKind] = {
    "TextRegion": "body",
    "ImageRegion": "picture",
    "GraphicRegion": "picture",
    "ChartRegion": "picture",
    "MapRegion": "picture",
    "LineDrawingRegion": "picture",
    "SeparatorRegion": "rule",
    "TableRegion": "table",
    "AdvertRegion": "advertisement",
    "MathsRegion": "other",
    "ChemRegion": "other",
    "MusicRegion": "other",
    "UnknownRegion": "other",
    "CustomRegion": "other",
}
DIRECTIONS: Mapping[WritingMode, tuple[str, str]] = {
    "horizontal-tb": ("left-to-right", "top-to-bottom"),
    "horizontal-rtl": ("right-to-left", "top-to-bottom"),
    "vertical-rl": ("top-to-bottom", "right-to-left"),
}
MODES: Mapping[str, WritingMode] = {
    "left-to-right": "horizontal-tb",
    "right-to-left": "horizontal-rtl",
    "top-to-bottom": "vertical-rl",
}
LANGUAGES = {"zh": "Chinese", "en": "English", "ja": "Japanese", "ko": "Korean", "fr": "French",
             "de": "German", "ru": "Russian"}  # fmt: skip
SCRIPTS = {
    "Hans": "Hans - Han (Simplified variant)",
    "Hant": "Hant - Han (Traditional variant)",
    "Latn": "Latn - Latin",
}
