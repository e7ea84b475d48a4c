"""The colour space that a PDF/A is meant for: sRGB as an ICC profile, made here.

Version 2 of the ICC specification (ICC.1:2001-04); primaries and curve of IEC 61966-2-1, adapted to
the profile's D50 by the Bradford transform.
"""

from __future__ import annotations

import struct

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream

_D50 = (0.9642, 1.0, 0.8249)
_PRIMARIES = (
    (b"rXYZ", (0.43607, 0.22249, 0.01392)),
    (b"gXYZ", (0.38515, 0.71687, 0.09708)),
    (b"bXYZ", (0.14307, 0.06061, 0.71410)),
)
_STEPS = 1024


def output_intent(pdf: Pdf) -> pikepdf.Object:
    """The OutputIntents array of ISO 19005-2, 6.2.3."""
    profile = Stream(pdf, srgb_profile())
    profile.N = 3
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFA1,
        OutputConditionIdentifier=pikepdf.String("sRGB IEC61966-2.1"),
        RegistryName=pikepdf.String("http://www.color.org"),
        Info=pikepdf.String("sRGB IEC61966-2.1"),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    return Array([pdf.make_indirect(intent)])


def srgb_profile() -> bytes:
    """A matrix and curve display profile, the same bytes each time."""
    curve = struct.pack(">4sII", b"curv", 0, _STEPS)
    for step in range(_STEPS):
        curve += struct.pack(">H", round(_linear(step / (_STEPS - 1)) * 65535))
    name = b"sRGB IEC61966-2.1\0"
    described = struct.pack(">4sII", b"desc", 0, len(name)) + name + bytes(4 + 4 + 2 + 1 + 67)
    tags = [
        (b"desc", described),
        (b"cprt", b"text" + bytes(4) + b"No copyright, use freely\0"),
        (b"wtpt", _xyz(_D50)),
        *((tag, _xyz(value)) for tag, value in _PRIMARIES),
        (b"rTRC", curve),
        (b"gTRC", curve),
        (b"bTRC", curve),
    ]
    place = 128 + 4 + 12 * len(tags)
    table, body, known = struct.pack(">I", len(tags)), b"", dict[bytes, int]()
    for tag, data in tags:
        if data not in known:
            known[data] = place + len(body)
            body += data + bytes(-len(data) % 4)
        table += struct.pack(">4sII", tag, known[data], len(data))
    size = 128 + len(table) + len(body)
    head = struct.pack(">I4sI4s4s4s", size, bytes(4), 0x02100000, b"mntr", b"RGB ", b"XYZ ")
    head += struct.pack(">6H", 2000, 1, 1, 0, 0, 0) + b"acsp" + bytes(4 + 4 + 4 + 4 + 8 + 4)
    head += _xyz(_D50)[8:]
    return head + bytes(128 - len(head)) + table + body


def _linear(value: float) -> float:
    """The light of an sRGB value, both 0..1 (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _xyz(values: tuple[float, float, float]) -> bytes:
    return b"XYZ " + bytes(4) + struct.pack(">3i", *(round(v * 65536) for v in values))
