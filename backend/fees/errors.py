"""What can be refused about money."""

from backend.errors import Conflict, NotFound


class ChargeUnknown(NotFound):
    """Không có khoản phí này."""


class ShiftUnknown(NotFound):
    """Không có ca này."""


class ShiftAlreadyOpen(Conflict):
    """Bưu tá đang có ca chưa chốt."""


class SlipNumberUsed(Conflict):
    """Số phiếu thu đã dùng."""
