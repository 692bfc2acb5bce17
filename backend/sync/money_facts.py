"""The facts of the rule table about transfers and refunds."""

from backend.clock import local_date
from backend.fees import payments
from backend.fees.payment_model import Payment, Refund, is_valid
from backend.sync.money_about import money_coming
from backend.sync.sheet import Fact, Facts, FactSheet


def reference_known(sheet: FactSheet) -> Fact:
    return sheet.do.world.knows("reference", (sheet.do.act.envelope.made_by, sheet.body.reference))


def payee_fits(sheet: FactSheet) -> Fact:
    payee = sheet.do.world.payees.get(sheet.body.account_id)
    return payee is not None and is_valid(payee, local_date(sheet.do.act.occurred_at))


def amount_fit(sheet: FactSheet) -> Fact:
    does = money_coming(sheet.do.world, sheet.do.subject, sheet.body)
    return does.fit if does is not None else "exact"


def approvals_missing(sheet: FactSheet) -> Fact:
    refund = sheet.do.world.get(Refund, *sheet.thing.key) if sheet.thing is not None else None
    return payments.approvals_missing(refund) if refund is not None else 1


def refund_whole(sheet: FactSheet) -> Fact:
    world, case = sheet.do.world, sheet.do.subject
    refund = world.get(Refund, case, sheet.body.refund_id)
    payment = world.get(Payment, case, refund.payment_id) if refund is not None else None
    return (
        refund is not None
        and payment is not None
        and payments.nothing_left(payment, world.of_case(Refund, case), refund)
    )


OF_TRANSFERS: Facts = {
    "reference_known": reference_known,
    "payee_fits": payee_fits,
    "amount_fit": amount_fit,
    "approvals_missing": approvals_missing,
    "refund_whole": refund_whole,
}
