"""What can be refused about who has mastered a model."""

from backend.errors import Conflict, NotAllowed, NotFound
from backend.staff.errors import Advised, Misfilled


class QualificationEndsBeforeItBegins(Misfilled):
    """Ngày hết hạn ở trước ngày bắt đầu."""

    advice = "Ghi ngày hết hạn từ ngày bắt đầu trở đi rồi gửi lại."
    field = "/until"


class EvidenceWrong(Misfilled):
    """Bằng chứng chưa đúng."""

    advice = "Ghi giấy chứng nhận hoặc danh sách tập huấn, không quá 200 chữ."
    field = "/evidence"


class GateOfThePast(Misfilled):
    """Mức kiểm tra chỉ đổi được từ hôm nay."""

    advice = "Ghi ngày bắt đầu từ hôm nay trở đi rồi gửi lại."
    field = "/since"


class QualificationHeld(Advised, Conflict):
    """Đã ghi người này thành thạo mô hình đó trong thời gian ấy."""

    advice = "Ghi từ ngày sau khi hết hạn, hoặc lấy lại dòng cũ rồi ghi lại."


class OwnQualification(Advised, NotAllowed):
    """Không tự ghi cho mình được."""

    advice = "Nhờ giám sát tỉnh ghi cho ông/bà."


class QualificationUnknown(Advised, NotFound):
    """Không có dòng này."""

    advice = "Tải lại trang rồi chọn một dòng đang có hiệu lực."
