"""All SQL on cases and dossiers."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.dossiers.model import FINAL_PORTAL_STATUSES, Case, CaseUnit, Dossier
from backend.dossiers.tokens import TrackingToken


async def cases_of(tx: Transaction, cases: Sequence[UUID]) -> list[Case]:
    rows = await tx.all(
        """SELECT case_id, state, procedure, channel, regime_on, supporting_unit, handling_unit, competent_unit,
                  visit_commune, model, assisted, agency_confirmed, check_result, checked_by, recipient_class,
                  owner_name, owner_folded, owner_number, phone, address, hamlet, landmark, access, born_of, opened_at,
                  closed_at, erased_at, merged_into, return_cause, withdrawal_asked, result_way, result_from
           FROM cases WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Case) for row in rows]


async def save_cases(tx: Transaction, rows: Sequence[Case]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO cases (case_id, state, procedure, channel, regime_on, supporting_unit, handling_unit,
                           competent_unit, visit_commune, model, assisted, agency_confirmed, check_result, checked_by,
                           recipient_class, owner_name, owner_folded, owner_number, phone, address, hamlet, landmark,
                           access, born_of, opened_at, closed_at, erased_at, merged_into, return_cause,
                           withdrawal_asked, result_way, result_from)
               SELECT * FROM unnest($case_id::uuid[], $state::text[], $procedure::text[], $channel::text[],
                                    $regime_on::date[], $supporting_unit::uuid[], $handling_unit::uuid[],
                                    $competent_unit::uuid[], $visit_commune::text[], $model::text[],
                                    $assisted::boolean[], $agency_confirmed::boolean[],
                                    $check_result::text[], $checked_by::uuid[],
                                    $recipient_class::text[], $owner_name::text[],
                                    $owner_folded::text[], $owner_number::text[], $phone::text[],
                                    $address::text[], $hamlet::text[], $landmark::text[], $access::text[],
                                    $born_of::uuid[], $opened_at::timestamptz[], $closed_at::timestamptz[],
                                    $erased_at::timestamptz[], $merged_into::uuid[], $return_cause::text[],
                                    $withdrawal_asked::boolean[], $result_way::text[], $result_from::date[])
               ON CONFLICT (case_id) DO UPDATE
               SET state = EXCLUDED.state, procedure = EXCLUDED.procedure, channel = EXCLUDED.channel,
                   regime_on = EXCLUDED.regime_on, supporting_unit = EXCLUDED.supporting_unit,
                   handling_unit = EXCLUDED.handling_unit, competent_unit = EXCLUDED.competent_unit,
                   visit_commune = EXCLUDED.visit_commune, model = EXCLUDED.model,
                   assisted = EXCLUDED.assisted, agency_confirmed = EXCLUDED.agency_confirmed,
                   check_result = EXCLUDED.check_result, checked_by = EXCLUDED.checked_by,
                   recipient_class = EXCLUDED.recipient_class,
                   owner_name = EXCLUDED.owner_name, owner_folded = EXCLUDED.owner_folded,
                   owner_number = EXCLUDED.owner_number, phone = EXCLUDED.phone,
                   address = EXCLUDED.address, hamlet = EXCLUDED.hamlet, landmark = EXCLUDED.landmark,
                   access = EXCLUDED.access, opened_at = EXCLUDED.opened_at,
                   closed_at = EXCLUDED.closed_at, erased_at = EXCLUDED.erased_at,
                   merged_into = EXCLUDED.merged_into, return_cause = EXCLUDED.return_cause,
                   withdrawal_asked = EXCLUDED.withdrawal_asked, result_way = EXCLUDED.result_way,
                   result_from = EXCLUDED.result_from""",
            **columns(rows),
        )


async def dossiers_of(tx: Transaction, cases: Sequence[UUID]) -> list[Dossier]:
    rows = await tx.all(
        """SELECT case_id, code, live, portal_status, source, reported_at, received_at, due_on, receipt_at, receipt_by
           FROM dossiers WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Dossier) for row in rows]


async def save_dossiers(tx: Transaction, rows: Sequence[Dossier]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO dossiers (case_id, code, live, portal_status, source, reported_at, received_at, due_on,
                                     receipt_at, receipt_by)
               SELECT * FROM unnest($case_id::uuid[], $code::text[], $live::boolean[],
                                    $portal_status::smallint[], $source::text[], $reported_at::timestamptz[],
                                    $received_at::timestamptz[], $due_on::date[], $receipt_at::timestamptz[],
                                    $receipt_by::uuid[])
               ON CONFLICT (case_id) DO UPDATE
               SET code = EXCLUDED.code, live = EXCLUDED.live, portal_status = EXCLUDED.portal_status,
                   source = EXCLUDED.source, reported_at = EXCLUDED.reported_at,
                   received_at = EXCLUDED.received_at, due_on = EXCLUDED.due_on,
                   receipt_at = EXCLUDED.receipt_at, receipt_by = EXCLUDED.receipt_by""",
            **columns(rows),
        )


async def add_case_units(tx: Transaction, rows: Sequence[CaseUnit]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO case_units (case_id, unit_id, relation)
               SELECT * FROM unnest($case_id::uuid[], $unit_id::uuid[], $relation::text[])
               ON CONFLICT DO NOTHING""",
            **columns(rows),
        )


async def live_case_of(tx: Transaction, code: str) -> UUID | None:
    """The case that a dossier code belongs to now."""
    return await tx.value("SELECT case_id FROM dossiers WHERE code = $code AND live", code=code)


async def is_closed(tx: Transaction, code: str) -> bool:
    """Whether the agency is done with that dossier: returned, not accepted, stopped or withdrawn."""
    return await tx.value(
        """SELECT EXISTS (
               SELECT FROM dossiers WHERE code = $code AND NOT live AND portal_status = ANY($final::smallint[]))""",
        code=code,
        final=sorted(FINAL_PORTAL_STATUSES),
    )


async def save_tokens(tx: Transaction, rows: Sequence[TrackingToken]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO tracking_tokens (token_sha256, case_id, number, live)
               SELECT * FROM unnest($token_sha256::bytea[], $case_id::uuid[], $number::integer[], $live::boolean[])
               ON CONFLICT (token_sha256) DO UPDATE SET live = EXCLUDED.live""",
            **columns(rows),
        )


async def find_case_by_token(tx: Transaction, token_sha256: bytes) -> UUID | None:
    return await tx.value(
        "SELECT case_id FROM tracking_tokens WHERE token_sha256 = $token_sha256 AND live", token_sha256=token_sha256
    )
