"""What units may refuse."""

from backend.errors import Conflict, Invalid, NotFound


class NoSuchUnit(NotFound):
    """Không tìm thấy đơn vị vào ngày này."""


class NoSuchCommune(NotFound):
    """Không tìm thấy xã, phường vào ngày này."""


class NoSameLevelPost(NotFound):
    """Chưa ghi bưu điện cùng cấp của đơn vị vào ngày này."""


class NoLeadUnit(NotFound):
    """Chưa ghi đơn vị đầu mối vào ngày này."""


class BadAgencyIdentifier(Invalid):
    """Mã định danh cơ quan sai."""


class OverlappingVersion(Conflict):
    """Khoảng ngày trùng với một bản đã ghi."""
