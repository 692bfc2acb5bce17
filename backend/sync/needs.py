"""Which rows of a case each kind of act looks at, and which other cases it concerns: a table of kinds."""

import msgspec

from backend.acts.model import OpenedException
from backend.appointments.model import Appointment
from backend.consents.model import Consent, NoticeShown
from backend.dossiers.mandate_model import Mandate
from backend.dossiers.model import Case, Dossier
from backend.dossiers.party_model import Party
from backend.fees.model import Charge, Collection
from backend.fees.payment_model import (
    Payment,
    Refund,
)
from backend.incidents.model import IncidentThing
from backend.notices.model import Contact, Duty, FormerContact
from backend.parcels.model import (
    HandOver,
    Paper,
    Parcel,
)
from backend.presence.call_back_model import CallBack
from backend.presence.model import HouseMark, Presence
from backend.questions.model import Question
from backend.questions.urging_model import Urging
from backend.registrations.model import Registration
from backend.run_sheets.model import ON_PAPER, RunSheetLine
from backend.signatures.model import Reading, Signature
from backend.visits.model import Bundled, CaseVisit
from backend.visits.result_model import Invitation

ALWAYS: tuple[type[msgspec.Struct], ...] = (Case, Bundled, OpenedException, CaseVisit)
_CUSTODY = (Paper, Parcel, IncidentThing)
_WHO = (Party, Mandate)
_PRESENCE = (Presence, HouseMark)
_ENDING = (Appointment, *_CUSTODY, Charge, Refund, Duty, *_PRESENCE)
_ORDER = (Charge, Payment, Refund)
NEEDS: dict[str, tuple[type[msgspec.Struct], ...]] = {
    "forward": (Registration,),
    "acknowledge_forward": (Registration,),
    "confirm": (*_CUSTODY, Dossier, Charge, Appointment),
    "correct_registration": (Party, Dossier),
    "change_recipient": (Party, Paper),
    "send_code": (Contact,),
    "change_contact": (Contact,),
    "change_address": (Appointment, Paper, HouseMark),
    "change_result_way": (Appointment, Paper),
    "book": (Appointment,),
    "move_appointment": (Appointment,),
    "cancel_appointment": (Appointment,),
    "confirm_call": (Appointment,),
    "see_original": _CUSTODY,
    "take_papers": (*_CUSTODY, *_WHO),
    "sign": (Signature, Reading, Party),
    "void_signature": (Signature,),
    "read_back": (Signature, Reading),
    "record_mandate": _WHO,
    "revoke_mandate": _WHO,
    "show_notice": (NoticeShown,),
    "record_consent": (Consent, Party, HouseMark),
    "withdraw_consent": (Consent, HouseMark),
    "quote": (Charge,),
    "record_arrival": _PRESENCE,
    "log_call": _PRESENCE,
    "collect": (Charge, Payment),
    "show_payment_code": (Charge, Payment),
    "record_transfer_said": (Charge, Payment),
    "record_bank_credit": _ORDER,
    "match_bank_credit": _ORDER,
    "lapse_payment": (Charge, Payment),
    "recount_charge": (*_ORDER, Collection),
    "record_unpaid": (Charge,),
    "claim_relief": (Charge,),
    "exempt": (*_ORDER, Collection),
    "void_charge": (*_ORDER, Collection),
    "open_refund": (*_ORDER, Collection),
    "approve_refund": (Refund,),
    "pay_refund": (Payment, Refund),
    "drop_refund": (Refund,),
    "seal": (*_CUSTODY, *_PRESENCE),
    "finish_visit": (*_ENDING, Signature, Reading),
    "fail_visit": _ENDING,
    "offer": (*_CUSTODY, HandOver),
    "receive": (*_CUSTODY, HandOver),
    "open_seal": (*_CUSTODY, HandOver),
    "open_on_record": (*_CUSTODY, HandOver),
    "record_loss": _CUSTODY,
    "record_found": _CUSTODY,
    "report_incident": _CUSTODY,
    "add_to_incident": _CUSTODY,
    "end_incident": _CUSTODY,
    "relabel": _CUSTODY,
    "put_in_bag": (*_CUSTODY, HandOver),
    "take_out_of_bag": _CUSTODY,
    "cross_check": _CUSTODY,
    "issue_receipt": (Dossier,),
    "report_portal_status": (Dossier,),
    "release_result": (*_CUSTODY, Charge),
    "photograph": (Paper, *_PRESENCE),
    "defer_photograph": (Paper,),
    "open_result": (*_CUSTODY, Charge),
    "reseal": _CUSTODY,
    "invite": (Invitation,),
    "return_result": (*_CUSTODY, Invitation),
    "forward_result": (*_CUSTODY, HouseMark),
    "send_back_for_correction": _CUSTODY,
    "record_not_gone": (Appointment,),
    "hand_over_result": (*_CUSTODY, Charge, Duty, *_WHO, *_PRESENCE),
    "withdraw": (*_CUSTODY, Appointment, Dossier),
    "cancel": (*_CUSTODY, Appointment, Dossier),
    "accept_withdrawal": (*_CUSTODY, Appointment, Dossier),
    "refuse_dossier": (*_CUSTODY, Appointment, Dossier),
    "report_mismatch": _CUSTODY,
    "hand_back_papers": (*_CUSTODY, Signature),
    "merge": (*_CUSTODY, Appointment, Dossier, Registration),
    "undo_merge": (*_CUSTODY, Registration),
    "erase": (Contact, FormerContact, Question, Urging, IncidentThing, HouseMark, Reading),
    "open_duty": (Duty,),
    "record_told": (Duty,),
    "drop_duty": (Duty,),
    "list_call_back": (CallBack,),
    "record_call_back": (CallBack,),
    "ask_guidance": (Question,),
    "answer_guidance": (Question,),
    "urge": (Urging,),
    "answer_urging": (Urging,),
    "rekey": (RunSheetLine,),
    "confirm_rekeyed": (RunSheetLine,),
    "set_aside_rekeyed": (RunSheetLine,),
}
"""Rows of the case that a kind's effect, instances or facts look at, beside those always read."""
AS_ON_PAPER: dict[str, tuple[type[msgspec.Struct], ...]] = dict.fromkeys(ON_PAPER, (RunSheetLine,))
"""What is written on a run sheet too when a phone dies: the same may have been typed in from there."""
SHARING = frozenset(
    {
        "finish_visit",
        "fail_visit",
        "record_not_gone",
        "see_original",
        "cancel_appointment",
        "cancel",
        "withdraw",
        "merge",
        "refuse_dossier",
        "move_appointment",
    }
)
"""Kinds that must know the other cases of the visit."""


FOR_THE_HOUSEHOLD = frozenset({"depart", "record_arrival"})
"""What a courier does once for all cases of a visit."""
ON_ALL_IT_TOUCHES = frozenset({"report_incident", "add_to_incident", "end_incident", "reopen_incident"})
"""What stands in the chain of every case that the incident touches."""
STANDING_ON_OTHERS = ON_ALL_IT_TOUCHES | {"merge", "undo_merge"}
"""Kinds that stand in the chains of other cases as well, and move nothing of them."""
