"""What a user can choose, checked once and passed on whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

TextLayerPolicy = Literal["auto", "always", "never"]


@dataclass(frozen=True, slots=True)
class Options:
    """`max_pixels` bounds one page; `dpi` overrides what the file says (0: trust the file);
    `prepare`: mend the pixels of scans before they are read (skew, light, small type);
    `lang` names the script for engines that want to know: "chi_sim" or "chi_tra"."""

    engine: str = "rapid"
    lang: str = "chi_sim"
    text_layer: TextLayerPolicy = "auto"
    dpi: int = 0
    max_pixels: int = 400_000_000
    overlay: bool = False
    prepare: bool = True
    jobs: int = 1
    threads: int = 0
    pages: tuple[str, ...] = ()
