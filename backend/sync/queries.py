"""SQL of the feed and the day bundle. Reads only: what it reads is written by the capabilities below."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

import msgspec

from backend.database import Row, Transaction, shaped
from backend.sync.day import (
    BundledCase,
    BundledIncident,
    BundledParty,
    BundledQuestion,
    Gone,
    Order,
    Owed,
    VisitRow,
)
from backend.sync.day_custody import InHand, PaperHeld, ParcelHeld
from backend.sync.day_people import BundledConsent, BundledMandate, BundledNotice, BundledReading


class Decided(msgspec.Struct, frozen=True):
    """A command `resolve_review` that took effect."""

    made_by: UUID
    id: UUID
    data: bytes
    received_at: datetime


class Position(msgspec.Struct, frozen=True):
    """Where the feed stands: everything before `horizon` is settled for every reader."""

    horizon: int
    epoch: UUID


async def position(tx: Transaction) -> Position:
    """Taken before anything is read: the oldest transaction still open bounds what this reader may skip next time."""
    row = await tx.first(
        """SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint AS horizon, epoch FROM installation"""
    )
    if row is None:
        raise RuntimeError("the installation row is missing")
    return Position(row["horizon"], row["epoch"])


async def cases_changed(tx: Transaction, person: UUID, since: int, horizon: int) -> list[UUID]:
    """Cases in the courier's bundle of which anything changed in `since <= changed < horizon`."""
    rows = await tx.all(
        """WITH mine AS (SELECT DISTINCT case_id FROM bundle WHERE person_id = $person AND present)
           SELECT case_id FROM bundle
           WHERE person_id = $person AND present
             AND changed >= $since::text::xid8 AND changed < $horizon::text::xid8
           UNION SELECT c.case_id FROM cases AS c JOIN mine USING (case_id)
           WHERE c.changed >= $since::text::xid8 AND c.changed < $horizon::text::xid8
           UNION SELECT s.id FROM subjects AS s JOIN mine ON mine.case_id = s.id AND s.kind = 'case'
           WHERE s.changed >= $since::text::xid8 AND s.changed < $horizon::text::xid8
           UNION SELECT cv.case_id FROM case_visits AS cv JOIN mine USING (case_id) JOIN visits AS v USING (visit_id)
           WHERE v.changed >= $since::text::xid8 AND v.changed < $horizon::text::xid8""",
        person=person,
        since=str(since),
        horizon=str(horizon),
    )
    return [row["case_id"] for row in rows]


async def gone(tx: Transaction, person: UUID, since: int, horizon: int) -> list[Gone]:
    """Tombstones: what left the bundle in the window."""
    rows = await tx.all(
        """SELECT case_id, visit_id FROM bundle
           WHERE person_id = $person AND NOT present
             AND changed >= $since::text::xid8 AND changed < $horizon::text::xid8""",
        person=person,
        since=str(since),
        horizon=str(horizon),
    )
    return [shaped(row, Gone) for row in rows]


async def cases_in_bundle(tx: Transaction, person: UUID) -> list[UUID]:
    rows = await tx.all("SELECT DISTINCT case_id FROM bundle WHERE person_id = $person AND present", person=person)
    return [row["case_id"] for row in rows]


async def bundled_cases(tx: Transaction, person: UUID, cases: Sequence[UUID]) -> list[BundledCase]:
    """Each case with all that hangs on it that a courier's phone needs: twelve queries for all."""
    rows = await tx.all(
        """SELECT c.case_id, s.n AS version, c.state, c.procedure, c.regime_on, c.channel, c.model, c.visit_commune,
                  c.agency_confirmed, c.recipient_class, c.result_from, c.owner_name, c.phone, c.address,
                  c.hamlet, c.landmark, c.access, m.lat, m.lon, d.code AS dossier_code,
                  EXISTS (SELECT FROM exceptions AS e WHERE e.case_id = c.case_id AND e.cleared_at IS NULL)
                      AS exception_open
           FROM cases AS c
           JOIN subjects AS s ON s.id = c.case_id AND s.kind = 'case'
           LEFT JOIN dossiers AS d ON d.case_id = c.case_id
           LEFT JOIN house_marks AS m ON m.case_id = c.case_id AND m.lat IS NOT NULL AND m.lon IS NOT NULL
           WHERE c.case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    parties = await tx.all(
        """SELECT case_id, party_id, role, kind, relation, name, born, phone, shared_phone, authority, authority_until,
                  since
           FROM parties WHERE case_id = ANY($cases::uuid[]) AND live""",
        cases=list(cases),
    )
    papers = await tx.all(
        """SELECT case_id, paper_id, component, form, originals, copies, condition, is_result, superseded, state,
                  holder_kind, parcel_id
           FROM papers WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    parcels = await tx.all(
        """SELECT p.case_id, p.parcel_id, p.label, p.state, p.holder_kind, p.holder AS held_by,
                  (SELECT h.offer_id FROM hand_overs AS h
                   WHERE h.case_id = p.case_id AND p.parcel_id = ANY(h.parcel_ids) AND h.received_at IS NULL
                     AND h.receiver_kind = 'courier' AND h.receiver = $person
                   ORDER BY h.offered_at DESC, h.offer_id DESC LIMIT 1) AS offer_id
           FROM parcels AS p WHERE p.case_id = ANY($cases::uuid[])""",
        person=person,
        cases=list(cases),
    )
    charges = await tx.all(
        "SELECT case_id, charge_id, line, amount, due_at, state FROM charges WHERE case_id = ANY($cases::uuid[])",
        cases=list(cases),
    )
    payments = await tx.all(
        """SELECT case_id, payment_id, reference, total, order_total, received, state
           FROM payments WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    questions = await tx.all(
        """SELECT case_id, question_id, state, question, asked_at, answer, answered_at
           FROM questions WHERE case_id = ANY($cases::uuid[]) ORDER BY asked_at, question_id""",
        cases=list(cases),
    )
    incidents = await tx.all(
        """SELECT t.case_id, t.incident_id, i.cause,
                  coalesce(array_agg(t.thing_id) FILTER (WHERE t.kind <> 'case'), '{}') AS things
           FROM incident_things AS t JOIN incidents AS i ON i.incident_id = t.incident_id
           WHERE t.case_id = ANY($cases::uuid[]) AND t.open
           GROUP BY t.case_id, t.incident_id, i.cause, i.reported_at ORDER BY i.reported_at, t.incident_id""",
        cases=list(cases),
    )
    told = await _told_and_answered(tx, cases)
    return [
        msgspec.convert(
            dict(row.items())
            | {
                "mark": None if row["lat"] is None else {"lat": row["lat"], "lon": row["lon"]},
                "parties": [shaped(party, BundledParty) for party in parties if party["case_id"] == row["case_id"]],
                "papers": [shaped(paper, PaperHeld) for paper in papers if paper["case_id"] == row["case_id"]],
                "parcels": [shaped(parcel, ParcelHeld) for parcel in parcels if parcel["case_id"] == row["case_id"]],
                "charges": [shaped(charge, Owed) for charge in charges if charge["case_id"] == row["case_id"]],
                "payments": [shaped(order, Order) for order in payments if order["case_id"] == row["case_id"]],
                "questions": [shaped(one, BundledQuestion) for one in questions if one["case_id"] == row["case_id"]],
                "incidents": [shaped(one, BundledIncident) for one in incidents if one["case_id"] == row["case_id"]],
                **{
                    name: [shaped(one, kind) for one in rows_of if one["case_id"] == row["case_id"]]
                    for name, (kind, rows_of) in told.items()
                },
            },
            BundledCase,
            strict=False,
        )
        for row in rows
    ]


async def _told_and_answered(
    tx: Transaction, cases: Sequence[UUID]
) -> dict[str, tuple[type[msgspec.Struct], Sequence[Row]]]:
    """By field of a bundled case: mandates, what citizens answered and were told, what was read back."""
    mandates = await tx.all(
        """SELECT case_id, mandate_id, party_id, authority, kinship_proved, from_day, last_day, state
           FROM mandates WHERE case_id = ANY($cases::uuid[]) ORDER BY recorded_at, mandate_id""",
        cases=list(cases),
    )
    consents = await tx.all(
        """SELECT case_id, extra, state, version, answered_as
           FROM consents WHERE case_id = ANY($cases::uuid[]) ORDER BY extra""",
        cases=list(cases),
    )
    notices = await tx.all(
        "SELECT case_id, notice, version, shown_at FROM notices_shown WHERE case_id = ANY($cases::uuid[])",
        cases=list(cases),
    )
    readings = await tx.all(
        """SELECT r.case_id, r.document, r.form_version, encode(r.content_sha256, 'hex') AS content_sha256, EXISTS (
                      SELECT FROM signatures AS s
                      WHERE s.case_id = r.case_id AND s.document = r.document AND s.accepted AND s.state = 'valid'
                        AND s.shown_sha256 = r.content_sha256
                        AND coalesce(s.form_version, r.form_version) = r.form_version
                  ) AS signed
           FROM readings AS r WHERE r.case_id = ANY($cases::uuid[]) ORDER BY r.document""",
        cases=list(cases),
    )
    return {
        "mandates": (BundledMandate, mandates),
        "consents": (BundledConsent, consents),
        "notices": (BundledNotice, notices),
        "readings": (BundledReading, readings),
    }


async def bundled_visits(tx: Transaction, person: UUID, cases: Sequence[UUID]) -> list[VisitRow]:
    rows = await tx.all(
        """SELECT v.visit_id, v.purpose, v.place, v.day, v.time_window, v.state, b.case_id,
                  cv.identity_checked, cv.slip_signed,
                  NOT EXISTS (SELECT FROM appointments AS a
                              WHERE a.case_id = b.case_id AND a.visit_id = b.visit_id
                                AND a.live AND a.state = 'waiting_call') AS confirmed
           FROM bundle AS b
           JOIN visits AS v USING (visit_id)
           JOIN case_visits AS cv ON cv.visit_id = b.visit_id AND cv.case_id = b.case_id
           WHERE b.person_id = $person AND b.present AND b.case_id = ANY($cases::uuid[])
           ORDER BY v.day, v.time_window, v.visit_id""",
        person=person,
        cases=list(cases),
    )
    return [shaped(row, VisitRow) for row in rows]


async def in_hand(tx: Transaction, person: UUID) -> list[InHand]:
    """All that a courier holds, whether or not its visit is over."""
    rows = await tx.all(
        """SELECT c.case_id, c.owner_name, l.parcel_id, l.label, coalesce(l.state = 'offered', false) AS offered,
                  coalesce(array_agg(p.paper_id ORDER BY p.paper_id) FILTER (WHERE p.paper_id IS NOT NULL), '{}')
                      AS paper_ids
           FROM (SELECT case_id, parcel_id, label, state FROM parcels
                 WHERE holder_kind = 'courier' AND holder = $person
                 UNION ALL SELECT DISTINCT case_id, NULL::uuid, NULL, NULL FROM papers
                 WHERE holder_kind = 'courier' AND holder = $person AND parcel_id IS NULL) AS l
           JOIN cases AS c USING (case_id)
           LEFT JOIN papers AS p ON p.case_id = l.case_id AND p.parcel_id IS NOT DISTINCT FROM l.parcel_id
                                 AND p.holder_kind = 'courier' AND p.holder = $person
           GROUP BY c.case_id, c.owner_name, l.parcel_id, l.label, l.state
           ORDER BY c.case_id, l.parcel_id""",
        person=person,
    )
    return [shaped(row, InHand) for row in rows]


async def windows_of(tx: Transaction, person: UUID, day: date) -> list[str]:
    """Of the visits a courier makes on that day."""
    rows = await tx.all(
        "SELECT DISTINCT time_window FROM visits WHERE courier = $person AND day = $day", person=person, day=day
    )
    return [row["time_window"] for row in rows]


async def decisions_on(tx: Transaction, subjects: Sequence[UUID]) -> list[Decided]:
    """What people at desks decided about acts in review, in the order of each subject's chain."""
    rows = await tx.all(
        """SELECT made_by, id, data, received_at FROM inbox
           WHERE subject_id = ANY($subjects::uuid[])
             AND kind = 'resolve_review' AND source = 'desk' AND standing = 'applied'
           ORDER BY subject_id, n""",
        subjects=list(subjects),
    )
    return [shaped(row, Decided) for row in rows]


async def told_by_phones(tx: Transaction, case: UUID, kinds: Sequence[str]) -> list[tuple[str, bytes]]:
    """Kind and command of what phones told of a case and took effect, also as one of a household."""
    rows = await tx.all(
        """SELECT a.kind, i.data FROM acts AS a
           JOIN inbox AS i ON i.made_by = a.made_by AND i.id = coalesce(a.parent, a.id)
           WHERE a.subject_kind = 'case' AND a.subject_id = $case AND a.kind = ANY($kinds) AND i.source = 'device'""",
        case=case,
        kinds=list(kinds),
    )
    return [(row["kind"], row["data"]) for row in rows]


async def owners_of(tx: Transaction, devices: Sequence[UUID]) -> dict[UUID, UUID]:
    """Whose phones these are."""
    rows = await tx.all("SELECT id, person_id FROM devices WHERE id = ANY($devices::uuid[])", devices=list(devices))
    return {row["id"]: row["person_id"] for row in rows}


async def makers_given_up(tx: Transaction, before: datetime) -> list[UUID]:
    """Devices whose held acts have waited since before `before`, or which are revoked: the gap stays."""
    rows = await tx.all(
        """SELECT DISTINCT i.made_by FROM inbox AS i LEFT JOIN devices AS d ON d.id = i.made_by
           WHERE i.standing = 'held' AND (i.received_at < $before OR d.revoked_at IS NOT NULL)""",
        before=before,
    )
    return [row["made_by"] for row in rows]
