"""What can be refused about a line of the run sheet."""

from backend.errors import Conflict, Invalid


class LineUnclear(Invalid):
    """Dòng phiếu đi tuyến chưa rõ."""


class AlreadyFromPhone(Conflict):
    """Máy của bưu tá đã gửi việc này."""


class LineNotPossible(Conflict):
    """Dòng phiếu đi tuyến chưa thể có hiệu lực."""
