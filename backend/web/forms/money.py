"""Forms about money: whose a transfer is, and what goes back to a citizen. Pure: no I/O."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from backend.clock import VIETNAM
from backend.fees.payment_model import OPEN
from backend.fees.payments import unspoken_for
from backend.ids import derived
from backend.procedures.amounts import money
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, options
from backend.web.forms.situation import Situation
from backend.web.money_views import CreditView, PaymentView, RefundView
from backend.web.words import CAUSES, DROPPING, LINES, Words, act_words

_WANTING = ("waiting_transfer", "said_sent", "short", "lapsed")
_COLLECTED = ("settled", "receipted")
_LESS = ("quantity_corrected", "wrong_tariff", "withdrawn", "refused")
"""Why a charge that was paid is less than it was; of a case that ended, it may be nothing."""


def match(about: Situation) -> Iterator[Form]:
    """Only where an order waits and money is there that nobody is known to have sent."""
    orders = [one for one in about.case.payments if one.state in _WANTING]
    if not orders or not about.unmatched:
        return
    yield Form(
        kind="match_bank_credit",
        main=False,
        title=act_words("match_bank_credit"),
        note=Words(
            "Chỉ chọn khi chắc chắn: hỏi công dân giờ chuyển, số tiền và tên người chuyển.",
            "Only when sure: ask the citizen for the time, the amount and the payer's name.",
        ),
        fields=(
            Field(
                name="credit",
                words=Words("Tiền chưa rõ của ai", "Money not known whose"),
                kind="select",
                value=str(about.unmatched[0].credit_id),
                options=tuple(Option(str(one.credit_id), _came(one)) for one in about.unmatched),
            ),
            Field(
                name="payment",
                words=Words("Trả cho", "Pays"),
                kind="select",
                value=str(orders[0].payment_id),
                options=tuple(Option(str(one.payment_id), _order(one)) for one in orders),
            ),
        ),
    )


def _came(credit: CreditView) -> Words:
    when = f"{credit.credited_at.astimezone(VIETNAM):%d/%m %H:%M}"
    if credit.left < credit.amount:
        amounts = f"{money(credit.left)} / {money(credit.amount)}"
        return Words(f"còn {amounts} · {when}", f"{amounts} left · {when}")
    return Words(*[f"{money(credit.amount)} · {when} · {credit.said or ''}"] * 2)


def _order(order: PaymentView) -> Words:
    return Words(*[f"{order.reference} · {money(order.total)}"] * 2)


def matched(about: Situation, filled: Filled, act: UUID) -> Written:
    """Of money of which other cases have had their part, all that is left."""
    credit, payment = filled.id("credit"), {"payment_id": str(filled.id("payment"))}
    known = next((one for one in about.unmatched if one.credit_id == credit), None)
    if known is not None and known.left < known.amount:
        rest = {"part_of": str(credit), "amount": known.left}
        return Written(payment | {"credit_id": str(derived("part", act.hex)), "rest": rest})
    return Written(payment | {"credit_id": str(credit)})


def recount(about: Situation) -> Iterator[Form]:
    """Of what was collected: the agency's count is final, and may be less."""
    for charge in about.case.charges:
        amount = charge.amount if charge.counted is None else charge.counted
        if charge.state in _COLLECTED and amount > 0:
            line = LINES.get(charge.line, Words(charge.line, charge.line))
            yield Form(
                kind="recount_charge",
                main=False,
                title=act_words("recount_charge"),
                note=Words(
                    f"{line.vi}, đã thu {money(amount)}. Phần thu thừa thành khoản phải hoàn.",
                    f"{line.en}, {money(amount)} collected. What was taken too much is to be refunded.",
                ),
                fields=(
                    Field(name="charge", words=line, kind="hidden", value=str(charge.charge_id)),
                    Field(
                        name="amount",
                        words=Words("Số tiền cơ quan xác định (đồng)", "Final amount (đồng)"),
                        kind="number",
                    ),
                    Field(
                        name="cause",
                        words=Words("Vì", "Because"),
                        kind="select",
                        value="quantity_corrected",
                        options=options({cause: CAUSES[cause] for cause in _LESS}),
                    ),
                ),
                tried={"amount": str(max(1, amount - 1)), "cause": "quantity_corrected"},
            )


def recounted(_about: Situation, filled: Filled, _act: UUID) -> Written:
    body = {"charge_id": str(filled.id("charge")), "amount": filled.whole("amount")}
    return Written(body | {"cause": filled.choice("cause", _LESS)})


def open_refund(about: Situation) -> Iterator[Form]:
    """While money of the citizen is here of which no open refund speaks, such as after one was dropped by mistake."""
    if not (left := _left(about)):
        return
    ways, before = _came_by(about, left), next(reversed(list(_refunds(about, "dropped"))), None)
    way = str(before.payment_id or CASH) if before is not None else ""
    way = way if way in left else ways[0].value
    yield Form(
        kind="open_refund",
        main=False,
        title=act_words("open_refund"),
        note=Words(
            f"Tiền công dân còn dư: {money(sum(left.values()))}.",
            f"The citizen's money left over: {money(sum(left.values()))}.",
        ),
        fields=(
            Field(
                name="cause",
                words=Words("Vì", "Because"),
                kind="select",
                value="overpaid" if before is None else before.cause,
                options=options(CAUSES),
            ),
            Field(name="amount", words=Words("Số tiền (đồng)", "Amount (đồng)"), kind="number", value=str(left[way])),
            Field(name="from", words=Words("Đã nộp bằng", "Paid by"), kind="select", value=way, options=ways),
        ),
    )


def _left(about: Situation) -> dict[str, int]:
    """Đồng by the way they came, transfers first, less what was owed and what went back or will: each is apart."""
    case, left = about.case, dict[str, int]()
    for one in case.payments:
        own = [refund for refund in case.refunds if refund.payment_id == one.payment_id]
        left[str(one.payment_id)] = unspoken_for(one.received - one.used, own)
    came = sum(one.total for one in case.slips) + sum(one.used for one in case.payments)
    owed = sum(one.amount if one.counted is None else one.counted for one in case.charges if one.state in _COLLECTED)
    left[CASH] = unspoken_for(came - owed, [refund for refund in case.refunds if refund.payment_id is None])
    return {way: amount for way, amount in left.items() if amount > 0}


def _came_by(about: Situation, left: Mapping[str, int]) -> tuple[Option, ...]:
    """A transfer goes back from the account it came to."""
    references = {str(one.payment_id): one.reference for one in about.case.payments}
    return tuple(
        Option(way, Words(f"Chuyển khoản {said}: {money(amount)}", f"Transfer {said}: {money(amount)}"))
        if (said := references.get(way)) is not None
        else Option(way, Words(f"Tiền mặt: {money(amount)}", f"Cash: {money(amount)}"))
        for way, amount in left.items()
    )


CASH = "cash"


def refund_opened(about: Situation, filled: Filled, act: UUID) -> Written:
    """Raises FilledWrong."""
    amount, cause = filled.whole("amount", least=1), filled.choice("cause", CAUSES)
    left, way = _left(about), filled.text("from")
    if amount > left.get(way, 0):
        said = money(left.get(way, 0))
        raise FilledWrong(f"Theo cách này công dân còn dư {said}. Sửa số tiền, hoặc chọn lại.", pointer="/amount")
    body = {"refund_id": str(act), "amount": amount, "cause": cause}
    return Written(body if way == CASH else body | {"payment_id": way})


def approve(about: Situation) -> Iterator[Form]:
    for refund in _refunds(about, "due"):
        yield Form(
            kind="approve_refund", title=act_words("approve_refund"), note=_why(refund), fields=(_which(refund),)
        )


def approved(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"refund_id": str(filled.id("refund"))})


def drop(about: Situation) -> Iterator[Form]:
    reason = Field(
        name="reason", words=Words("Lý do", "Reason"), kind="select", value="mistake", options=options(DROPPING)
    )
    for refund in _refunds(about, *OPEN):
        yield Form(
            kind="drop_refund",
            main=False,
            title=act_words("drop_refund"),
            note=_why(refund),
            fields=(_which(refund), reason),
        )


def dropped(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"refund_id": str(filled.id("refund")), "reason": filled.choice("reason", DROPPING)})


def _refunds(about: Situation, *states: str) -> Iterator[RefundView]:
    yield from (refund for refund in about.case.refunds if refund.state in states)


def _which(refund: RefundView) -> Field:
    return Field(name="refund", words=Words("Khoản hoàn", "Refund"), kind="hidden", value=str(refund.refund_id))


def _why(refund: RefundView) -> Words:
    cause = CAUSES.get(refund.cause, Words(refund.cause, refund.cause))
    day = f"{refund.due_on:%d/%m/%Y}"
    return Words(
        f"{money(refund.amount)}, {cause.vi.lower()}. Hạn hoàn {day}.",
        f"{money(refund.amount)}, {cause.en.lower()}. Due {day}.",
    )
