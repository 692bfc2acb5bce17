"""What the post asks the agency about a case, and the answer. Pure: no I/O."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

import msgspec

LONGEST = 2_000
"""Characters of a question, and of an answer."""
Words = Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST)]


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A row of `questions`. The words of both are personal, and gone once the case is erased."""

    case_id: UUID
    question_id: UUID
    state: str
    question: str | None
    asked_by: UUID
    asked_at: datetime
    answer: str | None = None
    answered_by: UUID | None = None
    answered_at: datetime | None = None


class AskGuidance(msgspec.Struct, frozen=True, tag_field="kind", tag="ask_guidance"):
    """The post asks the agency what to do. The question itself is the personal part: `{"question": "..."}`.

    `visit_id`: where the courier stands who asks; None at a desk.
    """

    question_id: UUID
    visit_id: UUID | None = None


class QuestionPersonal(msgspec.Struct, frozen=True):
    """The personal part of `ask_guidance`."""

    question: Words


class AnswerGuidance(msgspec.Struct, frozen=True, tag_field="kind", tag="answer_guidance"):
    """The agency answers the post. The answer itself is the personal part: `{"answer": "..."}`."""

    question_id: UUID


class AnswerPersonal(msgspec.Struct, frozen=True):
    """The personal part of `answer_guidance`."""

    answer: Words
