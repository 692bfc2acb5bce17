"""What can be refused about an incident."""

from backend.errors import Conflict, Invalid, NotAllowed, NotFound


class IncidentUnknown(NotFound):
    """Không có sự cố này."""


class IncidentOpen(Conflict):
    """Việc này đang có sự cố."""


class UnderIncident(Conflict):
    """Giấy tờ hoặc bưu gửi này đang có sự cố."""


class NotYourIncident(NotAllowed):
    """Sự cố của đơn vị khác."""


class NotOfThisIncident(NotFound):
    """Giấy tờ hoặc bưu gửi không thuộc sự cố này."""


class EndingIncomplete(Invalid):
    """Chưa ghi đủ cách kết thúc sự cố."""


class CompensationTooLow(Invalid):
    """Tiền bồi thường thấp hơn mức phải trả."""


class CompensationUnknown(Conflict):
    """Chưa có mức bồi thường của ngày này."""


class FoundByNobody(Invalid):
    """Chỉ hệ thống ghi việc phát hiện sự cố."""


class StillLost(Conflict):
    """Còn giấy tờ hoặc bưu gửi đang ghi là mất."""
