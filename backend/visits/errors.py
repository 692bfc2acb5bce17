"""What can be refused about a visit."""

from backend.errors import NotFound


class VisitUnknown(NotFound):
    """Không có lượt phục vụ này."""
