"""What can be refused about a visit."""

from backend.errors import Conflict, NotFound


class VisitUnknown(NotFound):
    """Không có lượt phục vụ này."""


class VisitOfAnother(Conflict):
    """Lượt phục vụ này của bưu tá khác."""
