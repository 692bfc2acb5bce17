"""SQL of what a desk reads of one case that was found under its scope: signatures, mandates, notice and consent."""

from uuid import UUID

from backend.database import Transaction, shaped
from backend.web.people_views import (
    ConsentView,
    MandateView,
    NoticeShownView,
    PageView,
    PeopleView,
    ReadingView,
    SignatureView,
)


async def people_of(tx: Transaction, case: UUID) -> PeopleView:
    signatures = await tx.all(
        """SELECT signature_id, visit_id, document, mode, signer, accepted, hand, finger, witnesses,
                  cardinality(page_ids) AS pages, state, signed_at
           FROM signatures WHERE case_id = $case ORDER BY signed_at, signature_id""",
        case=case,
    )
    readings = await tx.all(
        """SELECT r.visit_id, r.document, r.form_version, encode(r.content_sha256, 'hex') AS content_sha256, r.content,
                  r.read_at,
                  p.name AS read_by_name, EXISTS (
                      SELECT FROM signatures AS s
                      WHERE s.case_id = r.case_id AND s.document = r.document AND s.accepted AND s.state = 'valid'
                        AND s.shown_sha256 = r.content_sha256
                        AND coalesce(s.form_version, r.form_version) = r.form_version
                  ) AS signed
           FROM readings AS r LEFT JOIN people AS p ON p.id = r.read_by
           WHERE r.case_id = $case ORDER BY r.read_at, r.document""",
        case=case,
    )
    pages = await tx.all(
        """SELECT page_id, visit_id, component, page_number FROM pages
           WHERE case_id = $case AND state <> 'erased' ORDER BY component, page_number, page_id""",
        case=case,
    )
    mandates = await tx.all(
        """SELECT mandate_id, party_id, authority, kinship_proved, from_day, last_day, state
           FROM mandates WHERE case_id = $case ORDER BY recorded_at, mandate_id""",
        case=case,
    )
    notices = await tx.all(
        """SELECT n.notice, n.version, n.how, n.shown_at, p.name AS shown_by_name
           FROM notices_shown AS n LEFT JOIN people AS p ON p.id = n.shown_by
           WHERE n.case_id = $case ORDER BY n.notice""",
        case=case,
    )
    consents = await tx.all(
        """SELECT extra, state, version, answered_as, child_agrees, answered_at, withdrawn_at
           FROM consents WHERE case_id = $case ORDER BY answered_at, extra""",
        case=case,
    )
    return PeopleView(
        signatures=[shaped(row, SignatureView) for row in signatures],
        readings=[shaped(row, ReadingView) for row in readings],
        pages=[shaped(row, PageView) for row in pages],
        mandates=[shaped(row, MandateView) for row in mandates],
        notices=[shaped(row, NoticeShownView) for row in notices],
        consents=[shaped(row, ConsentView) for row in consents],
    )
