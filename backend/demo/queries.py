"""SQL of the demo: looking whether its data is there. What it writes goes through those who own it."""

from uuid import UUID

from backend.database import Transaction


async def is_demo(tx: Transaction) -> bool:
    return await tx.value("SELECT demo FROM installation")


async def has_people(tx: Transaction) -> bool:
    return await tx.value("SELECT EXISTS (SELECT FROM people)")


async def state_of(tx: Transaction, case: UUID) -> str:
    return await tx.value("SELECT state FROM cases WHERE case_id = $case", case=case)
