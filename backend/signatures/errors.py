"""What can be refused about a signature."""

from backend.errors import Conflict, NotFound


class AlreadySigned(Conflict):
    """Chữ ký này đã có."""


class SignatureUnknown(NotFound):
    """Không có chữ ký này."""


class ModeNotAccepted(Conflict):
    """Cách ký này không dùng được cho giấy này."""


class PageMissing(Conflict):
    """Chưa có ảnh trang đã ký."""


class FingerNotNamed(Conflict):
    """Chưa ghi ngón tay nào, bàn tay nào."""


class NotAsRead(Conflict):
    """Nội dung ký khác nội dung đã đọc."""


class ContentNotAsHashed(Conflict):
    """Nội dung tờ khai không khớp mã đã ghi."""


class FormNotInForce(Conflict):
    """Bản tờ khai này không dùng được."""


class FormFilledWrong(Conflict):
    """Tờ khai điền chưa đúng."""


class WitnessesMissing(Conflict):
    """Chưa đủ người làm chứng."""


class WitnessUnsigned(Conflict):
    """Người làm chứng chưa ghi đủ hoặc chưa ký."""


class WitnessIsCourier(Conflict):
    """Bưu tá, nhân viên không được làm chứng."""


class WitnessGains(Conflict):
    """Người có liên quan không được làm chứng."""


class WitnessNotAdult(Conflict):
    """Người làm chứng chưa đủ tuổi."""


class DeclarationUnsigned(Conflict):
    """Còn thiếu: tờ khai chưa ký."""
