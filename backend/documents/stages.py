"""Who does which stage of making a dossier digital: said by who answers for the post, from a day on (row 5)."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.database import Transaction
from backend.documents import stage_queries
from backend.documents.stage_errors import BasisWrong, StageOfThePast
from backend.documents.stage_model import LONGEST_BASIS, Assignment, Assignments
from backend.staff.errors import RoleNeeded
from backend.staff.model import Post, Role, answers_for
from backend.text import gate

ASSIGNING = (Role.HEAD_OF_POST, Role.SUPERVISOR)
"""A head of post for that post, the supervisor for any."""


async def known(tx: Transaction, units: Sequence[UUID]) -> Assignments:
    """What is in force of these posts, and for all. One statement."""
    return Assignments(await stage_queries.assignments_of(tx, units))


async def assign(tx: Transaction, posts: Iterable[Post], unit: UUID, new: Assignment) -> None:
    """`posts`: what `set_by` holds today. From `since` on, until another is set. Twice with the same id is once.

    Raises RoleNeeded, StageOfThePast, BasisWrong, UnusableCharacter.
    """
    if not answers_for(posts, unit, ASSIGNING):
        raise RoleNeeded("Công đoạn số hóa do trưởng bưu cục của đơn vị hoặc giám sát tỉnh phân công.")
    if new.since is None or new.since < local_date(new.recorded_at):
        raise StageOfThePast
    basis = " ".join(gate(new.basis, pointer="/basis").split())
    if not 1 <= len(basis) <= LONGEST_BASIS:
        raise BasisWrong
    await stage_queries.lock_stage(tx, unit, new.stage)
    if await stage_queries.has_assignment(tx, new.id):
        return
    await stage_queries.end_assignments(tx, unit, new.procedure, new.stage, new.since, new.recorded_at)
    await stage_queries.add_assignment(tx, replace(new, unit_id=unit, basis=basis))
