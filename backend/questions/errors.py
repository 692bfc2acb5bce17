"""What can be refused about a question to the agency."""

from backend.errors import Invalid, NotFound


class QuestionUnknown(NotFound):
    """Không có câu hỏi này."""


class NothingWritten(Invalid):
    """Chưa ghi câu hỏi hoặc trả lời."""
