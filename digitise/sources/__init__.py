"""Where pages come from: PDF, image files, folders, ZIP."""

from .drawn import drawn_page
from .images import load_image
from .inputs import PageRef, content_digest, digest, expand, read_bytes
from .inspect import FontFacts, PageFacts, inspect, page_facts
from .loading import load_scan
from .naturalsort import natural_key
from .pdf import render
from .pictures import PagePicture, page_picture
from .textlayer import read_text_layer

__all__ = [
    "FontFacts",
    "PageFacts",
    "PagePicture",
    "PageRef",
    "content_digest",
    "digest",
    "drawn_page",
    "expand",
    "inspect",
    "load_image",
    "load_scan",
    "natural_key",
    "page_facts",
    "page_picture",
    "read_bytes",
    "read_text_layer",
    "render",
]
