"""The acts of money. Returns new and changed rows; nothing is written here.

Accounts: `due:<case>` what a citizen owes, `cash:<courier>` what a courier holds, `till:<unit>`, `agency:<unit>` and
`postage:<unit>` what is owed to those, `credit:<case>` what is owed back to a citizen, `variance:<unit>` a day's
difference. A positive amount goes into the account.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.clock import local_date
from backend.dossiers.model import Due
from backend.fees.errors import ChargeNamedAlready
from backend.fees.model import Balance, Charge, Collect, Collection, Entry, Quoted, Remit, Shift

Moves = Sequence[tuple[str, int]]


def transfer(
    transfer_id: UUID, moves: Moves, *, case_id: UUID | None, occurred_at: datetime, recorded_at: datetime
) -> list[Entry]:
    """The entries of one transfer; moves of nothing are left out. Their sum is zero, or the database refuses them."""
    return [
        Entry(
            case_id=case_id,
            transfer_id=transfer_id,
            line=line,
            account=account,
            amount=amount,
            day=local_date(occurred_at),
            occurred_at=occurred_at,
            recorded_at=recorded_at,
        )
        for line, (account, amount) in enumerate(((a, m) for a, m in moves if m), start=1)
    ]


def becomes_due(case_id: UUID, due: Due | Quoted, payee: str) -> tuple[Charge, Moves]:
    """A line that the agency named, or that was quoted: owed by the citizen, owed to the payee's account."""
    charge = Charge(
        case_id=case_id,
        charge_id=due.charge_id,
        line=due.line,
        amount=due.amount,
        payee=payee,
        due_at=due.due_at,
        state="none",
    )
    return charge, ((f"due:{case_id}", due.amount), (charge.payee, -due.amount))


def is_named(known: Iterable[Charge], due: Due | Quoted, payee: str) -> bool:
    """Whether a case owes, or has paid, that line already: under whatever id, it is owed once.

    Raises ChargeNamedAlready where it is another amount.
    """
    same = [one for one in known if (one.line, one.payee) == (due.line, payee) and one.state != "voided"]
    if same and due.amount not in {one.final for one in same}:
        raise ChargeNamedAlready(
            f"Khoản này đã ghi {same[0].final} đồng. Bỏ dòng này, hoặc hủy khoản đã ghi rồi ghi lại số đúng."
        )
    return bool(same)


def released(charge: Charge) -> Moves:
    """What made it due, taken back."""
    return ((f"due:{charge.case_id}", -charge.amount), (charge.payee, charge.amount))


def payee_of(quoted: Quoted, *, agency: UUID, post: UUID) -> str:
    """The account that a quoted line is owed to."""
    return f"agency:{agency}" if quoted.of == "agency" else f"postage:{post}"


def collect(
    case_id: UUID, body: Collect, charges: Sequence[Charge], courier: UUID, act: UUID, at: datetime
) -> tuple[Collection, list[Charge], Moves]:
    """`charges`: those of the slip that are still unsettled. What settles nothing is the citizen's credit."""
    settled = [replace(charge, settled_by=act) for charge in charges]
    paid = sum(charge.amount for charge in charges)
    collection = Collection(
        case_id=case_id,
        collection_id=act,
        visit_id=body.visit_id,
        slip_number=body.slip_number,
        courier=courier,
        means=body.means,
        total=body.total,
        tendered=body.tendered,
        change_given=body.change,
        state="none",
        collected_at=at,
        order_id=body.order.id if body.order is not None else None,
        order_total=body.order.total if body.order is not None else None,
    )
    moves = (
        (f"cash:{courier}", body.total),
        (f"due:{case_id}", -paid),
        (f"credit:{case_id}", paid - body.total),
    )
    return collection, settled, moves


def bounded(moves: Moves) -> list[Balance]:
    """Changes of the running balances: only a courier's cash and a till have one."""
    return [
        Balance(account=account, amount=amount) for account, amount in moves if account.startswith(("cash:", "till:"))
    ]


def begin(shift: Shift) -> Moves:
    """Change money out of the till."""
    return ((f"cash:{shift.courier}", shift.float_amount), (f"till:{shift.unit_id}", -shift.float_amount))


def remit(shift: Shift, body: Remit) -> Moves:
    return ((f"till:{body.unit}", body.amount), (f"cash:{shift.courier}", -body.amount))


class Count(msgspec.Struct, frozen=True):
    """What was counted, đồng; of it `awaited` is of slips that the centre has not heard of, and `reason` why the rest
    differs."""

    counted: int
    awaited: int
    reason: str | None


def close(shift: Shift, count: Count, expected: int, at: datetime, heard_at: datetime) -> tuple[Shift, Moves]:
    """`expected`: what the ledger says the courier holds, đồng. All of it leaves the account, and what is awaited
    beforehand: the count to the till, the difference under its own name. Counted again, the later count stands."""
    to_till = count.counted - (shift.counted or 0)
    leaves = expected + count.awaited
    difference = to_till - leaves
    moves = (
        (f"till:{shift.unit_id}", to_till),
        (f"cash:{shift.courier}", -leaves),
        (f"variance:{shift.unit_id}", -difference),
    )
    closed = replace(
        shift,
        closed_at=at,
        counted_at=heard_at,
        counted=count.counted,
        awaited=count.awaited,
        difference=(shift.difference or 0) + difference,
        reason=count.reason or shift.reason,
    )
    return closed, moves


def vary(shift: Shift, amount: int, reason: str) -> tuple[Shift, Moves]:
    """What is no longer awaited stands as a difference."""
    moves = ((f"cash:{shift.courier}", amount), (f"variance:{shift.unit_id}", -amount))
    left = max(0, (shift.awaited or 0) - amount)
    return replace(shift, awaited=left, difference=(shift.difference or 0) + amount, reason=reason), moves
