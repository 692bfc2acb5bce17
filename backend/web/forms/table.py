"""All forms about a case, in the order of its way, and which of them the rules allow now."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

import msgspec

from backend.acts.rules import current, load
from backend.database import Transaction
from backend.errors import Refusal
from backend.sync.offering import Wish, possible
from backend.web.forms import (
    agency,
    asking,
    calling,
    changing,
    consenting,
    custody,
    ending,
    losses,
    merging,
    money,
    originals,
    parties,
    paying,
    planning,
    receipt,
    refusing,
    rekeying,
    relief,
    results,
    reviewing,
    sealing,
    serving,
    signing,
    telling,
    urging,
)
from backend.web.forms.field import Filled, Form, Written
from backend.web.forms.situation import Situation
from backend.web.numbering import stand_in


class Kind(msgspec.Struct, frozen=True):
    """How forms of one kind are drawn and read."""

    draw: Callable[[Situation], Iterable[Form]]
    read: Callable[[Situation, Filled, UUID], Written]


KINDS: dict[str, Kind] = {
    "countersign_review": Kind(reviewing.countersign_review, reviewing.countersigned),
    "resolve_review": Kind(reviewing.resolve_review, reviewing.review_resolved),
    "clear_exception": Kind(reviewing.clear_exception, reviewing.exception_cleared),
    "record_told": Kind(telling.record_told, telling.told_recorded),
    "answer_guidance": Kind(asking.answer_guidance, asking.answered),
    "answer_urging": Kind(urging.answer_urging, urging.answered),
    "forward": Kind(planning.forward, planning.forwarded),
    "acknowledge_forward": Kind(planning.acknowledge, planning.acknowledged),
    "confirm": Kind(agency.confirm, agency.confirmed),
    "book": Kind(planning.book, planning.booked),
    "confirm_rekeyed": Kind(rekeying.confirm_rekeyed, rekeying.confirmed),
    "receive": Kind(custody.receive, custody.received),
    "recount_charge": Kind(money.recount, money.recounted),
    "exempt": Kind(relief.exempt, relief.exempted),
    "void_charge": Kind(relief.void_charge, relief.voided),
    "approve_refund": Kind(money.approve, money.approved),
    "match_bank_credit": Kind(money.match, money.matched),
    "drop_refund": Kind(money.drop, money.dropped),
    "open_refund": Kind(money.open_refund, money.refund_opened),
    "record_arrival": Kind(serving.record_arrival, serving.arrived),
    "take_papers": Kind(serving.take_papers, serving.papers_taken),
    "hand_back_papers": Kind(serving.hand_back_papers, serving.papers_handed_back),
    "check_identity": Kind(signing.check_identity, signing.identity_checked),
    "show_notice": Kind(consenting.show_notice, consenting.notice_shown),
    "see_original": Kind(originals.see_original, originals.original_seen),
    "read_back": Kind(signing.read_back, signing.was_read_back),
    "sign": Kind(signing.sign, signing.signed),
    "photograph": Kind(sealing.photograph, sealing.photographed),
    "quote": Kind(paying.quote_charges, paying.quoted),
    "collect": Kind(paying.collect, paying.collected),
    "show_payment_code": Kind(paying.show_payment_code, paying.code_shown),
    "record_transfer_said": Kind(paying.record_transfer_said, paying.transfer_said),
    "record_unpaid": Kind(paying.record_unpaid, paying.unpaid_recorded),
    "claim_relief": Kind(relief.claim_relief, relief.relief_claimed),
    "send_anyway": Kind(sealing.send_anyway, sealing.sent_anyway),
    "seal": Kind(sealing.seal, sealing.sealed),
    "hand_over_result": Kind(ending.hand_over_result, ending.result_handed_over),
    "finish_visit": Kind(ending.finish_visit, ending.visit_finished),
    "fail_visit": Kind(ending.fail_visit, ending.visit_failed),
    "open_seal": Kind(custody.open_seal, custody.seal_opened),
    "record_found": Kind(losses.record_found, losses.finding_recorded),
    "record_loss": Kind(losses.record_loss, losses.loss_recorded),
    "cross_check": Kind(agency.cross_check, agency.cross_checked),
    "waive": Kind(agency.waive, agency.waived),
    "issue_receipt": Kind(receipt.issue_receipt, receipt.receipt_issued),
    "release_result": Kind(agency.release_result, agency.result_released),
    "offer": Kind(custody.offer, custody.offered),
    "accept_withdrawal": Kind(refusing.accept_withdrawal, refusing.withdrawal_accepted),
    "invite": Kind(results.invite, results.invited),
    "open_on_record": Kind(losses.open_on_record, losses.opened_on_record),
    "report_portal_status": Kind(agency.report_portal_status, agency.portal_status_reported),
    "confirm_call": Kind(calling.confirm_call, calling.call_confirmed),
    "log_call": Kind(calling.log_call, calling.call_logged),
    "ask_guidance": Kind(asking.ask_guidance, asking.asked),
    "urge": Kind(urging.urge, urging.urged),
    "move_appointment": Kind(planning.move, planning.moved),
    "cancel_appointment": Kind(planning.cancel_appointment, planning.appointment_cancelled),
    "report_mismatch": Kind(agency.report_mismatch, agency.mismatch_reported),
    "correct_registration": Kind(parties.correct_registration, parties.registration_corrected),
    "change_recipient": Kind(parties.change_recipient, parties.recipient_changed),
    "send_code": Kind(changing.send_code, changing.code_sent),
    "change_contact": Kind(changing.change_contact, changing.contact_changed),
    "change_address": Kind(changing.change_address, changing.address_changed),
    "change_result_way": Kind(changing.change_result_way, changing.result_way_changed),
    "record_mandate": Kind(consenting.record_mandate, consenting.mandate_recorded),
    "revoke_mandate": Kind(consenting.revoke_mandate, consenting.mandate_revoked),
    "void_signature": Kind(signing.void_signature, signing.signature_voided),
    "record_consent": Kind(consenting.record_consent, consenting.consent_recorded),
    "withdraw_consent": Kind(consenting.withdraw_consent, consenting.consent_withdrawn),
    "withdraw": Kind(planning.withdraw, planning.withdrawn),
    "cancel": Kind(planning.cancel, planning.cancelled),
    "keep_at_post": Kind(results.keep_at_post, results.kept),
    "forward_result": Kind(results.forward_result, results.forwarded),
    "return_result": Kind(results.return_result, results.returned),
    "send_back_for_correction": Kind(results.send_back_for_correction, results.sent_back),
    "refuse_dossier": Kind(refusing.refuse_dossier, refusing.dossier_refused),
    "merge": Kind(merging.merge, merging.merged),
    "undo_merge": Kind(merging.undo_merge, merging.merge_undone),
    "set_aside_rekeyed": Kind(rekeying.set_aside_rekeyed, rekeying.set_aside),
    "drop_duty": Kind(telling.drop_duty, telling.duty_dropped),
}


async def offered(tx: Transaction, abouts: Sequence[Situation], *, main: bool = False) -> list[list[Form]]:
    """For each case the forms that would take effect now if the clerk sent them. `tx`: of the services.

    All situations are of one clerk at one moment. `main`: only what is next, as a list of fifty cases tells it.
    """
    if not abouts:
        return []
    drawn = [(at, form, wish) for at, about in enumerate(abouts) for form, wish in _wishes(about, main=main)]
    first = abouts[0]
    allowed = await possible(
        tx,
        [wish for _, _, wish in drawn],
        person=first.clerk.person_id,
        posts=frozenset(first.clerk.posts),
        at=first.offices.at,
        in_review=[about.case.case_id for about in abouts if about.case.reviews],
    )
    found: list[list[Form]] = [[] for _ in abouts]
    for (at, form, _), yes in zip(drawn, allowed, strict=True):
        if yes:
            found[at].append(form)
    return found


def _wishes(about: Situation, *, main: bool) -> Iterable[tuple[Form, Wish]]:
    """Every form that one of the clerk's roles at this case may send, as if it were sent as it is drawn."""
    roles = {post.role for post in about.posts}
    rules = load(current())
    for name, kind in KINDS.items():
        if roles.isdisjoint(rules.act(name).roles):
            continue
        for form in kind.draw(about):
            if main and not form.main:
                continue
            try:
                written = kind.read(about, form.as_tried(), form.act)
            except Refusal:
                continue
            body = stand_in(name, written.body)
            yield form, Wish(about.case.case_id, name, body, written.personal if form.tries_personal else None)
