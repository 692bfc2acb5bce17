"""SQL of the demo: looking whether its data is there. What it writes goes through those who own it."""

from collections.abc import Sequence
from uuid import UUID

from backend.database import Transaction


async def is_demo(tx: Transaction) -> bool:
    return await tx.value("SELECT demo FROM installation")


async def has_people(tx: Transaction) -> bool:
    return await tx.value("SELECT EXISTS (SELECT FROM people)")


async def state_of(tx: Transaction, case: UUID) -> str:
    return await tx.value("SELECT state FROM cases WHERE case_id = $case", case=case)


async def find_payee(tx: Transaction, references: Sequence[str]) -> tuple[str, str] | None:
    """Bank and account of the order with one of these references; else of any unit."""
    row = await tx.first(
        """SELECT a.bank_bin, a.account FROM payee_accounts AS a
           LEFT JOIN payments AS p ON p.account_id = a.id AND p.reference = ANY($references::text[])
           ORDER BY p.reference IS NULL, a.account LIMIT 1""",
        references=list(references),
    )
    return (row["bank_bin"], row["account"]) if row is not None else None
