"""What the acts of money by transfer do to the rows."""

from uuid import UUID

import msgspec
from msgspec.structs import replace

from backend.acts.model import Source
from backend.errors import Invalid
from backend.fees import payments
from backend.fees import service as fees
from backend.fees.errors import (
    ChargeUnknown,
    CountedNoLess,
    CreditPlaced,
    CreditUnknown,
    NotCollectedYet,
    NotEndedSo,
    PayeeUnknown,
    PaymentExists,
    PaymentUnknown,
)
from backend.fees.model import Charge, Quote, RecountCharge
from backend.fees.payment_model import (
    BankCredit,
    LapsePayment,
    MatchBankCredit,
    PayeeAccount,
    Payment,
    RecordBankCredit,
    RecordTransferSaid,
    RecordUnmatchedCredit,
    Refund,
    Rest,
    ShowPaymentCode,
    UnmatchedPersonal,
)
from backend.sync.doing import Doing, Effect
from backend.sync.money_about import collector_of

SAME_ORDER = ("reference", "account_id", "charge_ids", "order_id")
"""What an order shown again has as before."""
WAITING = ("waiting_transfer", "said_sent", "short")


def quote(do: Doing, body: Quote) -> None:
    """What a phone said at a door it collects under its own ids; a desk sees what is owed already."""
    do.visit(body.visit_id)
    known = do.world.of_case(Charge, do.subject) if do.act.source is Source.DESK else []
    for quoted in body.charges:
        payee = fees.payee_of(quoted, agency=do.case.competent_unit, post=do.case.handling_unit)
        if do.world.get(Charge, do.subject, quoted.charge_id) is None and not fees.is_named(known, quoted, payee):
            charge, moves = fees.becomes_due(do.subject, quoted, payee)
            do.world.put(charge)
            do.enter(quoted.charge_id, moves, case=do.subject)


def show_payment_code(do: Doing, body: ShowPaymentCode) -> None:
    """Shown again it is the same order. A desk is told of an order that waits; at the door it has happened."""
    do.visit(body.visit_id)
    payee_of(do, body.account_id)
    if any(do.world.get(Charge, do.subject, line.charge_id) is None for line in body.lines):
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại hồ sơ rồi tạo lại mã chuyển khoản.")
    known = do.world.get(Payment, do.subject, body.payment_id)
    made = payments.shown(do.subject, body, do.actor, do.act.occurred_at)
    if known is not None:
        if any(getattr(known, name) != getattr(made, name) for name in SAME_ORDER):
            raise PaymentExists("Mã này đã dùng cho khoản thanh toán khác. Tạo mã chuyển khoản mới.")
        return
    if do.act.source is Source.DESK:
        _check_new(do, made)
    do.world.put(made)


def _check_new(do: Doing, made: Payment) -> None:
    """Of an order made at a desk: what a clerk can still put right. Raises PaymentExists, Invalid."""
    for other in do.world.of_case(Payment, do.subject):
        if other.state in WAITING and not set(other.charge_ids).isdisjoint(made.charge_ids):
            raise PaymentExists(f"Khoản phí này đang chờ chuyển khoản theo mã {other.reference}. Đưa lại mã đó.")
    wanted = payments.open_charges(made, do.world.of_case(Charge, do.subject))
    if sum(charge.amount for charge in wanted) != made.total:
        raise Invalid("Tổng tiền không khớp các khoản phí chưa thu. Tải lại trang rồi làm lại.", pointer="/body/total")


def record_transfer_said(do: Doing, body: RecordTransferSaid) -> None:
    payment = payment_of(do, body.payment_id)
    do.world.put(replace(payment, said_at=payment.said_at or do.act.occurred_at))


def record_unmatched_credit(do: Doing, body: RecordUnmatchedCredit) -> None:
    payee = payee_of(do, body.account_id)
    if payee.unit_id != do.subject:
        raise PayeeUnknown("Tài khoản không phải của đơn vị này. Ghi vào sổ của đơn vị có tài khoản.")
    credit = BankCredit(
        credit_id=body.credit_id,
        account_id=payee.id,
        unit_id=payee.unit_id,
        entry=body.entry,
        amount=body.amount,
        credited_at=body.credited_at,
        reference=body.reference,
        said=_said(do),
        state="none",
    )
    do.world.put(credit)
    do.enter(do.act.envelope.id, payments.suspended(credit), case=None)


def _said(do: Doing) -> str | None:
    try:
        return msgspec.json.decode(do.act.personal, type=UnmatchedPersonal).said if do.act.personal else None
    except msgspec.MsgspecError as error:
        raise Invalid("Nội dung chuyển khoản không đọc được. Gửi lại thông báo.", pointer="/personal") from error


def record_bank_credit(do: Doing, body: RecordBankCredit) -> None:
    if body.part_of is not None:
        _place(do, _part(do, body.credit_id, Rest(body.part_of, body.amount)), body.payment_id, by=None)
        return
    payee = payee_of(do, body.account_id)
    credit = do.world.get(BankCredit, body.credit_id) or BankCredit(
        credit_id=body.credit_id,
        account_id=payee.id,
        unit_id=payee.unit_id,
        entry=body.entry,
        amount=body.amount,
        credited_at=body.credited_at,
        state="none",
    )
    _place(do, credit, body.payment_id, by=None)


def match_bank_credit(do: Doing, body: MatchBankCredit) -> None:
    credit = do.world.get(BankCredit, body.credit_id if body.rest is None else body.rest.part_of)
    if credit is None or credit.unit_id not in do.units:
        raise CreditUnknown("Không có khoản tiền này trong sổ chờ. Tải lại danh sách.")
    if body.rest is not None:
        credit = _part(do, body.credit_id, body.rest)
    elif do.world.divided.get(credit.credit_id):
        raise CreditPlaced("Một phần khoản tiền này vừa được ghi cho hồ sơ khác. Tải lại danh sách.")
    _place(do, credit, body.payment_id, by=do.actor)


def _part(do: Doing, credit_id: UUID, rest: Rest) -> BankCredit:
    """Of money that came for several cases. Whose it is, is known from now on. Raises CreditUnknown, CreditPlaced."""
    whole = do.world.get(BankCredit, rest.part_of)
    if whole is None or do.world.get(BankCredit, credit_id) is not None:
        raise CreditUnknown("Không có khoản tiền này trong sổ chờ. Tải lại danh sách.")
    if whole.case_id is not None or do.world.divided.get(whole.credit_id, 0) + rest.amount > whole.amount:
        raise CreditPlaced("Người khác vừa xác định khoản tiền này. Tải lại danh sách.")
    do.world.put(replace(whole, said=None))
    return replace(
        whole, credit_id=credit_id, amount=rest.amount, reference=None, state="none", part_of=whole.credit_id
    )


def _place(do: Doing, credit: BankCredit, payment_id: UUID, by: UUID | None) -> None:
    """The money pays the order, as far as it goes. What it does not pay is owed back from now on."""
    payment, act = payment_of(do, payment_id), do.act.envelope.id
    if credit.state == "placed":
        raise CreditPlaced("Người khác vừa xác định khoản tiền này. Tải lại danh sách.")
    charges, refunds = do.world.of_case(Charge, do.subject), do.world.of_case(Refund, do.subject)
    does = payments.paying(payment, charges, refunds, credit.amount)
    changed, settled, moves = payments.credited(payment, credit, does, act)
    placed = replace(credit, said=None, case_id=do.subject, payment_id=payment_id, placed_by=act, state="placed")
    do.world.put(changed, *settled, placed)
    do.enter(act, moves, case=do.subject)
    if does.excess:
        do.world.put(
            payments.owed_back(
                do.subject,
                act,
                does.excess,
                payments.cause_of(payment, does),
                owner=do.case.handling_unit,
                at=do.act.occurred_at,
                payment=payment_id,
                collected_by=by or payment.shown_by,
            )
        )


def lapse_payment(do: Doing, body: LapsePayment) -> None:
    payment_of(do, body.payment_id)


def recount_charge(do: Doing, body: RecountCharge) -> None:
    """What was taken beyond the agency's count is the citizen's from now on, with an owner and a day."""
    charge = do.world.get(Charge, do.subject, body.charge_id)
    if charge is None:
        raise ChargeUnknown("Khoản phí này không có trong hồ sơ. Tải lại trang rồi chọn lại.")
    if charge.settled_by is None:
        raise NotCollectedYet("Chưa thu thì chưa có gì để hoàn. Thu xong rồi xác định lại.")
    less = charge.final - body.amount
    if less <= 0:
        raise CountedNoLess(f"Khoản này đang là {charge.final} đồng. Chỉ ghi số tiền ít hơn; phần thừa sẽ được hoàn.")
    _check_cause(do, body)
    act = do.act.envelope.id
    do.world.put(replace(charge, counted=body.amount, released_by=charge.released_by if body.amount else act))
    do.enter(do.act.envelope.id, ((charge.payee, less), (f"credit:{do.subject}", -less)), case=do.subject)
    do.world.put(
        payments.owed_back(
            do.subject,
            do.act.envelope.id,
            less,
            body.cause,
            owner=do.case.handling_unit,
            at=do.act.occurred_at,
            collected_by=collector_of(do.world, do.subject, charge.charge_id),
        )
    )


def _check_cause(do: Doing, body: RecountCharge) -> None:
    """A case that ended says so itself; no other may take off the whole. Raises NotEndedSo."""
    ended = body.cause in ("withdrawn", "refused")
    if ended and do.case.return_cause != body.cause:
        raise NotEndedSo("Hồ sơ không kết thúc vì lý do này. Chọn lý do khác rồi ghi lại.")
    if not ended and not body.amount:
        raise NotEndedSo("Chỉ hoàn hết khi hồ sơ đã rút hoặc bị từ chối. Ghi số tiền cơ quan xác định rồi gửi lại.")


def payee_of(do: Doing, account: UUID) -> PayeeAccount:
    payee = do.world.payees.get(account)
    if payee is None:
        raise PayeeUnknown("Không có tài khoản nhận này. Tải lại danh sách trong ngày, không tự nhập tài khoản.")
    return payee


def payment_of(do: Doing, payment_id: UUID) -> Payment:
    payment = do.world.get(Payment, do.subject, payment_id)
    if payment is None:
        raise PaymentUnknown("Hồ sơ không có khoản thanh toán này. Tải lại trang rồi chọn lại.")
    return payment


EFFECTS: dict[str, Effect] = {
    "quote": quote,
    "show_payment_code": show_payment_code,
    "record_transfer_said": record_transfer_said,
    "record_unmatched_credit": record_unmatched_credit,
    "record_bank_credit": record_bank_credit,
    "match_bank_credit": match_bank_credit,
    "lapse_payment": lapse_payment,
    "recount_charge": recount_charge,
}
