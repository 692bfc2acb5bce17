"""Asking and answering. Returns new and changed rows; nothing is written here."""

from datetime import datetime
from uuid import UUID

from msgspec.structs import replace

from backend.questions.errors import NothingWritten
from backend.questions.model import AskGuidance, Question
from backend.text import gate


def written(text: str, pointer: str) -> str:
    """As it is kept. Raises NothingWritten, UnusableCharacter."""
    found = gate(text, pointer=pointer, lines=True).strip()
    if not found:
        raise NothingWritten("Ghi rõ bằng chữ rồi gửi lại.", pointer=pointer)
    return found


def ask(case: UUID, body: AskGuidance, question: str | None, by: UUID, at: datetime) -> Question:
    """`question` None: it came after the case was erased."""
    return Question(
        case_id=case, question_id=body.question_id, state="none", question=question, asked_by=by, asked_at=at
    )


def answer(asked: Question, text: str | None, by: UUID, at: datetime) -> Question:
    return replace(asked, answer=text, answered_by=by, answered_at=at)


def blanked(known: Question) -> Question:
    """Who asked and answered, and when, stays."""
    return replace(known, question=None, answer=None)
