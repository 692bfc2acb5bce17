"""Forms about a day that was counted: the second signature, and what will not come any more. Pure: no I/O."""

from collections.abc import Iterator

from backend.staff.model import Clerk, Role
from backend.web.forms.field import Field, Filled, Form, Written, options
from backend.web.shift_views import ShiftLine
from backend.web.words import Words, act_words

SIGNING = (Role.CASHIER, Role.HEAD_OF_POST, Role.DISPATCHER, Role.COUNTER_CLERK)
VARYING = (Role.CASHIER, Role.HEAD_OF_POST)
WHY = {
    "phone_lost": Words("Mất máy, không đồng bộ được", "The phone is lost"),
    "slip_lost": Words("Mất phiếu thu", "The slip is lost"),
    "counted_wrong": Words("Đếm nhầm", "Counted wrongly"),
    "other": Words("Lý do khác", "Another reason"),
}
"""Why what was awaited will not come."""
REASONS = WHY | {
    "wrong_change": Words("Trả nhầm tiền thừa", "Wrong change given"),
    "false_note": Words("Tiền giả", "A false note"),
    "unknown": Words("Chưa rõ", "Not known"),
}
"""Why a count differs, as phones say it too."""


def forms_of(shift: ShiftLine, clerk: Clerk) -> Iterator[Form]:
    """What this clerk may do about a day of somebody else."""
    if shift.courier == clerk.person_id:
        return
    unsigned = shift.state in ("counted", "provisional") and shift.countersigned_at is None
    if unsigned and shift.signed_at in clerk.units(*SIGNING):
        yield _about(shift, "countersign_close")
    if shift.still_awaited and shift.unit_id in clerk.units(*VARYING):
        amount = Field(
            name="amount",
            words=Words("Số tiền không còn chờ (đồng)", "No longer awaited (đồng)"),
            kind="number",
            value=str(shift.still_awaited),
        )
        why = Field(
            name="reason", words=Words("Lý do", "Reason"), kind="select", value="phone_lost", options=options(WHY)
        )
        yield _about(shift, "record_variance", amount, why)


def _about(shift: ShiftLine, kind: str, *fields: Field) -> Form:
    hidden = Field(name="shift", words=act_words(kind), kind="hidden", value=str(shift.shift_id))
    return Form(kind=kind, title=act_words(kind), fields=(hidden, *fields))


def written(kind: str, filled: Filled) -> Written:
    if kind == "record_variance":
        return Written({"amount": filled.whole("amount", least=1), "reason": filled.choice("reason", WHY)})
    return Written({})
