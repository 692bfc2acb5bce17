"""All SQL on parties."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction, columns, shaped
from backend.dossiers.party_model import Party


async def parties_of(tx: Transaction, cases: Sequence[UUID]) -> list[Party]:
    rows = await tx.all(
        """SELECT case_id, party_id, role, kind, relation, name, number, old_number, passport, tax_code, born, phone,
                  shared_phone, authority, authority_until, live, since
           FROM parties WHERE case_id = ANY($cases::uuid[])""",
        cases=list(cases),
    )
    return [shaped(row, Party) for row in rows]


async def save_parties(tx: Transaction, rows: Sequence[Party]) -> None:
    if rows:
        await tx.run(
            """INSERT INTO parties (case_id, party_id, role, kind, relation, name, number, old_number, passport,
                           tax_code, born, phone, shared_phone, authority, authority_until, live, since)
               SELECT * FROM unnest($case_id::uuid[], $party_id::uuid[], $role::text[], $kind::text[],
                                    $relation::text[], $name::text[], $number::text[], $old_number::text[],
                                    $passport::text[], $tax_code::text[], $born::text[], $phone::text[],
                                    $shared_phone::boolean[], $authority::text[], $authority_until::date[],
                                    $live::boolean[], $since::date[])
               ON CONFLICT (case_id, party_id) DO UPDATE
               SET role = EXCLUDED.role, kind = EXCLUDED.kind, relation = EXCLUDED.relation, name = EXCLUDED.name,
                   number = EXCLUDED.number, old_number = EXCLUDED.old_number, passport = EXCLUDED.passport,
                   tax_code = EXCLUDED.tax_code, born = EXCLUDED.born, phone = EXCLUDED.phone,
                   shared_phone = EXCLUDED.shared_phone, authority = EXCLUDED.authority,
                   authority_until = EXCLUDED.authority_until, live = EXCLUDED.live,
                   since = EXCLUDED.since""",
            **columns(rows),
        )


async def destroy_parties(tx: Transaction, case: UUID) -> None:
    """Part of the act `erase`: the rows are gone, not blank."""
    await tx.run("DELETE FROM parties WHERE case_id = $case", case=case)
