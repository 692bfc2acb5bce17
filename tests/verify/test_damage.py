"""Damage planted by a superuser, past triggers and foreign keys: each kind is found, with its code and its row."""

from typing import Any, NamedTuple

import pytest

from backend.verify.codes import CODES
from backend.verify.report import Report, plain
from tests.verify.conftest import Damage


class Planted(NamedTuple):
    """`where`: part of the key of one finding; a value `$name` is the story's."""

    says: str
    sql: str
    code: str
    where: dict[str, Any]


CHAINS = (
    Planted(
        "an act removed from the middle of a chain",
        "DELETE FROM acts WHERE subject_id = $case AND n = 3",
        "chain.gap",
        {"subject_id": "$case", "n": 3},
    ),
    Planted(
        "the last act of a chain removed",
        "DELETE FROM acts AS a WHERE subject_id = $case AND n = (SELECT max(n) FROM acts WHERE subject_id = $case)",
        "chain.length",
        {"id": "$case"},
    ),
    Planted(
        "another actor written into an act",
        "UPDATE acts SET actor = $officer WHERE subject_id = $case AND kind = 'take_papers'",
        "chain.hash",
        {"subject_id": "$case"},
    ),
    Planted(
        "an act moved to another time",
        "UPDATE acts SET occurred_at = occurred_at - interval '1 day' WHERE subject_id = $case AND n = 4",
        "chain.hash",
        {"subject_id": "$case", "n": 4},
    ),
    Planted(
        "a link cut",
        "UPDATE acts SET previous = sha256('x') WHERE subject_id = $shift AND n = 2",
        "chain.previous",
        {"subject_id": "$shift", "n": 2},
    ),
    Planted(
        "another head",
        "UPDATE subjects SET head = sha256('x') WHERE id = $neighbour",
        "chain.head",
        {"id": "$neighbour"},
    ),
    Planted(
        "a chain without its subject",
        "DELETE FROM subjects WHERE id = $late",
        "chain.no-subject",
        {"id": "$late"},
    ),
    Planted(
        "an act put under another case",
        "UPDATE acts SET case_id = $late WHERE subject_id = $case AND n = 1",
        "act.case",
        {"subject_id": "$case", "n": 1},
    ),
)
COMMANDS = (
    Planted(
        "the bytes of a command changed, and their hash with them",
        """UPDATE inbox SET data = data || ' ', fingerprint = sha256(data || ' ')
           WHERE subject_id = $case AND kind = 'collect'""",
        "inbox.signature",
        {"made_by": "$device"},
    ),
    Planted(
        "a command without its bytes as they were",
        """ALTER TABLE inbox DROP CONSTRAINT inbox_fingerprint_is_a_hash;
           UPDATE inbox SET fingerprint = sha256('x') WHERE subject_id = $case AND kind = 'seal'""",
        "inbox.fingerprint",
        {"made_by": "$device"},
    ),
    Planted(
        "a command written off as another kind",
        "UPDATE inbox SET kind = 'depart' WHERE subject_id = $case AND kind = 'seal'",
        "inbox.envelope",
        {"made_by": "$device"},
    ),
    Planted(
        "an act lost whose command was applied",
        "DELETE FROM acts WHERE subject_id = $case AND kind = 'sign'",
        "act.missing",
        {"made_by": "$device"},
    ),
    Planted(
        "an applied command turned into a refused one",
        "UPDATE inbox SET standing = 'refused', reason = 'x' WHERE subject_id = $case AND kind = 'sign'",
        "act.not-applied",
        {"made_by": "$device"},
    ),
    Planted(
        "a command removed",
        "DELETE FROM inbox WHERE subject_id = $case AND kind = 'check_identity'",
        "act.no-command",
        {"made_by": "$device"},
    ),
    Planted(
        "an act forged without any command",
        """INSERT INTO acts (subject_kind, subject_id, n, made_by, id, case_id, kind, actor, rules_made, rules_judged,
                  claimed_at, occurred_at, clock, recorded_at, fingerprint, outcome, previous, hash)
           SELECT subject_kind, subject_id, 1000, made_by, gen_random_uuid(), case_id, kind, actor, rules_made,
                  rules_judged, claimed_at, occurred_at, clock, recorded_at, fingerprint, outcome, previous, hash
           FROM acts WHERE subject_id = $case AND n = 5""",
        "act.no-command",
        {"made_by": "$device"},
    ),
    Planted(
        "a number of a phone lost",
        "DELETE FROM inbox WHERE made_by = $device AND seq = 3",
        "outbox.hole",
        {"made_by": "$device", "seq": 3, "to": 3},
    ),
    Planted(
        "the phone's place in the line set back",
        "UPDATE devices SET next_seq = next_seq - 1 WHERE id = $device",
        "outbox.beyond",
        {"made_by": "$device"},
    ),
    Planted(
        "the last envelope of a phone forgotten",
        "UPDATE devices SET last_hash = sha256('x') WHERE id = $device",
        "outbox.last-hash",
        {"id": "$device"},
    ),
    Planted(
        "another key put under a phone",
        "UPDATE devices SET public_key = (SELECT public_key FROM devices WHERE id = $other_device) WHERE id = $device",
        "inbox.signature",
        {"made_by": "$device"},
    ),
    Planted(
        "something set aside that nobody set aside",
        "UPDATE inbox SET standing = 'set_aside' WHERE id = $unknown",
        "inbox.set-aside",
        {"id": "$unknown"},
    ),
    Planted(
        "a personal part lost",
        "DELETE FROM personal WHERE case_id = $case",
        "personal.missing",
        {},
    ),
    Planted(
        "a personal part swapped for another case's",
        """UPDATE personal SET sealed = (SELECT sealed FROM personal WHERE case_id = $late)
           WHERE case_id = $case""",
        "personal.sealed",
        {},
    ),
    Planted(
        "the key of an erased case brought back",
        """UPDATE data_keys SET wrapped = sha256('x'), destroyed_at = NULL WHERE subject_id = $erased""",
        "personal.erased",
        {"case_id": "$erased"},
    ),
)
STATES = (
    Planted(
        "a case moved by hand",
        "UPDATE cases SET state = 'closed' WHERE case_id = $neighbour",
        "replay.differs",
        {"case_id": "$neighbour"},
    ),
    Planted(
        "another applicant",
        "UPDATE cases SET owner_name = 'Trần Thị B' WHERE case_id = $case",
        "replay.differs",
        {"case_id": "$case"},
    ),
    Planted(
        "a duty to tell made to vanish",
        "DELETE FROM duties WHERE duty_id = $duty_1",
        "replay.missing",
        {"duty_id": "$duty_1"},
    ),
    Planted(
        "a citizen said to be told by somebody else",
        "UPDATE duties SET told_by = $courier WHERE duty_id = $duty_0",
        "replay.differs",
        {"duty_id": "$duty_0"},
    ),
    Planted(
        "a red visit made a sure one",
        "UPDATE presence SET grade = 'green', doubts = '' WHERE visit_id = $cafe_visit",
        "replay.differs",
        {"visit_id": "$cafe_visit"},
    ),
    Planted(
        "a position brought nearer",
        "UPDATE presence SET distance = 'at_house' WHERE visit_id = $cafe_visit",
        "replay.differs",
        {"visit_id": "$cafe_visit"},
    ),
    Planted(
        "a citizen who says otherwise made to agree",
        "UPDATE call_backs SET state = 'agrees' WHERE call_back_id = $call_back",
        "replay.differs",
        {"call_back_id": "$call_back"},
    ),
    Planted(
        "a call-back that was due taken off the list",
        "DELETE FROM call_backs WHERE call_back_id = $call_back",
        "call-back.causes",
        {"visit_id": "$cafe_visit"},
    ),
    Planted(
        "a failure at a counter taken off the list",
        "DELETE FROM call_backs WHERE visit_id = $counter_visit",
        "call-back.causes",
        {"visit_id": "$counter_visit"},
    ),
    Planted(
        "another lot drawn afterwards",
        "UPDATE call_back_draws SET seed = sha256('again') WHERE day = '2026-11-25'",
        "call-back.seed",
        {},
    ),
    Planted(
        "a call that nobody made",
        "UPDATE presence SET calls = calls + 1 WHERE visit_id = $cafe_visit",
        "replay.differs",
        {"visit_id": "$cafe_visit"},
    ),
    Planted(
        "a house moved to where the courier was",
        "UPDATE house_marks SET lat = 10.574 WHERE case_id = $doubted",
        "replay.differs",
        {"case_id": "$doubted"},
    ),
    Planted(
        "another answer of the agency",
        "UPDATE questions SET answer = 'Không nhận.' WHERE question_id = $question",
        "replay.differs",
        {"question_id": "$question"},
    ),
    Planted(
        "a question said to be asked by somebody else",
        "UPDATE questions SET asked_by = $courier WHERE question_id = $question",
        "replay.differs",
        {"question_id": "$question"},
    ),
    Planted(
        "words that were erased written back",
        "UPDATE questions SET question = 'Bà Sáu hỏi' WHERE case_id = $erased",
        "replay.differs",
        {"case_id": "$erased"},
    ),
    Planted(
        "the day for an answer to an urging put off",
        "UPDATE urgings SET answer_by = answer_by + 7 WHERE urging_id = $urging",
        "replay.differs",
        {"urging_id": "$urging"},
    ),
    Planted(
        "an urging said to be answered by somebody else",
        "UPDATE urgings SET answered_by = $courier WHERE urging_id = $urging",
        "replay.differs",
        {"urging_id": "$urging"},
    ),
    Planted(
        "what a unit was urged about, erased and written back",
        "UPDATE urgings SET words = 'Bà Sáu chờ' WHERE case_id = $erased",
        "replay.differs",
        {"case_id": "$erased"},
    ),
    Planted(
        "messages sent elsewhere",
        "UPDATE contacts SET email = 'other@example.vn' WHERE case_id = $told",
        "replay.differs",
        {"case_id": "$told"},
    ),
    Planted(
        "whoever was reached before written over",
        "UPDATE former_contacts SET phone = '0900 000 000' WHERE case_id = $elsewhere",
        "replay.differs",
        {"case_id": "$elsewhere"},
    ),
    Planted(
        "who was reached before forgotten",
        "DELETE FROM former_contacts WHERE case_id = $elsewhere AND email IS NOT NULL",
        "replay.missing",
        {"case_id": "$elsewhere"},
    ),
    Planted(
        "a result that is to be collected at the post again",
        "UPDATE cases SET result_way = 'post' WHERE case_id = $elsewhere",
        "replay.differs",
        {"case_id": "$elsewhere"},
    ),
    Planted(
        "a message of somebody erased, kept",
        """INSERT INTO notices (case_id, notice_id, made_by, act_id, n, template, state, occurred_at, decided_at,
                                due_at, next_at, expires_at, sent_at, sealed)
           VALUES ($erased, $erased, $erased, $erased, 1, 'cancelled', 'sent', now(), now(), now(), now(), now(),
                   now(), 'x')""",
        "personal.notice",
        {"case_id": "$erased"},
    ),
    Planted(
        "a browser that is told of somebody erased",
        """INSERT INTO push_subscriptions (case_id, endpoint_sha256, token_sha256, vapid_key, made_at, sealed)
           SELECT case_id, sha256('there'), token_sha256, $erased, now(), 'x' FROM tracking_tokens
           WHERE case_id = $erased LIMIT 1""",
        "personal.notice",
        {"case_id": "$erased"},
    ),
    Planted(
        "where it happened to somebody erased written back",
        "UPDATE incidents SET place = 'Ấp 1' WHERE incident_id = $forgotten",
        "replay.differs",
        {"incident_id": "$forgotten"},
    ),
    Planted(
        "what was noted of somebody erased written back",
        "UPDATE incidents SET note = 'Nhà bà Sáu' WHERE incident_id = $forgotten",
        "replay.differs",
        {"incident_id": "$forgotten"},
    ),
    Planted(
        "a mandate that was taken back in force again",
        "UPDATE mandates SET state = 'in_force', revoked_by = NULL, revoked_at = NULL WHERE mandate_id = $mandate",
        "replay.differs",
        {"mandate_id": "$mandate"},
    ),
    Planted(
        "a mandate taken away",
        "DELETE FROM mandates WHERE mandate_id = $mandate",
        "replay.missing",
        {"mandate_id": "$mandate"},
    ),
    Planted(
        "a consent that was declined turned given",
        "UPDATE consents SET state = 'given' WHERE case_id = $signing AND extra = 'zalo_messages'",
        "replay.differs",
        {"case_id": "$signing", "extra": "zalo_messages"},
    ),
    Planted(
        "a consent that was withdrawn made to hold",
        "UPDATE consents SET state = 'given', withdrawn_at = NULL WHERE case_id = $signing AND extra = 'place_mark'",
        "replay.differs",
        {"case_id": "$signing", "extra": "place_mark"},
    ),
    Planted(
        "a house put back on the map that was not to be kept there",
        "UPDATE house_marks SET lat = 10.52, lon = 105.84 WHERE case_id = $signing",
        "replay.differs",
        {"case_id": "$signing"},
    ),
    Planted(
        "an invitation put earlier",
        "UPDATE invitations SET day = day - 3 WHERE invitation_id = $invitation",
        "replay.differs",
        {"invitation_id": "$invitation"},
    ),
    Planted(
        "an invitation that nobody sent",
        """INSERT INTO invitations (case_id, invitation_id, day, invited_at, invited_by, how)
           VALUES ($forwarded, $visit, '2026-11-20', '2026-11-20', $dispatcher, 'letter')""",
        "replay.extra",
        {"case_id": "$forwarded", "invitation_id": "$visit"},
    ),
    Planted(
        "a result sent on to another house",
        "UPDATE cases SET address = 'Ấp 6' WHERE case_id = $forwarded",
        "replay.differs",
        {"case_id": "$forwarded"},
    ),
    Planted(
        "a picture put off that was never spoken of",
        "UPDATE papers SET picture_deferred = NULL WHERE paper_id = $deferred_paper",
        "replay.differs",
        {"paper_id": "$deferred_paper"},
    ),
    Planted(
        "a line that was set aside confirmed all the same",
        "UPDATE run_sheet_lines SET state = 'confirmed', decided_by = $dispatcher, typed_by = $officer "
        "WHERE case_id = $on_paper AND state = 'set_aside'",
        "replay.differs",
        {"case_id": "$on_paper"},
    ),
    Planted(
        "another picture of a line",
        "UPDATE run_sheet_lines SET picture_sha256 = sha256('another') WHERE line_id = $line",
        "replay.differs",
        {"line_id": "$line"},
    ),
    Planted(
        "an act on paper whose line nobody confirmed",
        "UPDATE run_sheet_lines SET state = 'set_aside' WHERE line_id = $line",
        "paper.unconfirmed",
        {"id": "$paper_act"},
    ),
    Planted(
        "an act of a confirmed line that is no act on paper",
        "UPDATE inbox SET source = 'desk' WHERE id = $paper_act",
        "paper.missing",
        {"id": "$paper_act"},
    ),
    Planted(
        "what was missing forgotten",
        "UPDATE case_visits SET missing = NULL WHERE case_id = $incomplete",
        "replay.differs",
        {"case_id": "$incomplete"},
    ),
    Planted(
        "another filer",
        "UPDATE parties SET live = true WHERE party_id = $filer",
        "replay.differs",
        {"party_id": "$filer"},
    ),
    Planted(
        "a recipient put in by hand",
        """INSERT INTO parties (case_id, party_id, role, kind, name)
           VALUES ($case, gen_random_uuid(), 'recipient', 'person', 'Trần Văn Lạ')""",
        "replay.extra",
        {"case_id": "$case"},
    ),
    Planted(
        "somebody left of a case that was erased",
        """INSERT INTO parties (case_id, party_id, role, kind, name)
           VALUES ($erased, gen_random_uuid(), 'filer', 'person', 'Lê Thị Mẹ')""",
        "replay.extra",
        {"case_id": "$erased"},
    ),
    Planted(
        "whoever is at home may have the result",
        "UPDATE cases SET recipient_class = 'household' WHERE case_id = $case",
        "replay.differs",
        {"case_id": "$case"},
    ),
    Planted("a paper lost", "DELETE FROM papers WHERE paper_id = $paper", "replay.missing", {"paper_id": "$paper"}),
    Planted(
        "a paper in other hands",
        "UPDATE papers SET holder_kind = 'courier', holder = $courier WHERE paper_id = $paper",
        "replay.differs",
        {"paper_id": "$paper"},
    ),
    Planted(
        "a parcel invented",
        """INSERT INTO parcels (case_id, parcel_id, state, holder_kind, holder)
           VALUES ($late, gen_random_uuid(), 'sealed', 'unit', $post)""",
        "replay.extra",
        {"case_id": "$late"},
    ),
    Planted(
        "a visit that never was planned",
        """INSERT INTO visits (visit_id, unit_id, courier, purpose, place, day, time_window, state)
           VALUES ($case, $post, $courier, 'collect', 'home', '2026-11-25', '07:00-08:00', 'planned')""",
        "replay.extra",
        {"visit_id": "$case"},
    ),
    Planted(
        "the end of a visit taken away",
        "UPDATE visits SET ended_at = NULL WHERE visit_id = $visit",
        "replay.differs",
        {"visit_id": "$visit"},
    ),
    Planted(
        "a case put into another courier's bundle",
        "UPDATE bundle SET person_id = $officer WHERE case_id = $waiting",
        "replay.extra",
        {"case_id": "$waiting"},
    ),
    Planted(
        "an open exception wiped",
        "DELETE FROM exceptions WHERE case_id = $late",
        "replay.missing",
        {"case_id": "$late"},
    ),
    Planted(
        "an exception cleared by nobody",
        "UPDATE exceptions SET cleared_at = now(), cleared_by = $officer WHERE case_id = $late",
        "replay.differs",
        {"case_id": "$late"},
    ),
    Planted(
        "a label bound to another case",
        "UPDATE label_sets SET case_id = $late WHERE label = $label",
        "replay.differs",
        {"label": "$label"},
    ),
    Planted(
        "a bag that lacked nothing after all",
        "UPDATE bags SET result = 'all_present' WHERE bag_id = $bag",
        "replay.differs",
        {"bag_id": "$bag"},
    ),
    Planted(
        "a missing parcel written down as found",
        "UPDATE bag_parcels SET found = true WHERE bag_id = $bag AND NOT found",
        "replay.differs",
        {"bag_id": "$bag"},
    ),
    Planted(
        "what a bag lacked forgotten",
        "DELETE FROM incident_things WHERE case_id = $missing",
        "replay.missing",
        {"case_id": "$missing"},
    ),
    Planted(
        "an incident blamed on somebody else",
        "UPDATE incidents SET last_holder = $officer WHERE incident_id = $torn",
        "replay.differs",
        {"incident_id": "$torn"},
    ),
    Planted(
        "an incident quietly taken out of the list",
        """UPDATE incidents SET state = 'no_damage', ended_by = $head, ended_at = now()
           WHERE incident_id = $incident""",
        "replay.differs",
        {"incident_id": "$incident"},
    ),
    Planted(
        "less paid than was written down",
        "UPDATE incidents SET compensation = 1 WHERE incident_id = $torn",
        "replay.differs",
        {"incident_id": "$torn"},
    ),
    Planted(
        "a frozen paper let go",
        "UPDATE incident_things SET open = false WHERE thing_id = $lost_paper",
        "custody.frozen",
        {"thing_id": "$lost_paper"},
    ),
    Planted(
        "a lost paper that is somewhere again by itself",
        "UPDATE papers SET holder_kind = 'courier', holder = $courier WHERE paper_id = $lost_paper",
        "replay.differs",
        {"paper_id": "$lost_paper"},
    ),
    Planted(
        "a label set in another bag",
        "UPDATE label_sets SET holder = $officer WHERE number = 3",
        "replay.differs",
        {"number": 3},
    ),
    Planted(
        "a spoilt label set made good again",
        "UPDATE label_sets SET state = 'issued' WHERE label = $label",
        "replay.differs",
        {"label": "$label"},
    ),
    Planted(
        "a label set that nobody printed",
        """INSERT INTO label_sets SELECT 99, 'X', 'TN000000995VN', sha256('6'), look_up_hash, word_hash, unit_id, state,
                                          holder_kind, holder FROM label_sets WHERE number = 5""",
        "replay.extra",
        {"number": 99},
    ),
    Planted("a label set thrown away", "DELETE FROM label_sets WHERE number = 5", "replay.missing", {"number": 5}),
    Planted(
        "a card with another hand-over word",
        "UPDATE label_sets SET word_hash = sha256('1234') WHERE number = 5",
        "label.card",
        {"number": 5},
    ),
    Planted(
        "an act by which a printing is made to begin elsewhere",
        """UPDATE inbox SET data = convert_to(replace(convert_from(data, 'UTF8'), '"first":1,', '"first":9,'), 'UTF8'),
                            fingerprint = sha256(convert_to(
                                replace(convert_from(data, 'UTF8'), '"first":1,', '"first":9,'), 'UTF8'))
           WHERE kind = 'print_label_sets'""",
        "label.series",
        {"kind": "print_label_sets"},
    ),
    Planted(
        "a tracking link taken away",
        "DELETE FROM tracking_tokens WHERE case_id = $late",
        "replay.missing",
        {"case_id": "$late"},
    ),
    Planted(
        "a tracking link of somebody's own",
        "INSERT INTO tracking_tokens VALUES (sha256('mine'), $case, 1, true)",
        "replay.extra",
        {"case_id": "$case"},
    ),
    Planted(
        "a page that says another picture",
        "UPDATE pages SET original_sha256 = sha256('x') WHERE page_id = $page",
        "replay.differs",
        {"page_id": "$page"},
    ),
    Planted(
        "a signature under another paper",
        "UPDATE signatures SET shown_sha256 = sha256('x') WHERE case_id = $case",
        "replay.differs",
        {"case_id": "$case"},
    ),
    Planted(
        "a visit given to whom the post did not let go",
        """INSERT INTO competence_gates (id, unit_id, model, mode, valid, set_by, recorded_at)
           SELECT gen_random_uuid(), handling_unit, model, 'blocking', daterange('2020-01-01', NULL), $officer,
                  '2020-01-01' FROM cases WHERE case_id = $case""",
        "replay.outcome",
        {"subject_id": "$case"},
    ),
    Planted(
        "a case without any act",
        """INSERT INTO cases SELECT gen_random_uuid(), state, procedure, channel, regime_on, supporting_unit,
                  handling_unit, competent_unit FROM cases WHERE false;
           UPDATE cases SET case_id = $visit WHERE case_id = $late""",
        "replay.no-chain",
        {"subject": "$visit"},
    ),
    Planted(
        "a conflict's trace wiped",
        "DELETE FROM touches WHERE subject_id = $case",
        "replay.missing",
        {"subject_id": "$case"},
    ),
)
PHONES = (
    Planted(
        "a phone let in by nobody",
        """INSERT INTO devices (id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by)
           SELECT $visit, person_id, unit_id, public_key, sha256('x'), enrolled_at, enrolled_by
           FROM devices WHERE id = $device""",
        "replay.no-chain",
        {"subject": "$visit"},
    ),
    Planted(
        "a lost phone let in again",
        """UPDATE devices SET lost_at = NULL, lost_by = NULL, revoked_at = NULL, revoked_by = NULL
           WHERE id = $other_device""",
        "replay.differs",
        {"id": "$other_device"},
    ),
    Planted(
        "a phone given to somebody else",
        "UPDATE devices SET person_id = $officer WHERE id = $device",
        "act.actor",
        {"made_by": "$device"},
    ),
    Planted(
        "another key under a phone that has sent nothing",
        """UPDATE devices SET public_key = (SELECT public_key FROM devices WHERE id = $device)
           WHERE id = $other_device""",
        "replay.device-key",
        {"id": "$other_device"},
    ),
)
MONEY = (
    Planted(
        "money out of nothing",
        """INSERT INTO entries (case_id, transfer_id, line, account, amount, day, occurred_at, recorded_at)
           SELECT case_id, transfer_id, 9, account, 1000, day, occurred_at, recorded_at FROM entries
           WHERE case_id = $case AND account LIKE 'cash:%'""",
        "money.transfer",
        {},
    ),
    Planted(
        "cash pocketed: the slip and the entries say less",
        """UPDATE collections SET total = 5000, tendered = 7000 WHERE case_id = $case;
           UPDATE entries SET amount = 5000 WHERE case_id = $case AND account LIKE 'cash:%';
           UPDATE entries SET amount = -5000 WHERE case_id = $case AND account LIKE 'due:%' AND amount < 0""",
        "replay.differs",
        {"case_id": "$case"},
    ),
    Planted(
        "a balance wiped",
        "UPDATE balances SET amount = amount + 500 WHERE account = 'till:' || $post::uuid",
        "money.balance",
        {},
    ),
    Planted(
        "a charge settled by nothing",
        "UPDATE charges SET settled_by = NULL WHERE charge_id = $charge",
        "money.owed",
        {},
    ),
    Planted(
        "a charge settled by an act that is none",
        "UPDATE charges SET settled_by = $visit WHERE charge_id = $charge",
        "money.settled-by",
        {"charge_id": "$charge"},
    ),
    Planted(
        "another day in the books",
        "UPDATE entries SET day = day - 1 WHERE transfer_id = $charge",
        "money.day",
        {"transfer_id": "$charge", "line": 1},
    ),
    Planted(
        "a day that was counted otherwise",
        "UPDATE shifts SET counted = counted - 8000, difference = difference - 8000 WHERE shift_id = $shift",
        "replay.differs",
        {"shift_id": "$shift"},
    ),
    Planted(
        "a difference that stands under no name any more",
        "UPDATE shifts SET difference = 0 WHERE shift_id = $waiting_shift",
        "replay.differs",
        {"shift_id": "$waiting_shift"},
    ),
    Planted(
        "a relief that nobody granted",
        "UPDATE charges SET released_by = NULL WHERE charge_id = $exempted",
        "replay.differs",
        {"charge_id": "$exempted"},
    ),
    Planted(
        "another reason why nothing was paid",
        "UPDATE charges SET unpaid_because = 'refuses' WHERE charge_id = $unpaid",
        "replay.differs",
        {"charge_id": "$unpaid"},
    ),
    Planted(
        "cash left in a closed shift",
        """UPDATE entries SET amount = amount + 700 WHERE account = 'cash:' || $courier::uuid AND transfer_id IN (
               SELECT id FROM acts WHERE kind = 'close_shift')""",
        "money.shift-cash",
        {"shift_id": "$shift"},
    ),
)
CUSTODY = (
    Planted(
        "a sealed paper elsewhere than its parcel",
        "UPDATE papers SET parcel_id = $result_parcel WHERE paper_id = $paper",
        "custody.sealed-apart",
        {"paper_id": "$paper"},
    ),
    Planted(
        "a hand-over of something that does not exist",
        "UPDATE hand_overs SET paper_ids = ARRAY[$visit]::uuid[] WHERE offer_id = $offer",
        "custody.hand-over",
        {"offer_id": "$offer"},
    ),
    Planted(
        "a bound label set without its parcel",
        "UPDATE label_sets SET parcel_id = $visit WHERE label = $label",
        "custody.label-unbound",
        {"label": "$label"},
    ),
)
PROMISES = (
    Planted(
        "an appointment that says another day than its visit",
        "UPDATE appointments SET day = day + 1 WHERE case_id = $waiting",
        "promise.apart",
        {"case_id": "$waiting"},
    ),
    Planted(
        "a booking into a visit that was promised for another time",
        """UPDATE inbox SET data = told.data, fingerprint = sha256(told.data)
           FROM (SELECT made_by, id, convert_to(replace(convert_from(data, 'UTF8'), '07:00', '06:00'), 'UTF8') AS data
                 FROM inbox WHERE kind = 'book' AND subject_id = $neighbour) AS told
           WHERE inbox.made_by = told.made_by AND inbox.id = told.id""",
        "replay.impossible",
        {"subject_id": "$neighbour"},
    ),
    Planted(
        "a promise that is not on the courier's phone",
        "UPDATE bundle SET present = false WHERE case_id = $waiting",
        "promise.not-carried",
        {"case_id": "$waiting"},
    ),
)
QUEUES = (
    Planted(
        "something held that nothing is missing for",
        "UPDATE inbox SET standing = 'held' WHERE made_by = $device AND seq = 4",
        "queue.held-filled",
        {"made_by": "$device", "seq": 4},
    ),
    Planted(
        "something behind, with nothing before it",
        "UPDATE inbox SET standing = 'refused' WHERE id = $unknown",
        "queue.behind-nothing",
        {"id": "$behind"},
    ),
    Planted(
        "a follower ahead of the database",
        "INSERT INTO followers SELECT 'notices', '9999999999', epoch, now() FROM installation",
        "feed.ahead",
        {"name": "notices"},
    ),
    Planted(
        "a job that nobody does",
        """INSERT INTO pgqueuer (priority, status, entrypoint, created, execute_after)
           VALUES (0, 'queued', 'clean_master', now() - interval '1 hour', now() - interval '1 hour')""",
        "queue.job-stuck",
        {"entrypoint": "clean_master"},
    ),
    Planted(
        "a page that never heard of its file",
        "UPDATE pages SET state = 'expected' WHERE page_id = $page",
        "page.state",
        {"page_id": "$page"},
    ),
    Planted("a clean page without its master", "DELETE FROM masters", "page.no-master", {"page_id": "$page"}),
    Planted(
        "a file nobody ever received",
        """INSERT INTO files (sha256, bytes, media_type, sealed, received_from, received_at)
           VALUES (sha256('x'), 1, 'image/webp', false, $device, now())""",
        "file.missing",
        {},
    ),
)
TRANSFERS = (
    Planted(
        "an order that says more came",
        "UPDATE payments SET received = received + 1000 WHERE payment_id = $payment",
        "money.payment",
        {"payment_id": "$payment"},
    ),
    Planted(
        "an order paid to another account",
        "UPDATE payments SET reference = 'DT33333333' WHERE payment_id = $payment",
        "replay.differs",
        {"payment_id": "$payment"},
    ),
    Planted(
        "an entry of the bank removed",
        "DELETE FROM bank_credits WHERE credit_id = $credit",
        "money.bank",
        {},
    ),
    Planted(
        "money in suspense given to a case by hand",
        """UPDATE bank_credits SET state = 'placed', case_id = $paid_case, payment_id = $payment, placed_by = $payment
           WHERE credit_id = $unknown_credit""",
        "replay.extra",
        {"credit_id": "$unknown_credit"},
    ),
    Planted(
        "money in suspense that grew",
        "UPDATE bank_credits SET amount = amount + 1 WHERE credit_id = $unknown_credit",
        "money.suspense",
        {},
    ),
    Planted(
        "an entry of the bank invented",
        """INSERT INTO bank_credits (credit_id, account_id, unit_id, entry, amount, credited_at, state)
           SELECT $case, account_id, unit_id, 'FT9', 1, now(), 'unmatched' FROM bank_credits LIMIT 1""",
        "replay.extra",
        {"credit_id": "$case"},
    ),
    Planted(
        "a refund removed",
        "DELETE FROM refunds WHERE case_id = $refunded_case AND state = 'due'",
        "replay.missing",
        {"case_id": "$refunded_case"},
    ),
    Planted(
        "all refunds of a credit removed",
        "DELETE FROM refunds WHERE case_id = $refunded_case AND state <> 'paid'",
        "money.no-refund",
        {"case_id": "$refunded_case"},
    ),
    Planted(
        "a refund that says it was not paid",
        "UPDATE refunds SET paid = 0 WHERE refund_id = $refund",
        "money.credit",
        {"case_id": "$refunded_case"},
    ),
    Planted(
        "a part of more than came",
        "UPDATE bank_credits SET amount = amount + 1000 WHERE part_of = $whole AND case_id = $household",
        "money.parts",
        {"credit_id": "$whole"},
    ),
    Planted(
        "a part of another entry of the bank",
        "UPDATE bank_credits SET entry = 'FT0' WHERE part_of = $whole AND case_id = $household",
        "money.parts",
        {"credit_id": "$whole"},
    ),
    Planted(
        "a part forgotten",
        "DELETE FROM bank_credits WHERE part_of = $whole AND case_id = $household",
        "replay.missing",
        {},
    ),
    Planted(
        "a household that was asked for more",
        "UPDATE payments SET order_total = order_total + 1 WHERE case_id = $household",
        "replay.differs",
        {"case_id": "$household"},
    ),
    Planted(
        "the payer's words kept when it was known whose the money is",
        "UPDATE bank_credits SET said = 'NGUYEN THI HUE' WHERE credit_id = $whole",
        "replay.differs",
        {"credit_id": "$whole"},
    ),
    Planted(
        "a refund approved by who collected",
        "UPDATE refunds SET approved_by = ARRAY[collected_by] WHERE refund_id = $refund",
        "money.refund-approved",
        {"refund_id": "$refund"},
    ),
    Planted(
        "a charge that was counted to be still less",
        "UPDATE charges SET counted = counted - 1000 WHERE case_id = $counted_case",
        "money.credit",
        {"case_id": "$counted_case"},
    ),
    Planted(
        "a charge settled by nothing that came",
        """UPDATE charges SET settled_by = gen_random_uuid() WHERE case_id = $paid_case""",
        "money.settled-by",
        {"case_id": "$paid_case"},
    ),
)
PLANTED = (*CHAINS, *COMMANDS, *STATES, *PHONES, *MONEY, *TRANSFERS, *CUSTODY, *PROMISES, *QUEUES)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted.says)
async def test_damage_is_found_with_its_row(damage: Damage, planted: Planted) -> None:
    await damage.plant(planted.sql)
    assert _found(await damage.verified(), planted, damage)


def _found(report: Report, planted: Planted, damage: Damage) -> bool:
    story = damage.ground.story.named
    where = {
        name: plain(story[value[1:]] if isinstance(value, str) and value[0] == "$" else value)
        for name, value in planted.where.items()
    }
    with_code = [one.key for one in report.findings if one.code == planted.code]
    return any(where.items() <= key.items() for key in with_code)


WALLS = (
    ("UPDATE on acts given to the service", "GRANT UPDATE ON acts TO tannha_service", "grant.append-only"),
    ("DELETE on entries given to the application", "GRANT DELETE ON entries TO tannha_app", "grant.append-only"),
    ("bytes of commands may be changed", "GRANT UPDATE (data) ON inbox TO tannha_service", "grant.append-only"),
    ("a table opened to everybody", "GRANT SELECT ON personal TO PUBLIC", "grant.extra"),
    ("a right taken away", "REVOKE INSERT ON acts FROM tannha_service", "grant.missing"),
    ("row-level security off", "ALTER TABLE acts DISABLE ROW LEVEL SECURITY", "schema.row-security"),
    ("row-level security not for the owner", "ALTER TABLE entries NO FORCE ROW LEVEL SECURITY", "schema.row-security"),
    ("a policy that hides rows", "ALTER POLICY personal_service ON personal USING (false)", "schema.policy"),
    ("a policy more", "CREATE POLICY mine ON acts TO tannha_app USING (true)", "schema.policy"),
    (
        "transfers no longer sum to zero",
        "ALTER TABLE entries DISABLE TRIGGER transfer_sums_to_zero",
        "schema.trigger-off",
    ),
    ("foreign keys off", "ALTER TABLE papers DISABLE TRIGGER ALL", "schema.trigger-off"),
    ("the feed does not hear of changes", "DROP TRIGGER cases_touch ON cases", "schema.trigger"),
    (
        "a function that does nothing",
        "CREATE OR REPLACE FUNCTION entries_sum_to_zero() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RETURN NULL; END $$",
        "schema.function",
    ),
    ("acts may take effect twice", "ALTER TABLE acts DROP CONSTRAINT act_takes_effect_once", "schema.constraint"),
    (
        "a constraint that allows all",
        "ALTER TABLE collections DROP CONSTRAINT collection_adds_up;"
        "ALTER TABLE collections ADD CONSTRAINT collection_adds_up CHECK (total > 0)",
        "schema.constraint",
    ),
    (
        "a constraint not in force for old rows",
        "ALTER TABLE collections DROP CONSTRAINT collection_adds_up;"
        "ALTER TABLE collections ADD CONSTRAINT collection_adds_up "
        "CHECK (total > 0 AND tendered - change_given = total) NOT VALID",
        "schema.constraint-off",
    ),
    ("two live cases of one dossier", "DROP INDEX one_live_case_per_dossier", "schema.index"),
    ("a column that may be empty", "ALTER TABLE papers ALTER COLUMN holder DROP NOT NULL", "schema.column"),
    ("acts quietly thrown away", "CREATE RULE away AS ON INSERT TO acts DO INSTEAD NOTHING", "schema.rule"),
    (
        "commits that may be lost",
        "ALTER ROLE tannha_app SET synchronous_commit = off",
        "setting.unsafe",
    ),
    ("a role stronger than it must be", "ALTER ROLE tannha_service BYPASSRLS", "role.too-strong"),
    ("a migration that was changed", "UPDATE schema_migrations SET sha256 = 'x' WHERE number = 1", "schema.migration"),
)


@pytest.mark.parametrize(("says", "sql", "code"), WALLS, ids=[says for says, _, _ in WALLS])
async def test_a_hole_in_the_walls_is_found(damage: Damage, says: str, sql: str, code: str) -> None:
    await damage.tx.connection.execute(sql)
    report = await damage.verified()
    assert code in {one.code for one in report.findings}, says


async def test_every_code_found_has_words(damage: Damage) -> None:
    for planted in (*CHAINS, *COMMANDS):
        await damage.plant(planted.sql)
    report = await damage.verified()
    assert {one.code for one in report.findings} <= set(CODES)
    assert any(line.startswith("SAI LỆCH") for line in report.lines(1.0))
