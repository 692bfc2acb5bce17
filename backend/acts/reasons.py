"""Outcomes and failure reasons: one file for phone, desk, board, reports and public page (`rules/reasons.json`)."""

from functools import cache
from pathlib import Path
from typing import Annotated, Literal

import msgspec

FILE = Path(__file__).parent / "rules" / "reasons.json"
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
Event = Literal["EMH", "EDH", "EMI"]
"""UPU EMSEVT: unsuccessful, arrived at the collection point, delivered."""


class Reason(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why a visit failed.

    `fault`: nobody named means nobody's. `attempt`: whether it counts as one (failures by the post never do).
    `final`: the law lets the item go back at once (Luật Bưu chính Đ17.1). `next`: the value of the fact `failure_next`.
    """

    code: str
    name: str
    vi: Words
    en: Words
    fault: tuple[Literal["citizen", "agency", "post", "nature"], ...]
    attempt: bool
    final: bool
    evidence: tuple[str, ...]
    follow: tuple[str, ...]
    next: str
    emsevt: Event | None


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a visit ended. `attempt` None: the reason says it."""

    code: str
    vi: Words
    en: Words
    attempt: bool | None
    emsevt: Event | None
    """Only where the visit handed a result over."""


class Label(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A code of a closed set, in words."""

    code: str
    vi: Words
    en: Words


class Reasons(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The file."""

    version: int
    outcomes: tuple[Outcome, ...]
    pick_up: tuple[Reason, ...]
    hand_over: tuple[Reason, ...]
    unpaid: tuple[Label, ...]
    refund_causes: tuple[Label, ...]
    incident_kinds: tuple[Label, ...]
    evidence: tuple[Label, ...]
    why_not: tuple[Label, ...]
    """Why evidence that a reason asks for is missing."""
    follow: tuple[Label, ...]


@cache
def reasons() -> Reasons:
    """All sets. Raises msgspec.ValidationError for a file that does not fit."""
    return msgspec.json.decode(FILE.read_bytes(), type=Reasons)


@cache
def _by_code() -> dict[str, Reason]:
    return {reason.code: reason for reason in (*reasons().pick_up, *reasons().hand_over)}


def reason(code: str) -> Reason:
    """Raises KeyError for a code that is in neither set."""
    return _by_code()[code]
