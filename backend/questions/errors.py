"""What can be refused about a question to the agency, or an urging."""

from backend.errors import Conflict, Invalid, NotAllowed, NotFound


class QuestionUnknown(NotFound):
    """Không có câu hỏi này."""


class NothingWritten(Invalid):
    """Chưa ghi câu hỏi hoặc trả lời."""


class UrgingUnknown(NotFound):
    """Không có đôn đốc này."""


class CaseIsErased(Conflict):
    """Hồ sơ này đã xóa dữ liệu cá nhân."""


class UnitNotOfCase(Invalid):
    """Đơn vị này không làm hồ sơ này."""


class DayIsOver(Invalid):
    """Hạn trả lời đã qua."""


class NotTheUrged(NotAllowed):
    """Chỉ đơn vị được đôn đốc trả lời."""
