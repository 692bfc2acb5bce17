"""What can be refused about forms."""

from backend.errors import NotFound


class NoSuchForms(NotFound):
    """Không có bộ tờ khai này."""
