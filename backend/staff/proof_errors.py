"""What can be refused of the proof that a request of a phone carries (RFC 9449), and of its access token."""

from typing import ClassVar

from backend.errors import NotSignedIn
from backend.staff.errors import Advised


class NotProven(Advised, NotSignedIn):
    """Máy chưa chứng minh được yêu cầu này là của mình."""

    advice: ClassVar[str] = "Máy sẽ tự gửi lại. Nếu vẫn không được, đăng nhập lại."
    error: ClassVar[str] = "invalid_dpop_proof"
    """The word of RFC 9449 (7.1, 8, 12.2) in `WWW-Authenticate`."""


class ProofMissing(NotProven):
    """Thiếu bằng chứng khóa của máy."""


class ProofUnreadable(NotProven):
    """Bằng chứng khóa của máy không đọc được."""


class ProofKeyRefused(NotProven):
    """Khóa trong bằng chứng không dùng được."""

    advice = "Cập nhật ứng dụng rồi thử lại."


class ProofSignatureWrong(NotProven):
    """Chữ ký của máy không đúng."""


class ProofForAnotherMethod(NotProven):
    """Bằng chứng dành cho một thao tác khác."""


class ProofForAnotherAddress(NotProven):
    """Bằng chứng dành cho một địa chỉ khác."""


class ProofOfAnotherTime(NotProven):
    """Bằng chứng được làm vào lúc khác."""

    advice = "Đồng hồ của máy có thể sai. Máy sẽ tự chỉnh theo trung tâm rồi gửi lại."


class ProofOfAnotherToken(NotProven):
    """Bằng chứng không đi với lần đăng nhập này."""


class ProofOfAnotherKey(NotProven):
    """Lần đăng nhập này thuộc về máy khác."""

    advice = "Đăng nhập lại trên máy của mình."
    error = "invalid_token"


class NonceNeeded(NotProven):
    """Cần mã phiên mới của trung tâm."""

    advice = "Máy sẽ tự gửi lại."
    error = "use_dpop_nonce"


class AccessMissing(NotProven):
    """Máy chưa đăng nhập."""

    advice = "Đăng nhập trên máy này."
    error = "invalid_token"


class AccessUnreadable(NotProven):
    """Lần đăng nhập không hợp lệ."""

    advice = "Đăng nhập lại."
    error = "invalid_token"


class AccessExpired(NotProven):
    """Lần đăng nhập cần được gia hạn."""

    advice = "Máy sẽ tự gia hạn rồi gửi lại."
    error = "invalid_token"
