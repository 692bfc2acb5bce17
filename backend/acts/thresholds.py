"""From which values on a visit is doubted, and how many are called back: dated data (`rules/presence.json`, F12)."""

from datetime import date
from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "rules" / "presence.json"


class Thresholds(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """In force from a day until the next version begins. Metres, seconds, minutes, hours as the names say.

    `floor_s`: how long a visit takes at least, by purpose; `learned_share_pct`: once `learned_from` sure visits are
    known, as long as that share of them took at most. `red_from`: how many doubts, without anything that proves it.
    """

    since: date
    source: str
    most_accuracy_m: int
    most_age_s: int
    at_house_m: int
    near_m: int
    floor_s: dict[str, int]
    learned_from: int
    learned_share_pct: int
    most_speed_kmh: int
    calls_apart_min: int
    red_from: int
    call_back_per_mille: int
    transfer_wait_h: int


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    versions: tuple[Thresholds, ...]


@cache
def _versions() -> tuple[Thresholds, ...]:
    """Raises msgspec.ValidationError for a file that does not fit."""
    return msgspec.json.decode(FILE.read_bytes(), type=_File).versions


def thresholds(on: date) -> Thresholds:
    """Of that day; before the first version its values."""
    return next((one for one in reversed(_versions()) if one.since <= on), _versions()[0])
