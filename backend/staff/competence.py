"""Who has mastered which model, and what an office does about who has not: entered by who answers for the office."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.clock import local_date
from backend.database import Transaction
from backend.staff import competence_queries, queries
from backend.staff.competence_errors import (
    EvidenceWrong,
    GateOfThePast,
    OwnQualification,
    QualificationEndsBeforeItBegins,
)
from backend.staff.competence_model import LONGEST_EVIDENCE, Competence, Gate, Qualification
from backend.staff.errors import PersonUnknown, RoleNeeded
from backend.staff.model import ANSWERING, Post, answers_for
from backend.text import gate


async def known(tx: Transaction, units: Sequence[UUID], people: Sequence[UUID]) -> Competence:
    """What is in force of these offices and people. Two statements."""
    return Competence(
        await competence_queries.gates_of(tx, units),
        await competence_queries.qualifications_of(tx, people),
    )


async def qualify(tx: Transaction, posts: Iterable[Post], new: Qualification) -> None:
    """`posts`: what `entered_by` holds today. Twice with the same id is once.

    Raises RoleNeeded, OwnQualification, PersonUnknown, EvidenceWrong, UnusableCharacter,
    QualificationEndsBeforeItBegins, QualificationHeld.
    """
    _must_answer(posts, new.unit_id)
    if new.person_id == new.entered_by:
        raise OwnQualification
    on = local_date(new.recorded_at)
    if new.unit_id not in await queries.units_of(tx, new.person_id, on):
        raise PersonUnknown
    if new.until < new.since:
        raise QualificationEndsBeforeItBegins
    evidence = " ".join(gate(new.evidence, pointer="/evidence").split())
    if not 1 <= len(evidence) <= LONGEST_EVIDENCE:
        raise EvidenceWrong
    await competence_queries.add_qualification(tx, replace(new, evidence=evidence))


async def take_back(tx: Transaction, posts: Iterable[Post], qualification: UUID, *, by: UUID, at: datetime) -> None:
    """At once. Raises QualificationUnknown, RoleNeeded."""
    found = await competence_queries.get_qualification(tx, qualification)
    _must_answer(posts, found.unit_id)
    await competence_queries.take_qualification(tx, qualification, by=by, at=at)


async def set_gate(tx: Transaction, posts: Iterable[Post], new: Gate) -> None:
    """From `since` on, until somebody sets another. Twice with the same id is once.

    Raises RoleNeeded, GateOfThePast.
    """
    _must_answer(posts, new.unit_id)
    if new.since < local_date(new.recorded_at):
        raise GateOfThePast
    await competence_queries.lock_gates(tx, new.unit_id, new.model)
    if await competence_queries.has_gate(tx, new.id):
        return
    await competence_queries.end_gates(tx, new.unit_id, new.model, new.since, new.recorded_at)
    await competence_queries.add_gate(tx, new)


def _must_answer(posts: Iterable[Post], unit: UUID) -> None:
    if not answers_for(posts, unit, ANSWERING):
        raise RoleNeeded("Thành thạo mô hình do trưởng bưu cục của đơn vị, giám sát tỉnh hoặc quản trị hệ thống ghi.")
