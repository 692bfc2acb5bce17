"""The state tables as they are, for some cases at a time, and the comparison with the rows told by the acts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, LiteralString
from uuid import UUID

from backend.verify.database import Snapshot
from backend.verify.replay.world import ANYTHING, KEYS, Key, Row
from backend.verify.report import Report

OF_CASES: dict[str, LiteralString] = {
    "cases": """
        SELECT case_id, state, procedure, channel, regime_on, supporting_unit, handling_unit, competent_unit,
               visit_commune, model, assisted, agency_confirmed, check_result, checked_by, recipient_class, owner_name,
               owner_folded, owner_number, phone, address, hamlet, landmark, access, born_of, opened_at,
               closed_at, erased_at, merged_into, return_cause, withdrawal_asked, result_way, result_from
        FROM cases WHERE case_id = ANY($1::uuid[])""",
    "case_units": """
        SELECT case_id, unit_id, relation, state, opened_at FROM case_units WHERE case_id = ANY($1::uuid[])""",
    "parties": """
        SELECT case_id, party_id, role, kind, relation, name, number, old_number, passport, tax_code, born, phone,
               shared_phone, authority, authority_until, live, since
        FROM parties WHERE case_id = ANY($1::uuid[])""",
    "dossiers": """
        SELECT case_id, code, live, portal_status, source, reported_at, received_at, due_on, receipt_at,
               receipt_by
        FROM dossiers WHERE case_id = ANY($1::uuid[])""",
    "registrations": """
        SELECT case_id, registration_id, channel, unit_id, registered_at, forwarded_to, forwarded_at, acknowledged_at
        FROM registrations WHERE case_id = ANY($1::uuid[])""",
    "case_visits": """
        SELECT case_id, visit_id, identity_checked, slip_signed, changed_hands, met, met_party, outcome, missing
        FROM case_visits WHERE case_id = ANY($1::uuid[])""",
    "invitations": """
        SELECT case_id, invitation_id, day, invited_at, invited_by, how
        FROM invitations WHERE case_id = ANY($1::uuid[])""",
    "bundle": "SELECT person_id, case_id, visit_id, present FROM bundle WHERE case_id = ANY($1::uuid[])",
    "appointments": """
        SELECT case_id, appointment_id, visit_id, purpose, unit_id, day, time_window, seat, state, live,
               calls, called_at, call_outcome, next_call_at
        FROM appointments WHERE case_id = ANY($1::uuid[])""",
    "parcels": """
        SELECT case_id, parcel_id, label, seal_number, state, holder_kind, holder
        FROM parcels WHERE case_id = ANY($1::uuid[])""",
    "papers": """
        SELECT case_id, paper_id, component, form, originals, copies, condition, is_result, state, parcel_id,
               holder_kind, holder, seen_by, seen_at, superseded, picture_deferred, goes_with
        FROM papers WHERE case_id = ANY($1::uuid[])""",
    "hand_overs": """
        SELECT case_id, offer_id, giver_kind, giver, receiver_kind, receiver, parcel_ids, paper_ids, offered_at,
               received_at, condition
        FROM hand_overs WHERE case_id = ANY($1::uuid[])""",
    "pages": """
        SELECT case_id, page_id, visit_id, paper_id, component, page_number, original_sha256, sealed_sha256,
               preview_sha256, preview_file_sha256
        FROM pages WHERE case_id = ANY($1::uuid[])""",
    "replaced_pictures": "SELECT case_id, page_id, file_sha256 FROM replaced_pictures WHERE case_id = ANY($1::uuid[])",
    "signatures": """
        SELECT case_id, signature_id, visit_id, document, mode, signer, accepted, form_version, shown_sha256,
               strokes_sha256, image_sha256, page_ids, hand, finger, witnesses, witness_files, state, signed_at,
               voided_at
        FROM signatures WHERE case_id = ANY($1::uuid[])""",
    "readings": """
        SELECT case_id, document, visit_id, form_version, content_sha256, content, read_by, read_at
        FROM readings WHERE case_id = ANY($1::uuid[])""",
    "mandates": """
        SELECT case_id, mandate_id, party_id, authority, kinship_proved, from_day, last_day, page_id, state,
               recorded_by, recorded_at, revoked_by, revoked_at
        FROM mandates WHERE case_id = ANY($1::uuid[])""",
    "notices_shown": """
        SELECT case_id, notice, visit_id, version, text_sha256, how, shown_by, shown_at
        FROM notices_shown WHERE case_id = ANY($1::uuid[])""",
    "consents": """
        SELECT case_id, extra, state, version, text_sha256, answered_as, child_agrees, visit_id, answered_at,
               withdrawn_at
        FROM consents WHERE case_id = ANY($1::uuid[])""",
    "contacts": "SELECT case_id, email, tell_by, shared_phone FROM contacts WHERE case_id = ANY($1::uuid[])",
    "former_contacts": """
        SELECT case_id, made_by, act_id, phone, email, tell_by, shared_phone
        FROM former_contacts WHERE case_id = ANY($1::uuid[])""",
    "duties": """
        SELECT case_id, duty_id, template, about, state, opened_at, told_at, told_by, how, told_whom, dropped_because
        FROM duties WHERE case_id = ANY($1::uuid[])""",
    "questions": """
        SELECT case_id, question_id, state, question, asked_by, asked_at, answer, answered_by, answered_at
        FROM questions WHERE case_id = ANY($1::uuid[])""",
    "urgings": """
        SELECT case_id, urging_id, unit_id, state, words, answer_by, urged_by, urged_at, answer, answered_by,
               answered_at
        FROM urgings WHERE case_id = ANY($1::uuid[])""",
    "incident_things": """
        SELECT case_id, incident_id, kind, thing_id, open FROM incident_things WHERE case_id = ANY($1::uuid[])""",
    "presence": """
        SELECT case_id, visit_id, card, word, distance, gate, calls, first_call_at, last_call_at, evidence, why_not,
               courier, purpose, outcome, reason, lasted, floor, jump, grade, doubts, ended_at, graded_at
        FROM presence WHERE case_id = ANY($1::uuid[])""",
    "call_backs": """
        SELECT case_id, call_back_id, visit_id, causes, courier, arranged_by, state, listed_at, tries, answered_by,
               answered_at
        FROM call_backs WHERE case_id = ANY($1::uuid[])""",
    "run_sheet_lines": """
        SELECT case_id, line_id, visit_id, courier, tells, written_at, picture_sha256, state, typed_by, typed_at,
               rekeyed_by, decided_by, decided_at
        FROM run_sheet_lines WHERE case_id = ANY($1::uuid[])""",
    "house_marks": "SELECT case_id, lat, lon, by_phone FROM house_marks WHERE case_id = ANY($1::uuid[])",
    "charges": """
        SELECT case_id, charge_id, line, amount, payee, due_at, state, settled_by, counted,
               unpaid_because, relief_claimed, released_by
        FROM charges WHERE case_id = ANY($1::uuid[])""",
    "collections": """
        SELECT case_id, collection_id, visit_id, slip_number, courier, means, total, tendered, change_given, state,
               collected_at, order_id, order_total
        FROM collections WHERE case_id = ANY($1::uuid[])""",
    "payments": """
        SELECT case_id, payment_id, visit_id, account_id, reference, charge_ids, total, received, used, state, shown_by,
               shown_at, said_at, order_id, order_total
        FROM payments WHERE case_id = ANY($1::uuid[])""",
    "bank_credits": """
        SELECT credit_id, account_id, unit_id, entry, amount, credited_at, reference, said, state, case_id, payment_id,
               placed_by, part_of
        FROM bank_credits WHERE case_id = ANY($1::uuid[])""",
    "refunds": """
        SELECT case_id, refund_id, payment_id, amount, cause, state, owner_unit, due_on, opened_at, collected_by,
               approved_by, paid
        FROM refunds WHERE case_id = ANY($1::uuid[])""",
    "entries": """
        SELECT case_id, transfer_id, line, account, amount, day, occurred_at, recorded_at
        FROM entries WHERE case_id = ANY($1::uuid[])""",
}
"""By the subjects of a batch. Left out: `changed`, and what the worker and not an act sets (the state of a page)."""

OF_SUBJECTS: dict[str, LiteralString] = {
    "exceptions": """
        SELECT case_id, exception_id, made_by, act_id, machine, state, reason, opened_at, cleared_at, cleared_by
        FROM exceptions WHERE case_id = ANY($1::uuid[])""",
    "touches": """
        SELECT subject_kind, subject_id, field, n, made_by, value FROM touches WHERE subject_id = ANY($1::uuid[])""",
}
OF_SHIFTS: dict[str, LiteralString] = {
    "shifts": """
        SELECT shift_id, courier, unit_id, day, state, float_amount, begun_at, closed_at, difference,
               counted, awaited, reason, counted_at, countersigned_by, countersigned_at
        FROM shifts WHERE shift_id = ANY($1::uuid[])""",
    "entries": """
        SELECT e.case_id, e.transfer_id, e.line, e.account, e.amount, e.day, e.occurred_at, e.recorded_at
        FROM entries AS e
        WHERE e.case_id IS NULL AND e.transfer_id IN (
            SELECT a.id FROM acts AS a WHERE a.subject_kind = 'shift' AND a.subject_id = ANY($1::uuid[])
        )""",
}
OF_UNITS: dict[str, LiteralString] = {
    "bank_credits": """
        SELECT b.credit_id, b.account_id, b.unit_id, b.entry, b.amount, b.credited_at, b.reference, b.said, b.state,
               b.case_id, b.payment_id, b.placed_by, b.part_of
        FROM bank_credits AS b
        WHERE b.unit_id = ANY($1::uuid[]) AND (b.case_id IS NULL OR EXISTS (
            SELECT FROM acts AS a WHERE a.subject_kind = 'unit' AND a.subject_id = b.unit_id AND a.id = b.credit_id
        ))""",
    "entries": """
        SELECT e.case_id, e.transfer_id, e.line, e.account, e.amount, e.day, e.occurred_at, e.recorded_at
        FROM entries AS e
        WHERE e.case_id IS NULL AND e.transfer_id IN (
            SELECT a.id FROM acts AS a WHERE a.subject_kind = 'unit' AND a.subject_id = ANY($1::uuid[])
        )""",
}
OF_BAGS: dict[str, LiteralString] = {
    "bags": """
        SELECT bag_id, tag, unit_id, to_unit, state, holder_kind, holder, seal_number, opened_at, closed_at, offered_at,
               received_at, received_by, result, giver_signed_by, giver_signed_at, receiver_signed_by,
               receiver_signed_at, settled_by, settled_at, settled_because
        FROM bags WHERE bag_id = ANY($1::uuid[])""",
    "bag_parcels": """
        SELECT bag_id, parcel_id, case_id, announced, found FROM bag_parcels WHERE bag_id = ANY($1::uuid[])""",
}
OF_INCIDENTS: dict[str, LiteralString] = {
    "incidents": """
        SELECT incident_id, cause, state, unit_id, reported_unit, happened_at, reported_at, reported_by,
               last_holder_kind, last_holder, last_hand_over, amount, people, photographs, place, note, found_by,
               taken_on_by, taken_on_at, ended_by, ended_at, helped_by, paid_by, postage, compensation, reopened_because
        FROM incidents WHERE incident_id = ANY($1::uuid[])""",
}
OF_DEVICES: dict[str, LiteralString] = {
    "devices": """
        SELECT id, person_id, unit_id, public_key, thumbprint, enrolled_at, enrolled_by, revoked_at, revoked_by,
               lost_at, lost_by, lent_until, lent_from
        FROM devices WHERE id = ANY($1::uuid[])""",
}
OF_ERASED: LiteralString = """
    SELECT DISTINCT t.incident_id FROM incident_things AS t JOIN cases AS c ON c.case_id = t.case_id
    WHERE t.incident_id = ANY($1::uuid[]) AND c.erased_at IS NOT NULL"""
"""Incidents that touch a case of which nothing personal is kept."""
DIVIDED: LiteralString = "SELECT DISTINCT part_of FROM bank_credits WHERE part_of IS NOT NULL"
"""Money that came for several cases."""
APART = {"bag": OF_BAGS, "incident": OF_INCIDENTS}
"""By the kind of a chain that is neither a case's nor an office's."""
VISITS: LiteralString = """
    SELECT visit_id, unit_id, courier, purpose, place, day, time_window, state, outcome, reason, arrived_at, ended_at,
           unplanned
    FROM visits WHERE visit_id = ANY($1::uuid[])"""

ORPHANS: LiteralString = """
    SELECT t.name, t.subject, count(*) AS rows FROM (
        SELECT 'cases' AS name, case_id AS subject FROM cases
        UNION ALL SELECT 'case_units', case_id FROM case_units
        UNION ALL SELECT 'invitations', case_id FROM invitations
        UNION ALL SELECT 'parties', case_id FROM parties
        UNION ALL SELECT 'dossiers', case_id FROM dossiers
        UNION ALL SELECT 'registrations', case_id FROM registrations
        UNION ALL SELECT 'case_visits', case_id FROM case_visits
        UNION ALL SELECT 'bundle', case_id FROM bundle
        UNION ALL SELECT 'appointments', case_id FROM appointments
        UNION ALL SELECT 'parcels', case_id FROM parcels
        UNION ALL SELECT 'papers', case_id FROM papers
        UNION ALL SELECT 'hand_overs', case_id FROM hand_overs
        UNION ALL SELECT 'pages', case_id FROM pages
        UNION ALL SELECT 'signatures', case_id FROM signatures
        UNION ALL SELECT 'readings', case_id FROM readings
        UNION ALL SELECT 'mandates', case_id FROM mandates
        UNION ALL SELECT 'notices_shown', case_id FROM notices_shown
        UNION ALL SELECT 'consents', case_id FROM consents
        UNION ALL SELECT 'charges', case_id FROM charges
        UNION ALL SELECT 'collections', case_id FROM collections
        UNION ALL SELECT 'payments', case_id FROM payments
        UNION ALL SELECT 'bank_credits', coalesce(case_id, unit_id) FROM bank_credits
        UNION ALL SELECT 'refunds', case_id FROM refunds
        UNION ALL SELECT 'tracking_tokens', case_id FROM tracking_tokens
        UNION ALL SELECT 'exceptions', case_id FROM exceptions
        UNION ALL SELECT 'contacts', case_id FROM contacts
        UNION ALL SELECT 'former_contacts', case_id FROM former_contacts
        UNION ALL SELECT 'duties', case_id FROM duties
        UNION ALL SELECT 'questions', case_id FROM questions
        UNION ALL SELECT 'urgings', case_id FROM urgings
        UNION ALL SELECT 'presence', case_id FROM presence
        UNION ALL SELECT 'call_backs', case_id FROM call_backs
        UNION ALL SELECT 'house_marks', case_id FROM house_marks
        UNION ALL SELECT 'replaced_pictures', case_id FROM replaced_pictures
        UNION ALL SELECT 'run_sheet_lines', case_id FROM run_sheet_lines
        UNION ALL SELECT 'notices', case_id FROM notices
        UNION ALL SELECT 'push_subscriptions', case_id FROM push_subscriptions
        UNION ALL SELECT 'touches', subject_id FROM touches
        UNION ALL SELECT 'shifts', shift_id FROM shifts
        UNION ALL SELECT 'devices', id FROM devices
        UNION ALL SELECT 'label_sets', case_id FROM label_sets
        UNION ALL SELECT 'entries', case_id FROM entries
        UNION ALL SELECT 'bags', bag_id FROM bags
        UNION ALL SELECT 'bag_parcels', bag_id FROM bag_parcels
        UNION ALL SELECT 'incidents', incident_id FROM incidents
        UNION ALL SELECT 'incident_things', case_id FROM incident_things
    ) AS t
    WHERE t.subject IS NOT NULL AND NOT EXISTS (SELECT FROM subjects AS s WHERE s.id = t.subject)
    GROUP BY t.name, t.subject"""
"""Rows of a case or shift that has no chain."""
STRAYS: LiteralString = """
    SELECT e.transfer_id, e.line FROM entries AS e
    WHERE e.case_id IS NULL
      AND NOT EXISTS (SELECT FROM acts AS a WHERE a.id = e.transfer_id AND a.subject_kind IN ('shift', 'unit'))"""
"""Entries of no case that no act of a shift or a unit made."""
UNVISITED: LiteralString = """
    SELECT v.visit_id FROM visits AS v WHERE NOT EXISTS (SELECT FROM case_visits AS c WHERE c.visit_id = v.visit_id)"""


async def rows_of(
    snapshot: Snapshot, queries: Mapping[str, LiteralString], ids: Sequence[UUID]
) -> dict[str, dict[Key, Row]]:
    return {table: keyed(table, await snapshot.all(sql, ids)) for table, sql in queries.items()}


def keyed(table: str, rows: Iterable[Any]) -> dict[Key, Row]:
    found = (dict(row.items()) for row in rows)
    return {tuple(row[name] for name in KEYS[table]): row for row in found}


def compare(report: Report, table: str, told: Mapping[Key, Row], there: Mapping[Key, Row]) -> None:
    """Both ways. Codes `replay.missing`, `replay.extra`, `replay.differs`."""
    report.counted["rows compared"] += len(there)
    for key, row in told.items():
        found = there.get(key)
        if found is None:
            report.differs("replay.missing", table, _named(table, key), expected=_known(row))
            continue
        wrong = [name for name, value in row.items() if value is not ANYTHING and found[name] != value]
        if wrong:
            expected = {name: row[name] for name in wrong}
            report.differs(
                "replay.differs",
                table,
                _named(table, key),
                expected=expected,
                found={name: found[name] for name in wrong},
            )
    for key in there.keys() - told.keys():
        report.differs("replay.extra", table, _named(table, key), found=there[key])


def _named(table: str, key: Key) -> dict[str, Any]:
    return dict(zip(KEYS[table], key, strict=True))


def _known(row: Row) -> Row:
    return {name: value for name, value in row.items() if value is not ANYTHING}
