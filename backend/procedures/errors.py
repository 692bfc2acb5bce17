"""What can be refused about procedures."""

from backend.errors import Conflict, Invalid, NotFound


class NoSuchProcedure(NotFound):
    """Không tìm thấy thủ tục vào ngày này."""


class NoSuchCatalogue(NotFound):
    """Không có danh mục này."""


class OverlappingProcedure(Conflict):
    """Khoảng ngày trùng với một bản thủ tục đã ghi."""


class PublishedTooLate(Conflict):
    """Ngày áp dụng đã đến hoặc đã qua."""


class BadVersion(Invalid):
    """Bản thủ tục ghi chưa đúng."""


class NotInForce(Invalid):
    """Bản thủ tục không áp dụng vào ngày này."""


class ReliefUnknown(Invalid):
    """Không có mức miễn, giảm này."""


class QuantityWrong(Invalid):
    """Số lượng chưa đúng."""
