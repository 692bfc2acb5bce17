"""What can be refused about people, sign-in and phones."""

from typing import ClassVar

from backend.errors import Conflict, Gone, Invalid, NotAllowed, NotFound, NotSignedIn, Refusal, TooManyRequests


class Advised(Refusal):
    """Yêu cầu bị từ chối."""

    advice: ClassVar[str]
    """What to do next: always the same for this refusal."""

    def __init__(self) -> None:
        super().__init__(self.advice)


class Misfilled(Invalid):
    """Dữ liệu gửi lên chưa đúng."""

    advice: ClassVar[str]
    field: ClassVar[str]
    """JSON pointer to what must be put right."""

    def __init__(self) -> None:
        super().__init__(self.advice, pointer=self.field)


# At the desk


class WrongPassword(Advised, NotSignedIn):
    """Tài khoản hoặc mật khẩu không đúng."""

    advice = "Kiểm tra lại tài khoản và mật khẩu. Quên mật khẩu: nhờ quản trị hệ thống đặt lại."


class TooManyTries(TooManyRequests):
    """Đã thử đăng nhập quá nhiều lần."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Chờ {seconds} giây rồi thử lại. Quên mật khẩu: nhờ quản trị hệ thống.", retry_after=seconds)
        self.seconds = seconds


class DeskSessionEnded(Advised, NotSignedIn):
    """Phiên làm việc đã kết thúc."""

    advice = "Đăng nhập lại để làm tiếp."


class FormNotOurs(Advised, NotAllowed):
    """Biểu mẫu không phải của phiên làm việc này."""

    advice = "Tải lại trang rồi gửi lại."


class NoRoleToday(Advised, NotAllowed):
    """Hôm nay không có vai trò nào."""

    advice = "Vai trò đã hết hạn hoặc chưa bắt đầu. Nhờ quản trị hệ thống kiểm tra."


class RoleNeeded(NotAllowed):
    """Vai trò hiện tại không làm được việc này."""


class PersonDisabled(Advised, NotSignedIn):
    """Tài khoản đã ngừng sử dụng."""

    advice = "Gọi quản trị hệ thống nếu cần dùng lại."


class WeakPassword(Invalid):
    """Mật khẩu chưa đủ an toàn."""


class BadName(Misfilled):
    """Họ tên chưa đúng."""

    advice = "Ghi họ tên đầy đủ, không quá 100 chữ."
    field = "/name"


class BadBadge(Misfilled):
    """Số hiệu chưa đúng."""

    advice = "Ghi số hiệu bằng chữ in không dấu, số, dấu chấm hoặc gạch ngang."
    field = "/badge"


class BadAccount(Misfilled):
    """Tên tài khoản chưa đúng."""

    advice = "Ghi từ 2 đến 40 chữ thường không dấu, số, dấu chấm hoặc gạch."
    field = "/account"


class RoleEndsBeforeItBegins(Misfilled):
    """Ngày cuối ở trước ngày đầu của vai trò."""

    advice = "Chọn ngày cuối từ ngày đầu trở đi, hoặc lấy lại vai trò ngay."
    field = "/until"


class PersonUnknown(Advised, NotFound):
    """Không có người này."""

    advice = "Kiểm tra lại số hiệu hoặc chọn người trong danh sách."


class BadgeTaken(Advised, Conflict):
    """Số hiệu này đã có người dùng."""

    advice = "Kiểm tra lại số hiệu: mỗi số chỉ cấp cho một người."


class AccountTaken(Advised, Conflict):
    """Tên tài khoản này đã có người dùng."""

    advice = "Chọn tên tài khoản khác."


class RoleAlreadyHeld(Advised, Conflict):
    """Người này đã có vai trò đó ở đơn vị trong thời gian ấy."""

    advice = "Xem lại ngày bắt đầu, hoặc kết thúc vai trò cũ trước."


class RoleNotHeld(Advised, NotFound):
    """Người này không có vai trò đó ở đơn vị."""

    advice = "Chọn một vai trò đang có hiệu lực trong danh sách."


# Letting a phone in


class EnrolmentCodeUnknown(Advised, NotFound):
    """Mã kích hoạt máy không đúng."""

    advice = "Quét lại mã, hoặc xin bưu cục mã mới."


class EnrolmentCodeUsed(Advised, Conflict):
    """Mã kích hoạt máy đã được dùng."""

    advice = "Mỗi mã chỉ dùng cho một máy. Xin bưu cục mã mới."


class EnrolmentCodeExpired(Advised, Gone):
    """Mã kích hoạt máy đã hết hạn."""

    advice = "Mã chỉ có hiệu lực 15 phút. Xin bưu cục mã mới."


class EnrolmentNotProven(Misfilled):
    """Máy chưa chứng minh được khóa của mình."""

    advice = "Mở lại ứng dụng rồi quét mã lần nữa."
    field = "/proof"


class KeyRefused(Misfilled):
    """Khóa của máy không dùng được."""

    advice = "Cập nhật ứng dụng rồi quét mã lần nữa."
    field = "/public_key"


class KeyAlreadyEnrolled(Advised, Conflict):
    """Khóa này đã thuộc về một máy khác."""

    advice = "Xóa ứng dụng, cài lại rồi quét mã mới."


class DeviceUnknown(Advised, NotFound):
    """Không có máy này."""

    advice = "Chọn máy trong danh sách của đơn vị."


# A phone signed in


class RefreshUnreadable(Advised, NotSignedIn):
    """Mã gia hạn đăng nhập không hợp lệ."""

    advice = "Đăng nhập lại. Dữ liệu trên máy không mất."


class RefreshSpent(Advised, NotSignedIn):
    """Mã gia hạn đăng nhập đã cũ."""

    advice = "Đăng nhập lại. Dữ liệu trên máy không mất."


class RefreshFromAnotherKey(Advised, NotSignedIn):
    """Mã gia hạn được dùng từ máy khác."""

    advice = "Lần đăng nhập đã bị hủy để bảo vệ dữ liệu. Đăng nhập lại và báo trưởng bưu cục."


class DeviceSessionEnded(Advised, NotSignedIn):
    """Lần đăng nhập trên máy đã kết thúc."""

    advice = "Đăng nhập lại. Dữ liệu trên máy không mất."


class LendingCodeUnknown(Advised, NotFound):
    """Mã mượn máy không đúng."""

    advice = "Nhờ điều phối viên của bưu cục có máy này đọc lại mã, rồi nhập lại 8 chữ số."


class TooManyCodes(TooManyRequests):
    """Đã nhập sai mã quá nhiều lần."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Chờ {seconds} giây rồi nhập lại mã, hoặc xin điều phối viên mã mới.", retry_after=seconds)


class LendingEnded(Advised, NotSignedIn):
    """Máy mượn đã hết hạn dùng."""

    advice = "Dùng máy của mình, hoặc xin điều phối viên mã mượn mới. Việc chưa gửi vẫn còn trên máy và gửi được."


class ChallengeMisread(Advised, Invalid):
    """Số trên máy bưu tá chưa đúng."""

    advice = "Nhờ bưu tá đọc lại 4 chữ số và ngày đang hiện trên máy, rồi nhập lại."


class DeviceNotEnrolled(Advised, NotSignedIn):
    """Máy chưa được kích hoạt."""

    advice = "Xin trưởng bưu cục mã kích hoạt rồi quét."


class DeviceRevoked(Advised, NotSignedIn):
    """Máy đã bị thu hồi."""

    advice = "Máy này không dùng được nữa. Giao máy cho trưởng bưu cục; việc đã lưu vẫn được gửi về."


class PortraitGone(Advised, NotFound):
    """Ảnh này không còn xem được."""

    advice = "Kiểm tra lại mã xác minh trên máy bưu tá để xem ảnh."
