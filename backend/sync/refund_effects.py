"""What the acts of refunds do to the rows."""

from uuid import UUID

from msgspec.structs import replace

from backend.fees import payments
from backend.fees.errors import NothingToRefund, RefundUnknown
from backend.fees.model import Charge, Collection
from backend.fees.payment_model import ApproveRefund, DropRefund, OpenRefund, Payment, PayRefund, Refund
from backend.sync.doing import Doing, Effect
from backend.sync.payment_effects import payee_of, payment_of


def open_refund(do: Doing, body: OpenRefund) -> None:
    if do.world.get(Refund, do.subject, body.refund_id) is not None:
        raise NothingToRefund("Khoản hoàn này đã mở. Mở khoản đó để xem.")
    left = payments.unclaimed(
        do.world.of_case(Charge, do.subject),
        do.world.of_case(Collection, do.subject),
        do.world.of_case(Payment, do.subject),
        do.world.of_case(Refund, do.subject),
        body.payment_id,
    )
    if body.amount > left:
        raise NothingToRefund(f"Tiền công dân còn dư chưa có khoản hoàn là {max(left, 0)} đồng. Sửa số tiền.")
    payment = payment_of(do, body.payment_id) if body.payment_id is not None else None
    do.world.put(
        payments.asked_back(
            do.subject,
            body,
            owner=do.case.handling_unit,
            at=do.act.occurred_at,
            collected_by=payment.shown_by if payment else do.actor,
        )
    )


def approve_refund(do: Doing, body: ApproveRefund) -> None:
    refund = _refund(do, body.refund_id)
    do.world.put(replace(refund, approved_by=[*refund.approved_by, do.actor]))


def pay_refund(do: Doing, body: PayRefund) -> None:
    """It happened: the money has left, whether or not somebody had agreed, or had paid it before."""
    refund = _refund(do, body.refund_id)
    source = f"cash:{do.actor}" if body.means == "cash" else f"bank:{_paid_from(do, refund)}"
    do.world.put(replace(refund, paid=refund.paid + refund.amount))
    do.enter(do.act.envelope.id, ((source, -refund.amount), (f"credit:{do.subject}", refund.amount)), case=do.subject)


def _paid_from(do: Doing, refund: Refund) -> UUID:
    """The unit whose account the money came to; of money taken in cash, the unit that owes it."""
    if refund.payment_id is None:
        return refund.owner_unit
    return payee_of(do, payment_of(do, refund.payment_id).account_id).unit_id


def drop_refund(do: Doing, body: DropRefund) -> None:
    _refund(do, body.refund_id)


def _refund(do: Doing, refund_id: UUID) -> Refund:
    refund = do.world.get(Refund, do.subject, refund_id)
    if refund is None:
        raise RefundUnknown("Hồ sơ không có khoản hoàn này. Tải lại trang rồi chọn lại.")
    return refund


EFFECTS: dict[str, Effect] = {
    "open_refund": open_refund,
    "approve_refund": approve_refund,
    "pay_refund": pay_refund,
    "drop_refund": drop_refund,
}
