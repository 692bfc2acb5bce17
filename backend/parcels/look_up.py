"""Finding a case by the look-up number that a citizen reads from the card: at desks only, slowly, and remembered."""

from datetime import datetime, timedelta
from math import ceil
from typing import Literal
from uuid import UUID

from backend.database import Transaction
from backend.ids import uuid7
from backend.keys import KeyRing
from backend.parcels import codes, queries
from backend.parcels.cards import look_up_hashes
from backend.parcels.errors import TooManyLookUps, WrongLookUpNumber
from backend.parcels.model import CardFound

Reason = Literal["citizen_calls", "citizen_here", "card_found", "checking"]
"""Why somebody looks: kept with every search (F13)."""
MOST, WITHIN = 60, timedelta(minutes=10)
"""Searches of one person: what a busy operator needs."""
MOST_WRONG, WRONG_WITHIN = 15, timedelta(hours=1)
"""Of them such that find nothing: the check notices a misheard number, so these are rare, unless somebody tries."""


async def find(
    tx: Transaction, ring: KeyRing, *, person: UUID, typed: str, reason: Reason, at: datetime
) -> list[CardFound]:
    """The cards with that number, nearly always one; empty when there is none, which is kept too.

    Raises WrongLookUpNumber, TooManyLookUps.
    """
    text = codes.plain(typed)
    if not codes.is_look_up_number(text):
        raise WrongLookUpNumber(
            "Số tra cứu này có ký tự sai. Nhờ công dân đọc lại từng ký tự trên thẻ: 10 chữ và số, không có 0, 1, O, I.",
            pointer="/number",
        )
    await _check_rate(tx, person, at)
    found = await queries.cards_by_look_up(tx, look_up_hashes(ring, text))
    for case in {card.case_id for card in found} or {None}:
        await queries.add_look_up(tx, look_up_id=uuid7(), person=person, at=at, reason=reason, case=case)
    return found


async def _check_rate(tx: Transaction, person: UUID, at: datetime) -> None:
    made = await queries.look_ups_since(tx, person, at - WRONG_WITHIN)
    lately = [when for when, _ in made if when > at - WITHIN]
    wrong = [when for when, found in made if not found]
    waits = [one[-most] + within - at for one, most, within in _limits(lately, wrong) if len(one) >= most]
    if waits:
        seconds = max(1, ceil(max(waits).total_seconds()))
        raise TooManyLookUps(f"Chờ {ceil(seconds / 60)} phút rồi tra cứu lại.", retry_after=seconds)


def _limits(lately: list[datetime], wrong: list[datetime]) -> tuple[tuple[list[datetime], int, timedelta], ...]:
    return (lately, MOST, WITHIN), (wrong, MOST_WRONG, WRONG_WITHIN)
