"""Tracking tokens: one for every case from its registration, and one for the card of every label set bound to it."""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from uuid import UUID

from backend.verify.database import Snapshot
from backend.verify.replay.world import Row, World
from backend.verify.report import Report

TOKEN_BYTES = 16


async def compare_tokens(
    snapshot: Snapshot,
    report: Report,
    world: World,
    cases: Sequence[UUID],
    keys: Sequence[bytes],
    sets: Sequence[Row],
) -> None:
    """Without keys, that the first token is there; with them, that it is the one its paper shows.

    `sets`: label sets as the table has them; they are compared with all acts elsewhere.
    """
    there: dict[UUID, set[bytes]] = {case: set() for case in cases}
    for row in await snapshot.all(
        "SELECT token_sha256, case_id, number, live FROM tracking_tokens WHERE case_id = ANY($1::uuid[])", list(cases)
    ):
        there[row["case_id"]].add(row["token_sha256"])
        if not (row["live"] and row["number"] == 1):
            key = {"token_sha256": row["token_sha256"]}
            found = {"number": row["number"], "live": row["live"]}
            report.differs("replay.differs", "tracking_tokens", key, expected={"number": 1, "live": True}, found=found)
    cards = _cards(world, sets)
    for case in cases:
        if world.find("cases", case) is not None:
            _compare(report, case, there[case], cards.get(case, set()), _own(case, keys))


def _cards(world: World, sets: Sequence[Row]) -> dict[UUID, set[bytes]]:
    """A set sealed under by several cases is bound to the first of them, and its card is that one's."""
    found: dict[UUID, set[bytes]] = {}
    for row in sets:
        told = world.get("label_sets", row["number"])
        if told["card"] and told["case_id"] == row["case_id"]:
            found.setdefault(row["case_id"], set()).add(row["card_token_sha256"])
    return found


def _own(case: UUID, keys: Sequence[bytes]) -> set[bytes]:
    """SHA-256 of the first token under each key: 128 bits of HMAC-SHA-256(key, case, number), in base 32."""
    macs = (hmac.digest(key, case.bytes + (1).to_bytes(4, "big"), hashlib.sha256)[:TOKEN_BYTES] for key in keys)
    return {hashlib.sha256(base64.b32encode(mac).rstrip(b"=")).digest() for mac in macs}


def _compare(report: Report, case: UUID, there: set[bytes], cards: set[bytes], own: set[bytes]) -> None:
    key = {"case_id": case}
    first = there - cards
    for card in cards - there:
        report.differs("replay.missing", "tracking_tokens", key, expected=card)
    if not first:
        report.differs("replay.missing", "tracking_tokens", key, expected="the token of the case")
    elif len(first) > 1 or (own and not first & own):
        report.differs("replay.extra", "tracking_tokens", key, expected=sorted(own), found=sorted(first))
