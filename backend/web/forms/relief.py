"""Forms about charges that are not owed: a relief that has a name, claimed and decided, or taken back (F09). Pure."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from backend.procedures.amounts import money
from backend.visits.lists import UNPAID as UNPAID_YET
from backend.web.forms.counter import visit_served
from backend.web.forms.field import Field, Filled, Form, Written, hidden, options
from backend.web.forms.situation import Situation
from backend.web.money_views import ChargeView
from backend.web.words import UNPAID, Words, act_words

PAID = ("settled", "receipted")
OTHER = {"other": Words("Diện khác theo quy định", "Another one by law")}
VOIDING = {
    "mistake": Words("Ghi nhầm", "Entered by mistake"),
    "not_due": Words("Không phải thu", "Not due"),
}


def claim_relief(about: Situation) -> Iterator[Form]:
    """Nobody at a counter decides it: an approver does."""
    visit, known = visit_served(about, "arrived"), _claimable(about)
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


def _claimable(about: Situation) -> Mapping[str, Words]:
    """By charge and code."""
    fees = (about.version.content.fees if about.version is not None else None) or ()
    return {
        f"{charge.charge_id}:{relief.code}": Words(
            f"{_line(about, charge).vi}: {relief.who}", f"{_line(about, charge).en}: {relief.who_en or relief.who}"
        )
        for charge in about.case.charges
        if charge.state in UNPAID_YET and charge.relief_claimed is None
        for fee in fees
        if fee.code == charge.line
        for relief in fee.reliefs
        if relief.holds(about.offices.today)
    }


def relief_claimed(about: Situation, filled: Filled, _act: UUID) -> Written:
    charge, _, relief = filled.choice("relief", _claimable(about)).partition(":")
    return Written({"visit_id": str(filled.id("visit")), "charge_id": charge, "relief": relief})


def exempt(about: Situation) -> Iterator[Form]:
    for charge in about.case.charges:
        if charge.state in (*UNPAID_YET, *PAID) and charge.counted != 0:
            reliefs = _reliefs(about, charge)
            claimed = charge.relief_claimed if charge.relief_claimed in reliefs else next(iter(reliefs))
            yield Form(
                kind="exempt",
                main=charge.relief_claimed is not None and charge.state in UNPAID_YET,
                title=act_words("exempt"),
                note=_about(about, charge),
                fields=(
                    _which(charge),
                    Field(
                        name="relief",
                        words=Words("Diện miễn, giảm", "Relief"),
                        kind="select",
                        value=claimed,
                        options=options(reliefs),
                    ),
                ),
            )


def _reliefs(about: Situation, charge: ChargeView) -> dict[str, Words]:
    """Those of the catalogue that hold on the case's day: "Miễn phí" always names one."""
    fees = (about.version.content.fees if about.version is not None else None) or ()
    on = about.case.regime_on
    named = [relief for fee in fees if fee.code == charge.line for relief in fee.reliefs or () if relief.holds(on)]
    return {one.code: Words(one.who, one.who_en or one.who) for one in named} | OTHER


def _line(about: Situation, charge: ChargeView) -> Words:
    return about.lines.get(charge.line, Words(charge.line, charge.line))


def _about(about: Situation, charge: ChargeView) -> Words:
    line = _line(about, charge)
    why = UNPAID.get(charge.unpaid_because or "")
    vi, en = (f", {why.vi.lower()}", f", {why.en}") if why is not None else ("", "")
    return Words(f"{line.vi}: {money(charge.amount)}{vi}.", f"{line.en}: {money(charge.amount)}{en}.")


def _which(charge: ChargeView) -> Field:
    return Field(name="charge", words=Words("Khoản", "Charge"), kind="hidden", value=str(charge.charge_id))


def exempted(about: Situation, filled: Filled, _act: UUID) -> Written:
    charge = filled.id("charge")
    known = [code for one in about.case.charges if one.charge_id == charge for code in _reliefs(about, one)]
    return Written({"charge_id": str(charge), "relief": filled.choice("relief", known)})


def void_charge(about: Situation) -> Iterator[Form]:
    for charge in about.case.charges:
        if charge.state in UNPAID_YET:
            why = Field(
                name="reason", words=Words("Lý do", "Reason"), kind="select", value="mistake", options=options(VOIDING)
            )
            yield Form(
                kind="void_charge",
                main=False,
                title=act_words("void_charge"),
                note=_about(about, charge),
                fields=(_which(charge), why),
            )


def voided(_about: Situation, filled: Filled, _act: UUID) -> Written:
    return Written({"charge_id": str(filled.id("charge")), "reason": filled.choice("reason", VOIDING)})
