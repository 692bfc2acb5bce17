"""Which cases an act may be about, so that sequences come far: by state, and by what there is to act on."""

from typing import LiteralString
from uuid import UUID

from backend.database import Transaction
from tests.model.told import ACTS, FILE

REFUND: LiteralString = "SELECT case_id FROM refunds WHERE state IN ('due', 'approved')"
AT_ONE_STOP: LiteralString = """SELECT q.case_id FROM parcels AS q JOIN units AS u ON u.id = q.holder
    WHERE q.holder_kind = 'unit' AND u.kind <> 'post' AND q.state <> 'opened'"""
AT_POST: LiteralString = """SELECT q.case_id FROM parcels AS q JOIN units AS u ON u.id = q.holder
    WHERE q.holder_kind = 'unit' AND u.kind = 'post' AND q.state <> 'opened'"""
IN_BAG: LiteralString = "SELECT case_id FROM parcels WHERE holder_kind = 'bag'"
PAID: LiteralString = "SELECT case_id FROM charges WHERE settled_by IS NOT NULL"
OWED: LiteralString = "SELECT case_id FROM charges WHERE settled_by IS NULL AND released_by IS NULL"
PROMISED: LiteralString = "SELECT case_id FROM appointments WHERE live"
SOMEWHERE: LiteralString = "SELECT case_id FROM parcels WHERE holder_kind IN ('courier', 'unit')"
TYPED: LiteralString = "SELECT case_id FROM run_sheet_lines WHERE state = 'typed'"
DUTY: LiteralString = "SELECT case_id FROM duties WHERE state = 'open'"
THINGS: dict[str, LiteralString] = {
    "approve_refund": REFUND,
    "pay_refund": REFUND,
    "drop_refund": REFUND,
    "open_refund": "SELECT case_id FROM refunds WHERE state = 'dropped'",
    "record_call_back": "SELECT case_id FROM call_backs WHERE state IN ('listed', 'unreachable')",
    "open_seal": AT_ONE_STOP,
    "open_on_record": AT_POST,
    "put_in_bag": AT_POST,
    "take_out_of_bag": IN_BAG,
    "receive": SOMEWHERE,
    "offer": SOMEWHERE,
    "hand_over_result": """SELECT q.case_id FROM papers AS q JOIN units AS u ON u.id = q.holder
        WHERE q.is_result AND NOT q.superseded AND q.holder_kind = 'unit' AND u.kind = 'post'""",
    "relabel": SOMEWHERE,
    "recount_charge": PAID,
    "exempt": OWED,
    "void_charge": OWED,
    "match_bank_credit": "SELECT case_id FROM payments WHERE state IN ('waiting_transfer', 'said_sent', 'short')",
    "confirm_call": PROMISED,
    "move_appointment": PROMISED,
    "cancel_appointment": PROMISED,
    "answer_guidance": "SELECT case_id FROM questions WHERE state = 'asked'",
    "answer_urging": "SELECT case_id FROM urgings WHERE state = 'urged'",
    "revoke_mandate": "SELECT case_id FROM mandates WHERE state = 'in_force'",
    "withdraw_consent": "SELECT case_id FROM consents WHERE state = 'given'",
    "record_told": DUTY,
    "drop_duty": DUTY,
    "record_found": "SELECT case_id FROM papers WHERE holder_kind = 'lost'",
    "clear_exception": "SELECT case_id FROM exceptions WHERE cleared_at IS NULL",
    "undo_merge": "SELECT case_id FROM cases WHERE merged_into IS NOT NULL",
    "accept_withdrawal": "SELECT case_id FROM cases WHERE withdrawal_asked",
    "rekey": PROMISED,
    "confirm_rekeyed": TYPED,
    "set_aside_rekeyed": TYPED,
}
"""What there must be."""


def states_for(kind: str) -> list[str] | None:
    """Of the case, as the rule table has it. None: it does not move the case."""
    if "case" not in ACTS[kind]["machines"]:
        return None
    rows = [row for row in FILE["machines"]["case"]["rows"] if row["act"] == kind]
    return sorted({state for row in rows for state in row["from"] if state not in ("none", "*")}) or None


STATES = {kind: states_for(kind) for kind in ACTS}


async def fitting(tx: Transaction, kind: str) -> list[UUID]:
    """In which it is not plain beforehand that it may not be. Empty: nobody can tell."""
    if (things := THINGS.get(kind)) is not None:
        return list(dict.fromkeys([row["case_id"] for row in await tx.all(things)]))
    if (states := STATES[kind]) is None:
        return []
    waits = ACTS[kind]["kind"] == "request" and not ACTS[kind].get("through")
    rows = await tx.all(
        """SELECT case_id FROM cases WHERE state = ANY($states::text[])
             AND NOT ($waits AND EXISTS (
                 SELECT FROM exceptions AS e WHERE e.case_id = cases.case_id AND e.cleared_at IS NULL))
           ORDER BY opened_at, case_id""",
        states=states,
        waits=waits,
    )
    return [row["case_id"] for row in rows]
