"""The numbers that a desk is given at the moment it needs them: a desk has a network, so it keeps no block of its own.

A phone has blocks of slips (F08) and of payment references (F09). Here each number is a block of one, given to the
clerk in the transaction of the act: what is refused uses none up.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from backend.database import Transaction
from backend.fees import payment_queries as payments
from backend.fees import queries as fees
from backend.fees.references import reference

_STAND_INS: dict[str, dict[str, Any]] = {
    "collect": {"slip_number": 1},
    "show_payment_code": {"reference": reference(1)},
}


def stand_in(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """As if the number had been given: to ask the rules before anybody has sent it."""
    return _STAND_INS.get(kind, {}) | body


async def numbered_together(
    tx: Transaction, clerk: UUID, kind: str, bodies: Mapping[UUID, dict[str, Any]]
) -> dict[UUID, dict[str, Any]]:
    """Of a household that pays at once: by case, a slip each, and one reference for all."""
    made: dict[UUID, dict[str, Any]] = {}
    shared: dict[str, Any] = {}
    for case, body in bodies.items():
        made[case] = await numbered(tx, clerk, kind, body | shared)
        shared = {name: made[case][name] for name in ("reference",) if name in made[case]}
    return made


async def numbered(tx: Transaction, clerk: UUID, kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """With the number, where the act has one and the clerk named none."""
    if kind == "collect" and "slip_number" not in body:
        number, _ = await fees.give_slip_block(tx, clerk, 1)
        return body | {"slip_number": number}
    if kind == "show_payment_code" and "reference" not in body:
        number, _ = await payments.give_reference_block(tx, clerk, 1)
        return body | {"reference": reference(number)}
    return body
