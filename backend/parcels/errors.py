"""What can be refused about papers, parcels and labels."""

from backend.errors import NotFound


class PaperUnknown(NotFound):
    """Không có giấy tờ này."""


class ParcelUnknown(NotFound):
    """Không có bưu gửi này."""
