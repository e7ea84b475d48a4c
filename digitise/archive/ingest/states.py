"""The states a unit passes through, and what a fault means for it.

received -> prepared -> recognised -> assembled -> exported -> done
    any of these -> failed (tried again later) -> the state it had
    any of these -> quarantined (somebody has to look)
received -> duplicate | vanished | superseded | split        nothing more to do
"""

from __future__ import annotations

from typing import Literal

from ...errors import (
    CatalogueUnavailable,
    DigitiseError,
    InputEncrypted,
    InputMissing,
    InputTooLarge,
    InputUnreadable,
    OutputUnwritable,
    PageBlank,
)

RECEIVED = "received"  # its files are known
PREPARED = "prepared"  # they are copied, checked and counted
RECOGNISED = "recognised"  # every page is read, or has its reason
ASSEMBLED = "assembled"  # the issue is made and its place reserved
EXPORTED = "exported"  # all files are made
DONE = "done"  # they are in their place and in the catalogue
FAILED = "failed"
QUARANTINED = "quarantined"
DUPLICATE = "duplicate"
VANISHED = "vanished"
SUPERSEDED = "superseded"
SPLIT = "split"

WORKING = (RECEIVED, PREPARED, RECOGNISED, ASSEMBLED, EXPORTED)
ENDED = (DONE, QUARANTINED, DUPLICATE, VANISHED, SUPERSEDED, SPLIT)
STATES = (*WORKING, DONE, FAILED, QUARANTINED, DUPLICATE, VANISHED, SUPERSEDED, SPLIT)

BAD_CONTENT = ("InputUnreadable", "InputEncrypted", "PageBlank")
"""Reasons for quarantine that the same bytes will always give, whatever the settings."""

Fault = Literal["place", "input", "passing"]


def fault_of(error: DigitiseError) -> Fault:
    """What an error says: "place", nothing is wrong with the unit and nothing can be written
    now; "input", the delivery is bad and will stay so; "passing", another try may do."""
    if isinstance(error, OutputUnwritable | CatalogueUnavailable):
        return "place"
    if isinstance(
        error, InputMissing | InputUnreadable | InputEncrypted | InputTooLarge | PageBlank
    ):
        return "input"
    return "passing"
