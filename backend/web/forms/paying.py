"""Forms of a counter about what a case costs and how that is paid there (F08, F09, F21). Pure: no I/O."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from backend.dossiers.model import RESULT_GOES_OUT
from backend.ids import derived
from backend.procedures.amounts import money
from backend.procedures.model import DueAt, FeeKind, FeeLine, FeeUnit, FilingChannel, Payee
from backend.procedures.quoting import MOST_UNITS, ONE_BY_ITSELF, quote
from backend.visits.lists import UNPAID as WANTED
from backend.web.forms.counter import visit_served
from backend.web.forms.field import Field, Filled, FilledWrong, Form, Option, Written, hidden, options
from backend.web.forms.situation import Situation
from backend.web.money_views import ChargeView
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


def collected(about: Situation, filled: Filled, _act: UUID) -> Written:
    body = _ticked(about, filled)
    given = body["total"] if filled.maybe("tendered") is None else filled.whole("tendered")
    if given < body["total"]:
        raise FilledWrong(
            f"Tiền đưa chưa đủ {money(body['total'])}. Bỏ bớt khoản, hoặc đưa mã chuyển khoản.", pointer="/tendered"
        )
    return Written(body | {"means": "cash", "tendered": given, "change": given - body["total"]})


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
    order = {"payment_id": str(derived("payment", act.hex)), "account_id": str(about.payee.id)}
    return Written(_ticked(about, filled) | order)


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


def unpaid_recorded(about: Situation, filled: Filled, _act: UUID) -> Written:
    body = _ticked(about, filled)
    charges = [line["charge_id"] for line in body["lines"]]
    reason = filled.choice("reason", UNPAID)
    return Written({"visit_id": body["visit_id"], "charge_ids": charges, "reason": reason})


def claim_relief(about: Situation) -> Iterator[Form]:
    """Nobody at a counter decides it: an approver does."""
    visit, known = visit_served(about, "arrived"), _reliefs(about)
    if visit is not None and known:
        yield Form(
            kind="claim_relief",
            main=False,
            title=act_words("claim_relief"),
            note=Words("Xem giấy chứng minh. Người duyệt quyết.", "Look at what proves it. An approver decides."),
            fields=(
                hidden("visit", visit.visit_id),
                Field(
                    name="relief",
                    words=Words("Diện miễn, giảm", "Relief"),
                    kind="radio",
                    value=next(iter(known)),
                    options=options(known),
                ),
            ),
        )


def _reliefs(about: Situation) -> Mapping[str, Words]:
    """By charge and code."""
    fees = (about.version.content.fees if about.version is not None else None) or ()
    return {
        f"{charge.charge_id}:{relief.code}": Words(
            f"{_line(about, charge).vi}: {relief.who}", f"{_line(about, charge).en}: {relief.who_en or relief.who}"
        )
        for charge in about.case.charges
        if charge.state in WANTED and charge.relief_claimed is None
        for fee in fees
        if fee.code == charge.line
        for relief in fee.reliefs
        if relief.holds(about.offices.today)
    }


def relief_claimed(about: Situation, filled: Filled, _act: UUID) -> Written:
    charge, _, relief = filled.choice("relief", _reliefs(about)).partition(":")
    return Written({"visit_id": str(filled.id("visit")), "charge_id": charge, "relief": relief})


def _owed(about: Situation) -> Iterator[tuple[Field, ...]]:
    """The visit, and the lines that still want money, those due now ticked: once, or not at all."""
    visit = visit_served(about, "arrived")
    owed = [one for one in about.case.charges if one.state in WANTED]
    if visit is not None and owed:
        now = [one for one in owed if one.due_at == DueAt.RECEPTION or visit.purpose in RESULT_GOES_OUT]
        lines = Field(
            name="charges",
            words=Words("Khoản", "Lines"),
            kind="checks",
            value="\n".join(str(one.charge_id) for one in now or owed),
            options=tuple(Option(str(one.charge_id), _owing(about, one)) for one in owed),
        )
        yield hidden("visit", visit.visit_id), lines


def _line(about: Situation, charge: ChargeView) -> Words:
    return about.lines.get(charge.line, Words(charge.line, charge.line))


def _owing(about: Situation, charge: ChargeView) -> Words:
    line = _line(about, charge)
    return Words(f"{line.vi}: {money(charge.amount)}", f"{line.en}: {money(charge.amount)}")


def _ticked(about: Situation, filled: Filled) -> dict[str, Any]:
    ticked = set(filled.many("charges"))
    owed = [one for one in about.case.charges if one.state in WANTED and str(one.charge_id) in ticked]
    if not owed:
        raise FilledWrong("Chưa chọn khoản nào. Đánh dấu rồi gửi lại.", pointer="/charges")
    return {
        "visit_id": str(filled.id("visit")),
        "lines": [{"charge_id": str(one.charge_id), "amount": one.amount} for one in owed],
        "total": sum(one.amount for one in owed),
    }
