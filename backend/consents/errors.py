"""What can be refused about notice and consent."""

from backend.errors import Conflict, NotFound


class NotAllAsked(Conflict):
    """Chưa hỏi đủ người."""


class NeverAnswered(NotFound):
    """Công dân chưa trả lời câu hỏi này."""
