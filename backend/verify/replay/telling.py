"""Tells one act after the other: judges it under its own rules, does what it means, and leaves the states it left."""

import hashlib
from collections.abc import Callable, Mapping
from heapq import heapify, heappop, heappush

import msgspec

from backend.acts import rules
from backend.acts.rules import RuleTable
from backend.verify.replay import (
    bag_acts,
    call_back_acts,
    case_acts,
    change_acts,
    custody_acts,
    device_acts,
    door_acts,
    dossier_acts,
    duty_acts,
    incident_acts,
    label_acts,
    money_acts,
    party_acts,
    people_acts,
    presence_acts,
    question_acts,
    refund_acts,
    relief_acts,
    result_acts,
    return_acts,
    run_sheet_acts,
    seen_acts,
    transfers,
    visit_acts,
)
from backend.verify.replay.deed import Deed
from backend.verify.replay.judging import judge
from backend.verify.replay.things import things
from backend.verify.replay.world import ANYTHING, Missing, World
from backend.verify.report import Report

Meaning = Callable[[World, Deed], None]
MEANINGS: dict[str, Meaning] = {
    "rekey": run_sheet_acts.rekey,
    "confirm_rekeyed": run_sheet_acts.decided,
    "set_aside_rekeyed": run_sheet_acts.decided,
    "register": party_acts.register,
    "forward": case_acts.forward,
    "acknowledge_forward": case_acts.acknowledge_forward,
    "confirm": case_acts.confirm,
    "report_mismatch": return_acts.report_mismatch,
    "correct_registration": party_acts.corrected,
    "change_recipient": party_acts.recipient_changed,
    "send_code": case_acts.only_states,
    "change_contact": change_acts.contact,
    "change_address": change_acts.address,
    "change_result_way": change_acts.way,
    "book": case_acts.book,
    "move_appointment": case_acts.move_appointment,
    "cancel_appointment": case_acts.cancel_appointment,
    "confirm_call": case_acts.confirm_call,
    "log_call": presence_acts.log_call,
    "list_call_back": call_back_acts.list_call_back,
    "record_call_back": call_back_acts.record_call_back,
    "ask_guidance": question_acts.ask_guidance,
    "answer_guidance": question_acts.answer_guidance,
    "urge": question_acts.urge,
    "answer_urging": question_acts.answer_urging,
    "cross_check": case_acts.cross_check,
    "waive": case_acts.waive,
    "issue_receipt": dossier_acts.issue_receipt,
    "report_portal_status": dossier_acts.report_portal_status,
    "withdraw": return_acts.withdraw,
    "cancel": return_acts.cancel,
    "accept_withdrawal": return_acts.accept_withdrawal,
    "refuse_dossier": return_acts.refuse_dossier,
    "hand_back_papers": return_acts.hand_back_papers,
    "merge": return_acts.merge,
    "undo_merge": return_acts.undo_merge,
    "erase": party_acts.erase,
    "clear_exception": case_acts.clear_exception,
    "resolve_review": case_acts.only_states,
    "countersign_review": case_acts.only_states,
    "depart": case_acts.only_states,
    "record_arrival": presence_acts.record_arrival,
    "send_anyway": visit_acts.send_anyway,
    "record_not_gone": visit_acts.record_not_gone,
    "defer_photograph": door_acts.defer_photograph,
    "open_result": result_acts.open_result,
    "reseal": result_acts.reseal,
    "invite": result_acts.invite,
    "keep_at_post": case_acts.only_states,
    "forward_result": result_acts.forward_result,
    "return_result": case_acts.only_states,
    "send_back_for_correction": case_acts.only_states,
    "check_identity": door_acts.check_identity,
    "see_original": seen_acts.see_original,
    "take_papers": door_acts.take_papers,
    "photograph": presence_acts.photograph,
    "sign": people_acts.sign,
    "void_signature": people_acts.void_signature,
    "read_back": people_acts.read_back,
    "record_mandate": people_acts.record_mandate,
    "revoke_mandate": people_acts.revoke_mandate,
    "show_notice": people_acts.show_notice,
    "record_consent": people_acts.record_consent,
    "withdraw_consent": people_acts.withdraw_consent,
    "seal": presence_acts.seal,
    "finish_visit": presence_acts.finish_visit,
    "fail_visit": presence_acts.fail_visit,
    "offer": custody_acts.offer,
    "receive": custody_acts.receive,
    "open_seal": custody_acts.open_seal,
    "release_result": result_acts.release_result,
    "hand_over_result": presence_acts.hand_over_result,
    "quote": money_acts.quote,
    "collect": transfers.collect,
    "open_duty": duty_acts.open_duty,
    "record_told": duty_acts.record_told,
    "drop_duty": duty_acts.drop_duty,
    "begin_shift": money_acts.begin_shift,
    "accept_jobs": case_acts.only_states,
    "remit": money_acts.remit,
    "close_shift": money_acts.close_shift,
    "close_shift_provisionally": money_acts.close_shift,
    "countersign_close": money_acts.countersign_close,
    "record_variance": money_acts.record_variance,
    "settle_shift": money_acts.settle_shift,
    "show_payment_code": transfers.show_payment_code,
    "record_transfer_said": transfers.record_transfer_said,
    "record_unmatched_credit": transfers.record_unmatched_credit,
    "record_bank_credit": transfers.money_comes,
    "match_bank_credit": transfers.money_comes,
    "lapse_payment": transfers.lapse_payment,
    "record_unpaid": relief_acts.record_unpaid,
    "claim_relief": relief_acts.claim_relief,
    "exempt": relief_acts.exempt,
    "void_charge": relief_acts.void_charge,
    "recount_charge": transfers.recount_charge,
    "open_refund": refund_acts.open_refund,
    "approve_refund": refund_acts.approve_refund,
    "pay_refund": refund_acts.pay_refund,
    "drop_refund": refund_acts.drop_refund,
    "print_label_sets": label_acts.print_label_sets,
    "issue_label_sets": label_acts.issue_label_sets,
    "return_label_sets": label_acts.return_label_sets,
    "void_label_sets": label_acts.void_label_sets,
    "record_label_loss": label_acts.record_label_loss,
    "relabel": door_acts.relabel,
    "open_bag": bag_acts.open_bag,
    "put_in_bag": bag_acts.put_in_bag,
    "take_out_of_bag": bag_acts.take_out_of_bag,
    "close_bag": bag_acts.close_bag,
    "offer_bag": bag_acts.offer_bag,
    "receive_bag": bag_acts.receive_bag,
    "sign_bag_record": bag_acts.sign_bag_record,
    "settle_bag": bag_acts.settle_bag,
    "report_incident": incident_acts.report_incident,
    "add_to_incident": incident_acts.add_to_incident,
    "take_on_incident": incident_acts.take_on_incident,
    "end_incident": incident_acts.end_incident,
    "reopen_incident": incident_acts.reopen_incident,
    "record_loss": incident_acts.record_loss,
    "record_found": incident_acts.record_found,
    "open_on_record": incident_acts.open_on_record,
    "enrol_device": device_acts.enrol_device,
    "lend_device": device_acts.lend_device,
    "extend_lease": device_acts.extend_lease,
    "revoke_device": device_acts.revoke_device,
    "report_device_lost": device_acts.report_device_lost,
}
TOUCHED = {
    "appointment": ("day", "window", "seat"),
    "courier": ("courier",),
    "dossier_code": ("dossier_code",),
    "result_way": ("way",),
}
"""Fields of which an act keeps a hash of the value, and the parts of the body that are the value."""
_canonical = msgspec.json.Encoder(order="deterministic").encode


class Telling:
    """`roles`: every role that each person ever held. `subject_kind`: of the chains told."""

    def __init__(self, report: Report, world: World, roles: Mapping[object, frozenset[str]], subject_kind: str) -> None:
        self._report = report
        self._world = world
        self._roles = roles
        self._subject_kind = subject_kind

    def all(self, chains: list[list[Deed]]) -> None:
        """Each chain in its own order; between chains, in the order they were decided."""
        heads = [(chain[0].placed, place, 0) for place, chain in enumerate(chains) if chain]
        heapify(heads)
        while heads:
            _, place, at = heappop(heads)
            chain = chains[place]
            self.one(chain[at])
            if at + 1 < len(chain):
                heappush(heads, (chain[at + 1].placed, place, at + 1))

    def one(self, deed: Deed) -> None:
        """Told after all that was decided before it."""
        self._report.counted["acts told again"] += 1
        meaning = MEANINGS.get(deed.kind)
        if meaning is None:
            self._differs("replay.unknown-kind", deed, "a kind this version can tell", deed.kind)
            return
        if deed.is_child and deed.kind in incident_acts.ON_CASES:
            self._touched(deed)
            return
        if deed.is_child and deed.kind in return_acts.OF_TWO:
            self._goes_on(deed)
            return
        try:
            table = rules.load(deed.rules)
            rule = table.act(deed.kind)
            concerned = things(self._world, deed, rule.machines)
            judged = judge(self._world, deed, table, concerned)
        except (FileNotFoundError, rules.UnknownWord, rules.BadRuleTable) as error:
            self._differs("replay.rules", deed, "a rule table that knows it", str(error))
            return
        except (KeyError, ValueError, TypeError) as error:
            self._differs("replay.body", deed, "a body of its kind", repr(error))
            return
        for code, label, expected, found in judged.wrong:
            self._differs(code, deed, expected, found, label=label)
        self._role(deed, rule.roles)
        if not deed.is_child:
            self._mean(deed, meaning)
            self._touch(deed, table)
        for thing, state in judged.moves:
            row = self._world.find(thing.table, *thing.key)
            if row is not None and row["state"] != state:
                self._world.put(thing.table, row, state=state)
        if not deed.is_child:
            case_acts.over(self._world, deed)
        for opened in judged.exceptions:
            self._world.put("exceptions", opened)

    def _touched(self, deed: Deed) -> None:
        """An incident in the chain of a case that it touches: nothing of the case moves."""
        if (deed.outcome, list(deed.exceptions)) != ({}, []):
            self._differs("replay.outcome", deed, {}, dict(deed.outcome))
        self._mean(deed, incident_acts.ON_CASES[deed.kind])

    def _goes_on(self, deed: Deed) -> None:
        """Nothing of its own moves: what another case's merging does to this one, that case's act means."""
        if deed.outcome or deed.exceptions:
            self._differs("replay.outcome", deed, {}, dict(deed.outcome))

    def _mean(self, deed: Deed, meaning: Meaning) -> None:
        self._world.incidents_due.clear()
        try:
            meaning(self._world, deed)
            for due in self._world.incidents_due:
                if due not in self._world.incidents_there:
                    self._differs("replay.incident", deed, due, None)
        except Missing as missing:
            self._differs("replay.impossible", deed, str(missing), None)
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            self._differs("replay.body", deed, "a body of its kind", repr(error))

    def _role(self, deed: Deed, roles: tuple[str, ...]) -> None:
        """Who never held a fitting role could not do it. When she held it may have been corrected since. What the
        centre does by itself in somebody's name, it does in its own role; a citizen has that of one."""
        own = "system" if deed.by_itself else "citizen" if deed.by_citizen else None
        ever = self._roles.get(deed.actor) if own is None else frozenset({own})
        unsaid = "act:role" not in deed.exceptions and not deed.is_child
        if ever is not None and unsaid and not ever & set(roles):
            self._differs("replay.role", deed, sorted(roles), sorted(ever))

    def _touch(self, deed: Deed, table: RuleTable) -> None:
        for field in table.act(deed.kind).touches:
            value: object = ANYTHING
            if field in TOUCHED:
                parts = [deed.body.get(name) for name in TOUCHED[field]]
                value = hashlib.sha256(_canonical(parts)).digest()
            row = {"subject_kind": self._subject_kind, "subject_id": deed.subject, "field": field, "n": deed.n}
            self._world.put("touches", row, made_by=deed.made_by, value=value)

    def _differs(self, code: str, deed: Deed, expected: object, found: object, *, label: str = "") -> None:
        key = {"subject_id": deed.subject, "n": deed.n, "kind": deed.kind}
        self._report.differs(code, "acts", key | ({"thing": label} if label else {}), expected=expected, found=found)
