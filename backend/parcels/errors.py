"""What can be refused about papers, parcels and labels."""

from backend.errors import Conflict, NotAllowed, NotFound


class PaperUnknown(NotFound):
    """Không có giấy tờ này."""


class ParcelUnknown(NotFound):
    """Không có bưu gửi này."""


class NotTheReceiver(NotAllowed):
    """Không phải người nhận."""


class PaperElsewhere(Conflict):
    """Giấy tờ đang ở nơi khác."""


class LabelUsed(Conflict):
    """Bộ nhãn đã dùng."""
