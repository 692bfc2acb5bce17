"""What can be refused about telling citizens."""

from backend.errors import Conflict, Invalid, NotFound


class DutyUnknown(NotFound):
    """Không có việc phải báo này."""


class DutyExists(Conflict):
    """Việc phải báo này đã có."""


class TemplateUnknown(Invalid):
    """Không có mẫu tin này."""
