"""Who may call what, written by hand from F16 and the roles of the house: route x role x relation -> what they get.

A route without a row fails, and so does an act without a row. Nothing here is computed from the guards it checks.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from backend.staff.model import Role
from tests.house.crowd import At, With


class Gets(StrEnum):
    """What a caller gets, as far as it tells who may what."""

    SHOWN = "an answer that speaks of the case"
    IN = "an answer that does not speak of the case, or a refusal that is about what was sent"
    SIGN_IN = "to sign in first (401)"
    NO = "no (403)"
    NOTHING = "as if it were not there (404)"


SHOWN, IN, SIGN_IN, NO, NOTHING = Gets
HERE = (At.SUPPORTING, At.HANDLING, At.COMPETENT)

COURIER, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE = (
    Role.COURIER,
    Role.DISPATCHER,
    Role.COUNTER_CLERK,
    Role.POST_EMPLOYEE_AT_ONE_STOP,
)
CASHIER, HEAD, OFFICER, APPROVER = Role.CASHIER, Role.HEAD_OF_POST, Role.ONE_STOP_OFFICER, Role.APPROVER
OWNER, OPERATOR, SUPERVISOR, ADMINISTRATOR = (
    Role.PROCEDURE_OWNER,
    Role.OPERATOR,
    Role.SUPERVISOR,
    Role.ADMINISTRATOR,
)

WITH_CASES = {DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, HEAD, OFFICER, APPROVER, OPERATOR, SUPERVISOR}
"""Who works on cases at a desk: the others need no citizen's name to do their work."""
TYPING = {DISPATCHER, COUNTER_CLERK, HEAD}
"""Who types paper in."""
AT_A_DESK = {DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, OFFICER, OPERATOR, HEAD}
"""Who registers at a desk; a courier registers on the phone."""
CALLING = {DISPATCHER, OPERATOR, HEAD, COUNTER_CLERK}
"""Who calls citizens before a visit."""
ASKING = {COUNTER_CLERK, HEAD, OPERATOR, SUPERVISOR}
"""Who calls citizens back after a visit: neither couriers nor dispatchers."""
KEEPERS = {DISPATCHER, COUNTER_CLERK, HEAD, ADMINISTRATOR}
"""Who sees a stock of label sets: their own office's, the administrator any post's."""
OF_DAYS = {CASHIER, HEAD, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE}
BAGGING = {DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, HEAD, OFFICER}
"""Who fills bags and receives them."""
SEEING_INCIDENTS = {DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, CASHIER, HEAD, OFFICER, OPERATOR, SUPERVISOR}
"""Who reports at a desk what went wrong, or handles it."""
PROVINCE = {SUPERVISOR}
PHONES = {With.CARRIER, With.COLLEAGUE, With.STRANGER, With.FORMER}


@dataclass(frozen=True)
class Row:
    """One route: what each caller gets."""

    nobody: Gets
    desks: Mapping[tuple[Role, At], Gets]
    phones: Mapping[With, Gets]


def everywhere(gets: Gets) -> dict[tuple[Role, At], Gets]:
    return {(role, at): gets for role in Role for at in At}


def phones(gets: Gets) -> dict[With, Gets]:
    return dict.fromkeys(With, gets)


def public(gets: Gets = IN) -> Row:
    """The same for all the world."""
    return Row(gets, everywhere(gets), phones(gets))


def for_phones(proven: Mapping[With, Gets]) -> Row:
    """A desk's cookie is nothing here. A revoked phone, and a token without its key, are out."""
    return Row(SIGN_IN, everywhere(SIGN_IN), phones(SIGN_IN) | proven)


def for_desks(
    roles: set[Role],
    *,
    here: Gets,
    elsewhere: Gets,
    province: set[Role] = PROVINCE,
    others: Gets = NO,
) -> Row:
    """`here`: at an office of the case; `elsewhere`: at another; `province`: who has it all. A proof is no cookie."""
    desks = everywhere(others)
    for role in roles:
        for at in At:
            desks[role, at] = here if at in HERE or role in province else elsewhere
    return Row(SIGN_IN, desks, phones(SIGN_IN))


WAITING = for_desks(
    WITH_CASES | {CASHIER, ADMINISTRATOR}, here=SHOWN, elsewhere=IN, province=PROVINCE | {ADMINISTRATOR}
)
"""What waits for a person, without any citizen's name."""
ROUTES: dict[tuple[str, str], Row] = {
    # What anybody may ask.
    ("GET", "/"): public(),
    ("GET", "/health"): public(),
    ("GET", "/ready"): public(),
    ("GET", "/metrics"): public(NOTHING),
    ("GET", "/static/{file_path}"): public(),
    ("HEAD", "/static/{file_path}"): public(),
    ("GET", "/courier"): public(),
    ("GET", "/courier/{file_path}"): public(),
    ("HEAD", "/courier/{file_path}"): public(),
    ("GET", "/courier/assets/{file_path}"): public(),
    ("HEAD", "/courier/assets/{file_path}"): public(),
    ("GET", "/t/{token}"): public(),
    ("POST", "/t/{token}/consents"): public(),
    ("GET", "/t/worker.js"): public(),
    ("POST", "/t/{token}/pushes"): public(),
    ("POST", "/t/{token}/pushes/stop"): public(),
    ("GET", "/check"): public(),
    ("POST", "/check"): public(),
    ("GET", "/check/portraits/{shown}"): public(NOTHING),
    ("GET", "/thu-tuc"): public(),
    ("GET", "/thu-tuc/{code}"): public(),
    ("GET", "/demo/clock"): public(),
    ("POST", "/demo/clock"): public(),
    ("GET", "/demo/inbox"): public(),
    ("POST", "/demo/bank/payments"): public(),
    ("GET", "/demo/bank/statement"): public(),
    # Bank and portal sign what they send; who does not is told nothing.
    ("POST", "/api/bank/notices"): public(SIGN_IN),
    ("POST", "/api/portal/registrations"): public(SIGN_IN),
    ("GET", "/api/portal/registrations/{request_id}"): public(SIGN_IN),
    ("GET", "/api/portal/openapi.json"): public(),
    ("GET", "/api/courier/docs"): public(),
    ("GET", "/api/courier/openapi.json"): public(),
    # The ways in: who shows nothing that is right stays outside.
    ("POST", "/api/courier/enrol"): public(NOTHING),
    ("POST", "/api/courier/borrow"): public(SIGN_IN),
    ("POST", "/api/courier/sign-in"): public(SIGN_IN),
    ("POST", "/api/courier/refresh"): public(SIGN_IN),
    ("POST", "/api/desk/sign-in"): public(SIGN_IN),
    ("GET", "/desk/sign-in"): public(),
    ("POST", "/desk/sign-in"): public(NO),
    # Phones.
    ("POST", "/api/courier/sync/acts"): for_phones(
        {With.CARRIER: SHOWN, With.COLLEAGUE: IN, With.STRANGER: IN, With.FORMER: SHOWN}
    ),
    ("GET", "/api/courier/sync/day"): for_phones(
        {With.CARRIER: SHOWN, With.COLLEAGUE: IN, With.STRANGER: IN, With.FORMER: NO}
    ),
    ("GET", "/api/courier/forms/{sha256}"): for_phones(dict.fromkeys(PHONES, IN)),
    ("GET", "/api/courier/procedures/{sha256}"): for_phones(dict.fromkeys(PHONES, IN)),
    ("GET", "/api/courier/offices"): for_phones(dict.fromkeys(PHONES, IN)),
    ("POST", "/api/courier/sync/last"): public(),
    ("OPTIONS", "/api/courier/files"): for_phones(dict.fromkeys(PHONES, IN)),
    ("POST", "/api/courier/files"): for_phones(dict.fromkeys(PHONES, IN)),
    ("HEAD", "/api/courier/files/{upload_id}"): for_phones(dict.fromkeys(PHONES, NOTHING) | {With.CARRIER: IN}),
    ("PATCH", "/api/courier/files/{upload_id}"): for_phones(dict.fromkeys(PHONES, NOTHING) | {With.CARRIER: IN}),
    ("POST", "/api/courier/files/{upload_id}"): for_phones(dict.fromkeys(PHONES, NOTHING) | {With.CARRIER: IN}),
    ("DELETE", "/api/courier/files/{upload_id}"): for_phones(dict.fromkeys(PHONES, NOTHING) | {With.CARRIER: IN}),
    ("POST", "/api/courier/sign-out"): for_phones(dict.fromkeys(PHONES, IN)),
    # Desks.
    ("GET", "/desk"): for_desks(WITH_CASES, here=SHOWN, elsewhere=IN, others=IN),
    ("GET", "/api/desk/cases"): for_desks(WITH_CASES, here=SHOWN, elsewhere=IN),
    ("GET", "/api/desk/cases/{case_id}"): for_desks(WITH_CASES, here=SHOWN, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}"): for_desks(WITH_CASES, here=SHOWN, elsewhere=NOTHING),
    ("POST", "/desk/cases/{case_id}"): for_desks(WITH_CASES, here=SHOWN, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/receipt"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    # Cashier and administrator sign here about cases that they see no page of: only the form knows which.
    ("GET", "/api/desk/review"): WAITING,
    ("GET", "/desk/review"): WAITING,
    ("POST", "/desk/review"): WAITING,
    ("GET", "/desk/day"): for_desks(CALLING, here=SHOWN, elsewhere=IN),
    ("GET", "/desk/calls"): for_desks(CALLING, here=IN, elsewhere=IN),
    ("POST", "/desk/calls/{case_id}"): for_desks(CALLING, here=IN, elsewhere=NOTHING),
    ("GET", "/desk/call-backs"): for_desks(ASKING, here=IN, elsewhere=IN),
    ("POST", "/desk/call-backs/{case_id}"): for_desks(ASKING, here=IN, elsewhere=NOTHING),
    ("GET", "/desk/tell"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("POST", "/desk/tell/{case_id}"): for_desks(WITH_CASES, here=IN, elsewhere=NOTHING),
    ("GET", "/desk/register"): for_desks(AT_A_DESK, here=IN, elsewhere=IN),
    ("POST", "/desk/register"): for_desks(AT_A_DESK, here=IN, elsewhere=IN),
    ("POST", "/api/desk/acts"): for_desks(set(Role), here=IN, elsewhere=IN),  # which act: see ACTS
    ("GET", "/desk/scan"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("POST", "/desk/scan"): for_desks(WITH_CASES, here=SHOWN, elsewhere=IN),
    ("POST", "/api/desk/scan"): for_desks(WITH_CASES, here=SHOWN, elsewhere=IN),
    ("GET", "/desk/cases/{case_id}/slips/{visit_id}"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/payments/{payment_id}"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/collections/{slip_number}"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    # Paper is typed in at the post of the case; what the visit is, the address says.
    ("POST", "/desk/day/run-sheet"): for_desks(TYPING, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/paper/{visit}"): for_desks(TYPING, here=SHOWN, elsewhere=NOTHING),
    ("POST", "/desk/cases/{case_id}/paper/{visit}"): for_desks(TYPING, here=SHOWN, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/pictures/{sha256}"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    # The hotline tells people how far a case is; it sees none of their papers.
    ("GET", "/desk/cases/{case_id}/pages"): for_desks(WITH_CASES - {OPERATOR}, here=SHOWN, elsewhere=NOTHING),
    ("GET", "/desk/cases/{case_id}/pages/{page_id}"): for_desks(
        WITH_CASES - {OPERATOR}, here=NOTHING, elsewhere=NOTHING
    ),
    ("GET", "/desk/look-up"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("POST", "/desk/look-up"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("GET", "/desk/check"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("POST", "/desk/check"): for_desks(WITH_CASES, here=IN, elsewhere=IN),
    ("GET", "/desk/label-sets"): for_desks(KEEPERS, here=IN, elsewhere=IN),
    ("POST", "/desk/label-sets"): for_desks(KEEPERS, here=IN, elsewhere=IN),
    ("GET", "/desk/label-sets/sheets"): for_desks(KEEPERS, here=IN, elsewhere=IN),
    # A bag is there for the offices at its two ends only.
    ("GET", "/desk/bags"): for_desks(BAGGING, here=IN, elsewhere=IN),
    ("POST", "/desk/bags"): for_desks(BAGGING, here=IN, elsewhere=IN),
    ("GET", "/desk/bags/{bag_id}"): for_desks(BAGGING, here=NOTHING, elsewhere=NOTHING),
    ("POST", "/desk/bags/{bag_id}"): for_desks(BAGGING, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/bags/{bag_id}/record"): for_desks(BAGGING, here=NOTHING, elsewhere=NOTHING),
    # Days of couriers and clerks: of one's own posts and those below, or one's own, and nothing of a case.
    ("GET", "/desk/shifts"): for_desks(
        {CASHIER, HEAD, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE}, here=IN, elsewhere=IN
    ),
    ("POST", "/desk/shifts"): for_desks(
        {CASHIER, HEAD, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE}, here=IN, elsewhere=IN
    ),
    # An incident is there for the offices it concerns.
    ("GET", "/desk/incidents"): for_desks(SEEING_INCIDENTS, here=IN, elsewhere=IN),
    ("POST", "/desk/incidents"): for_desks(SEEING_INCIDENTS, here=IN, elsewhere=IN),
    ("GET", "/desk/incidents/{incident_id}"): for_desks(SEEING_INCIDENTS, here=NOTHING, elsewhere=NOTHING),
    ("POST", "/desk/incidents/{incident_id}"): for_desks(SEEING_INCIDENTS, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/incidents/{incident_id}/record"): for_desks(SEEING_INCIDENTS, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/urgings"): for_desks({HEAD, OFFICER, SUPERVISOR}, here=IN, elsewhere=IN),
    ("GET", "/desk/province"): for_desks({SUPERVISOR}, here=IN, elsewhere=IN),
    # A head of post sees and enters what concerns that post only: which, the address says.
    ("GET", "/desk/portraits"): for_desks({HEAD, SUPERVISOR, ADMINISTRATOR}, here=IN, elsewhere=IN),
    ("POST", "/desk/portraits"): for_desks({HEAD, SUPERVISOR, ADMINISTRATOR}, here=IN, elsewhere=IN),
    ("GET", "/desk/portraits/{person_id}"): for_desks(
        {HEAD, SUPERVISOR, ADMINISTRATOR}, here=NOTHING, elsewhere=NOTHING
    ),
    ("GET", "/desk/skills"): for_desks({HEAD, SUPERVISOR, ADMINISTRATOR}, here=IN, elsewhere=IN),
    ("POST", "/desk/skills"): for_desks({HEAD, SUPERVISOR, ADMINISTRATOR}, here=IN, elsewhere=IN),
    # So it is with who does which stage of making dossiers digital; what is handed over is of a case that has pages.
    ("GET", "/desk/digitisation"): for_desks({HEAD, SUPERVISOR}, here=IN, elsewhere=IN),
    ("POST", "/desk/digitisation"): for_desks({HEAD, SUPERVISOR}, here=IN, elsewhere=IN),
    ("GET", "/desk/cases/{case_id}/digitisation/{stage}"): for_desks(WITH_CASES, here=NOTHING, elsewhere=NOTHING),
    ("GET", "/desk/enrolment-codes"): for_desks({HEAD, SUPERVISOR, ADMINISTRATOR}, here=IN, elsewhere=IN),
    ("GET", "/desk/lending-codes"): for_desks({DISPATCHER, HEAD, ADMINISTRATOR}, here=IN, elsewhere=IN),
    ("GET", "/desk/lease-codes"): for_desks({DISPATCHER, HEAD}, here=IN, elsewhere=IN),
    ("POST", "/desk/sign-out"): for_desks(set(Role), here=IN, elsewhere=IN),
}

# A head of post lets in phones of that post only.


def _at_this_post_only(roles: set[Role], *, province: set[Role]) -> Row:
    row = for_desks(roles, here=IN, elsewhere=NO, province=province)
    other = {(role, at): NO for role in roles - province for at in (At.SUPPORTING, At.COMPETENT)}
    return Row(SIGN_IN, dict(row.desks) | other, row.phones)


LETTING_IN = _at_this_post_only({HEAD, SUPERVISOR, ADMINISTRATOR}, province={SUPERVISOR, ADMINISTRATOR})
ROUTES["POST", "/api/desk/enrolment-codes"] = LETTING_IN
ROUTES["POST", "/desk/enrolment-codes"] = LETTING_IN
# So it is with those who lend a spare phone.
LENDING = _at_this_post_only({DISPATCHER, HEAD, ADMINISTRATOR}, province={ADMINISTRATOR})
ROUTES["POST", "/api/desk/lending-codes"] = LENDING
ROUTES["POST", "/desk/lending-codes"] = LENDING

# A code that lengthens a lease is read out by the phone's own post alone.
LENGTHENING = _at_this_post_only({DISPATCHER, HEAD}, province=set())
ROUTES["POST", "/desk/lease-codes"] = LENGTHENING

DOOR = {COURIER, COUNTER_CLERK, POST_EMPLOYEE, OFFICER}
POST = {DISPATCHER, COUNTER_CLERK, HEAD}
FREE_TO_ALL = {"register"}
"""Row 18: any office registers for any other's dossier."""
WHOLE_PROVINCE = {OPERATOR, SUPERVISOR, ADMINISTRATOR}
"""Their work is not bound to an office: 1022 takes calls for all, the province supervises, the administrator erases."""

ACTS: dict[str, set[Role]] = {
    "register": AT_A_DESK | {COURIER},
    "forward": {OPERATOR, OFFICER, POST_EMPLOYEE},
    "acknowledge_forward": POST,
    "confirm": {OFFICER},
    "report_mismatch": {OFFICER},
    "accept_withdrawal": {OFFICER},
    "refuse_dossier": {OFFICER},
    "merge": POST | {OFFICER},
    "undo_merge": {HEAD, OFFICER},
    "hand_back_papers": {COURIER, COUNTER_CLERK, POST_EMPLOYEE, OFFICER},
    "quote": {COURIER, COUNTER_CLERK, POST_EMPLOYEE},
    "correct_registration": {DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, OFFICER, OPERATOR},
    "change_recipient": {COUNTER_CLERK, POST_EMPLOYEE, OFFICER},
    "send_code": {COUNTER_CLERK, POST_EMPLOYEE, DISPATCHER, OPERATOR, OFFICER},
    "change_contact": {COUNTER_CLERK, POST_EMPLOYEE, DISPATCHER, OPERATOR},
    "change_address": {COUNTER_CLERK, POST_EMPLOYEE, DISPATCHER, OPERATOR},
    "change_result_way": {COUNTER_CLERK, POST_EMPLOYEE, OFFICER, OPERATOR},
    "confirm_call": POST | {OPERATOR},
    "log_call": POST | {COURIER, OPERATOR},
    "ask_guidance": {COURIER, COUNTER_CLERK, POST_EMPLOYEE, DISPATCHER},
    "answer_guidance": {OFFICER},
    "urge": {SUPERVISOR},
    "answer_urging": {HEAD, OFFICER},
    "list_call_back": set(),
    "rekey": POST,
    "confirm_rekeyed": POST,
    "set_aside_rekeyed": {DISPATCHER, HEAD},
    "record_call_back": {COUNTER_CLERK, HEAD, OPERATOR, SUPERVISOR},
    "book": POST | {OPERATOR},
    "move_appointment": {DISPATCHER, HEAD, OPERATOR},
    "cancel_appointment": {DISPATCHER, HEAD, OPERATOR},
    "depart": {COURIER},
    "record_arrival": DOOR,
    "check_identity": DOOR,
    "see_original": DOOR,
    "take_papers": DOOR - {OFFICER},
    "photograph": DOOR,
    "sign": DOOR,
    "void_signature": DOOR,
    "read_back": DOOR,
    "show_notice": DOOR | {OPERATOR},
    "record_consent": DOOR | {OPERATOR},
    "withdraw_consent": DOOR | {OPERATOR},
    "record_mandate": DOOR | {OPERATOR},
    "revoke_mandate": {COUNTER_CLERK, POST_EMPLOYEE, OFFICER, OPERATOR},
    "collect": DOOR - {OFFICER},
    "seal": DOOR,
    "finish_visit": DOOR,
    "fail_visit": DOOR,
    "record_not_gone": {COURIER, DISPATCHER, HEAD},
    "send_anyway": DOOR - {OFFICER},
    "defer_photograph": DOOR - {OFFICER},
    "open_result": DOOR,
    "reseal": DOOR | {HEAD},
    "invite": POST | {COURIER},
    "keep_at_post": POST,
    "forward_result": POST,
    "return_result": POST,
    "send_back_for_correction": POST | {OFFICER},
    "hand_over_result": DOOR,
    "offer": DOOR | POST,
    "receive": DOOR | POST,
    "open_seal": {POST_EMPLOYEE, OFFICER},
    "open_on_record": {COUNTER_CLERK, POST_EMPLOYEE, HEAD, OFFICER},
    "record_loss": {COURIER, COUNTER_CLERK, POST_EMPLOYEE, HEAD, OFFICER},
    "record_found": {COURIER, COUNTER_CLERK, POST_EMPLOYEE, HEAD, OFFICER},
    "cross_check": {COURIER, POST_EMPLOYEE, OFFICER},
    "waive": {APPROVER},
    "release_result": {OFFICER},
    "issue_receipt": {POST_EMPLOYEE, OFFICER},
    "report_portal_status": {OFFICER},
    "withdraw": {COUNTER_CLERK, OPERATOR, OFFICER},
    "cancel": {DISPATCHER, COUNTER_CLERK, OPERATOR, OFFICER},
    "erase": {SUPERVISOR, ADMINISTRATOR},
    "clear_exception": {DISPATCHER, HEAD, OFFICER, SUPERVISOR, APPROVER},
    "resolve_review": {DISPATCHER, HEAD, OFFICER, SUPERVISOR, ADMINISTRATOR},
    "countersign_review": {DISPATCHER, COUNTER_CLERK, CASHIER, HEAD, OFFICER, APPROVER, SUPERVISOR, ADMINISTRATOR},
    "begin_shift": {COURIER, COUNTER_CLERK, POST_EMPLOYEE},
    "show_payment_code": DOOR - {OFFICER},
    "record_transfer_said": DOOR - {OFFICER},
    "record_unmatched_credit": set(),
    "record_bank_credit": set(),
    "match_bank_credit": {CASHIER, HEAD},
    "lapse_payment": set(),
    "recount_charge": {OFFICER},
    "record_unpaid": DOOR - {OFFICER},
    "claim_relief": DOOR - {OFFICER},
    "exempt": {APPROVER},
    "void_charge": {OFFICER, APPROVER},
    "open_refund": {DISPATCHER, COUNTER_CLERK, CASHIER, HEAD, OFFICER, OPERATOR},
    "approve_refund": {APPROVER},
    "pay_refund": {COURIER, COUNTER_CLERK, CASHIER},
    "drop_refund": {APPROVER},
    "open_duty": {OFFICER},
    "record_told": {COURIER, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, OFFICER, OPERATOR},
    "drop_duty": {OFFICER},
    "relabel": {COURIER, COUNTER_CLERK, POST_EMPLOYEE, HEAD},
    "put_in_bag": BAGGING,
    "take_out_of_bag": BAGGING,
}
"""On a case, who may at an office of that case. Elsewhere: nobody but `WHOLE_PROVINCE`, and what is free to all."""

ON_A_DAY = {"accept_jobs", "remit", "close_shift", "close_shift_provisionally"}
"""Only whose day it is: nobody else, whatever the role."""
ON_ANOTHERS_DAY: dict[str, set[Role]] = {
    "countersign_close": {DISPATCHER, COUNTER_CLERK, CASHIER, HEAD},
    "record_variance": {CASHIER, HEAD},
    "settle_shift": {CASHIER, HEAD},
}
"""On a day that was counted, at its post."""
ON_A_PHONE: dict[str, set[Role]] = {
    "report_device_lost": {DISPATCHER, HEAD, SUPERVISOR, ADMINISTRATOR},
    "revoke_device": {HEAD, SUPERVISOR, ADMINISTRATOR},
}
"""On a phone, at its unit; supervisor and administrator anywhere."""

ON_A_BAG: dict[str, set[Role]] = {
    "open_bag": BAGGING,
    "close_bag": BAGGING,
    "offer_bag": BAGGING | {COURIER},
    "receive_bag": BAGGING | {COURIER},
    "sign_bag_record": BAGGING | {COURIER},
    "settle_bag": {HEAD, OFFICER},
}
"""On a bag, at the offices it comes from and goes to; opened at the one that fills it."""

REPORTING = {COURIER, DISPATCHER, COUNTER_CLERK, POST_EMPLOYEE, CASHIER, HEAD, OFFICER, OPERATOR}
"""Who says that something went wrong."""
ON_AN_INCIDENT: dict[str, set[Role]] = {
    "report_incident": REPORTING,
    "add_to_incident": REPORTING,
    "take_on_incident": {HEAD, OFFICER, SUPERVISOR},
    "end_incident": {HEAD, OFFICER, SUPERVISOR},
    "reopen_incident": {HEAD, OFFICER, SUPERVISOR},
}
"""On an incident, at the office where it was reported, at the one that handles it, and at those of a case it touches;
supervisor and operator anywhere."""

ON_A_STOCK: dict[str, set[Role]] = {
    "print_label_sets": POST | {ADMINISTRATOR},
    "issue_label_sets": POST,
    "return_label_sets": POST | {COURIER},
    "void_label_sets": POST | {COURIER},
    "record_label_loss": POST | {COURIER},
}
"""On the label sets of an office, at that office; the administrator prints for any."""
