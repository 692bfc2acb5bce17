"""What can be refused about a registration."""

from backend.errors import Conflict, Invalid, NotFound


class RegistrationNotFound(NotFound):
    """Không tìm thấy đăng ký."""


class AlreadyRegistered(Conflict):
    """Đăng ký này đã có."""


class PersonalPartMissing(Invalid):
    """Thiếu thông tin người nộp."""


class RegistrationDayWrong(Invalid):
    """Ngày đăng ký chưa đúng."""


class ProcedureNotInCatalogue(Invalid):
    """Thủ tục không có trong danh mục."""
