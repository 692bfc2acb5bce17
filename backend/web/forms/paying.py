"""Forms of a counter about what a case costs and how that is paid there (F08, F09, F21). Pure: no I/O."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from backend.dossiers.model import RESULT_GOES_OUT
from backend.ids import derived
from backend.procedures.amounts import money
from backend.procedures.model import DueAt, FeeKind, FeeLine, FeeUnit, FilingChannel, Payee
from backend.procedures.quoting import MOST_UNITS, ONE_BY_ITSELF, quote
from backend.visits.lists import UNPAID as UNPAID_YET
from backend.web.forms.counter import visit_served
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, hidden, options
from backend.web.forms.situation import Situation
from backend.web.money_views import ChargeView, HouseholdCharge
from backend.web.procedure_words import UNITS
from backend.web.words import UNPAID, Words, act_words


def quote_charges(about: Situation) -> Iterator[Form]:
    """What the catalogue names and the case does not owe yet."""
    visit, lines = visit_served(about, "arrived"), _unquoted(about)
    if visit is None or not lines:
        return
    yield Form(
        kind="quote",
        main=not about.case.charges,
        title=act_words("quote"),
        note=Words(", ".join(line.name for line in lines), ", ".join(line.name_en or line.name for line in lines)),
        fields=(hidden("visit", visit.visit_id), *(_count(unit) for unit in _units(lines))),
        tried={str(unit): "1" for unit in _units(lines)},
    )


def _unquoted(about: Situation) -> list[FeeLine]:
    """By the tariff of today: what is due is that of the moment of collection (F18)."""
    version = about.version
    if version is None or not version.holds(about.offices.today):
        return []
    known = {one.line for one in about.case.charges if one.state != "voided"}
    return [
        line
        for line in version.content.fees or ()
        if line.code not in known and line.tiers is not None and _is_due(line)
    ]


def _is_due(line: FeeLine) -> bool:
    return not line.channels or FilingChannel.POST in line.channels


def _units(lines: list[FeeLine]) -> list[FeeUnit]:
    """What is counted, but for the dossier, which is one."""
    named = [unit for line in lines for unit in (line.unit, line.per) if unit is not None]
    return [unit for unit in dict.fromkeys(named) if unit is not FeeUnit.DOSSIER]


def _count(unit: FeeUnit) -> Field:
    return Field(
        name=str(unit),
        words=Words(f"Số {UNITS[unit].vi}", f"Number: {UNITS[unit].en}"),
        kind="number",
        value="1" if unit in ONE_BY_ITSELF else "",
        group="counts",
    )


def quoted(about: Situation, filled: Filled, act: UUID) -> Written:
    lines = {line.code: line for line in _unquoted(about)}
    counted = {unit: filled.whole(str(unit), least=1, most=MOST_UNITS) for unit in _units(list(lines.values()))}
    version = about.version
    said = None if version is None else quote(version, counted, (), FilingChannel.POST, about.offices.today)
    found = [line for line in (said.lines if said is not None else ()) if line.code in lines and line.amount]
    if not found:
        raise FilledWrong("Không có khoản nào phải thu thêm. Tải lại hồ sơ để xem các khoản đã ghi.")
    charges = [
        {
            "charge_id": str(derived("charge", act.hex, line.code)),
            "line": line.code,
            "amount": line.amount,
            "due_at": str(line.due or DueAt.RECEPTION),
            "of": "post" if line.kind is FeeKind.POSTAGE or line.payee is Payee.POST else "agency",
        }
        for line in found
    ]
    return Written({"visit_id": str(filled.id("visit")), "charges": charges})


def collect(about: Situation) -> Iterator[Form]:
    """The number of the slip is given when it is sent."""
    for fields in _owed(about):
        given = Field(
            name="tendered",
            words=Words("Công dân đưa (đồng)", "The citizen gives (đồng)"),
            kind="number",
            required=False,
            hint=Words("để trống nếu đưa đúng số tiền", "empty where it is the exact amount"),
        )
        yield Form(
            kind="collect",
            title=act_words("collect"),
            note=Words(
                "Tiền mặt, thu đủ từng khoản. Số phiếu thu hiện trong hồ sơ sau khi gửi; ghi số đó lên thẻ.",
                "Cash, each line wholly. The slip's number stands in the case afterwards; write it on the card.",
            ),
            fields=(*fields, given),
        )


def collected(about: Situation, filled: Filled, act: UUID) -> Written:
    """Each case has a slip; what is given back stands on the first."""
    bodies = _ticked(about, filled, act)
    total = sum(body["total"] for body in bodies.values())
    given = total if filled.maybe("tendered") is None else filled.whole("tendered")
    if given < total:
        raise FilledWrong(
            f"Tiền đưa chưa đủ {money(total)}. Bỏ bớt khoản, hoặc đưa mã chuyển khoản.", pointer="/tendered"
        )
    cash: dict[str, Any] = {"means": "cash"}
    exact = {case: body | cash | {"tendered": body["total"], "change": 0} for case, body in bodies.items()}
    own = exact.pop(about.case.case_id)
    return Written(own | {"tendered": own["total"] + given - total, "change": given - total}, others=exact)


def show_payment_code(about: Situation) -> Iterator[Form]:
    """Paid to the post's account of today, which nobody types. The reference is given when it is sent."""
    for fields in _owed(about):
        if about.payee is not None:
            to = f"{about.payee.holder} · {about.payee.account}"
            yield Form(
                kind="show_payment_code",
                title=act_words("show_payment_code"),
                note=Words(
                    "Sau khi gửi, bấm vào mã trong mục Chuyển khoản để công dân quét.",
                    "Then open the code below By transfer for the citizen to scan.",
                ),
                fields=(
                    *fields,
                    Field(
                        name="to",
                        words=Words("Chuyển vào", "To be paid to"),
                        kind="told",
                        options=(Option("", Words(to, to)),),
                    ),
                ),
            )


def code_shown(about: Situation, filled: Filled, act: UUID) -> Written:
    if about.payee is None:
        raise FilledWrong("Bưu cục chưa có tài khoản nhận tiền hôm nay. Thu tiền mặt, hoặc báo Trưởng bưu cục.")
    account = str(about.payee.id)
    bodies = {
        case: body | {"payment_id": str(derived("payment", act.hex, case.hex)), "account_id": account}
        for case, body in _ticked(about, filled, act).items()
    }
    return Written(bodies.pop(about.case.case_id), others=bodies)


def record_transfer_said(about: Situation) -> Iterator[Form]:
    for order in about.case.payments:
        if order.state == "waiting_transfer" and visit_served(about, "arrived") is not None:
            yield Form(
                kind="record_transfer_said",
                main=False,
                title=act_words("record_transfer_said"),
                note=Words(*[f"{order.reference} · {money(order.total)}"] * 2),
                fields=(hidden("payment", order.payment_id),),
            )


def transfer_said(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"payment_id": str(filled.id("payment"))})


def record_unpaid(about: Situation) -> Iterator[Form]:
    for fields in _owed(about):
        yield Form(
            kind="record_unpaid",
            main=False,
            title=act_words("record_unpaid"),
            note=Words(
                "Giấy tờ vẫn gửi đi. Khoản thu khi trả mà chưa nộp thì chưa giao kết quả.",
                "The papers go on all the same. What is due at return keeps the result.",
            ),
            fields=(
                *fields,
                Field(
                    name="reason",
                    words=Words("Vì", "Because"),
                    kind="radio",
                    value=next(iter(UNPAID)),
                    options=options(UNPAID),
                ),
            ),
        )


def unpaid_recorded(about: Situation, filled: Filled, act: UUID) -> Written:
    reason = filled.choice("reason", UNPAID)
    ticked = _ticked(about, filled, act)
    charges = {case: [line["charge_id"] for line in one["lines"]] for case, one in ticked.items()}
    visit = str(filled.id("visit"))
    bodies = {case: {"visit_id": visit, "charge_ids": ids, "reason": reason} for case, ids in charges.items()}
    return Written(bodies.pop(about.case.case_id), others=bodies)


def _owed(about: Situation) -> Iterator[tuple[Field, ...]]:
    """The visit, and the lines of the household that still want money, those due now ticked: once, or not at all."""
    visit = visit_served(about, "arrived")
    owed = [one for one in about.case.charges if one.state in UNPAID_YET]
    if visit is not None and owed:
        theirs = [one for one in about.household if one.visit_id == visit.visit_id]
        every = [one for one in (*owed, *theirs) if one.due_at == DueAt.RECEPTION or visit.purpose in RESULT_GOES_OUT]
        now = every if any(one in owed for one in every) else owed
        lines = Field(
            name="charges",
            words=Words("Khoản", "Lines"),
            kind="checks",
            value="\n".join(str(one.charge_id) for one in now),
            options=(
                *(Option(str(one.charge_id), _owing(about, one)) for one in owed),
                *(Option(str(one.charge_id), _owing(about, one)) for one in theirs),
            ),
        )
        yield hidden("visit", visit.visit_id), lines


def _line(about: Situation, charge: ChargeView | HouseholdCharge) -> Words:
    return about.lines.get(charge.line, Words(charge.line, charge.line))


def _owing(about: Situation, charge: ChargeView | HouseholdCharge) -> Words:
    line = _line(about, charge)
    said = Words(f"{line.vi}: {money(charge.amount)}", f"{line.en}: {money(charge.amount)}")
    if isinstance(charge, ChargeView):
        return said
    whose = charge.owner_name or "…"
    return Words(f"{whose} · {said.vi}", f"{whose} · {said.en}")


def _ticked(about: Situation, filled: Filled, act: UUID) -> dict[UUID, dict[str, Any]]:
    """By case, this one first: what of it is paid, and where there are others the order that it all belongs to."""
    ticked, visit, own = set(filled.many("charges")), filled.id("visit"), about.case.case_id
    owed: dict[UUID, list[ChargeView | HouseholdCharge]] = {own: []}
    for charge in about.case.charges:
        if charge.state in UNPAID_YET and str(charge.charge_id) in ticked:
            owed[own].append(charge)
    for charge in about.household:
        if charge.visit_id == visit and str(charge.charge_id) in ticked:
            owed.setdefault(charge.case_id, []).append(charge)
    if not owed[own]:
        raise FilledWrong("Chưa chọn khoản nào của hồ sơ này. Đánh dấu rồi gửi lại.", pointer="/charges")
    total = sum(one.amount for lines in owed.values() for one in lines)
    order = {"order": {"id": str(derived("order", act.hex)), "total": total}} if len(owed) > 1 else {}
    return {
        case: {
            "visit_id": str(visit),
            "lines": [{"charge_id": str(one.charge_id), "amount": one.amount} for one in lines],
            "total": sum(one.amount for one in lines),
        }
        | order
        for case, lines in owed.items()
    }
