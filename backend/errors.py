"""What can be refused. Class name -> problem `type`, its docstring -> `title`, `str()` -> `detail` (RFC 9457)."""

import re
from typing import ClassVar


class Refusal(Exception):
    """Yêu cầu bị từ chối."""

    status: ClassVar[int] = 400

    def __init__(self, detail: str, *, retry_after: int | None = None) -> None:
        super().__init__(detail)
        self.retry_after = retry_after

    @classmethod
    def slug(cls) -> str:
        """`BadDossierCode` -> `bad-dossier-code`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    @classmethod
    def title(cls) -> str:
        return (cls.__doc__ or "").strip().splitlines()[0]


class Invalid(Refusal):
    """Dữ liệu gửi lên chưa đúng."""

    status = 400

    def __init__(self, detail: str, *, pointer: str | None = None) -> None:
        super().__init__(detail)
        self.pointer = pointer


class NotSignedIn(Refusal):
    """Chưa đăng nhập."""

    status = 401


class NotAllowed(Refusal):
    """Không có quyền làm việc này."""

    status = 403


class NotFound(Refusal):
    """Không tìm thấy."""

    status = 404


class Conflict(Refusal):
    """Trái với tình trạng hiện tại."""

    status = 409


class Gone(Refusal):
    """Không còn hiệu lực."""

    status = 410


class TooLarge(Refusal):
    """Dữ liệu quá lớn."""

    status = 413


class SameIdOtherContent(Refusal):
    """Cùng mã nhưng nội dung khác."""

    status = 422


class TooManyRequests(Refusal):
    """Gửi quá nhiều yêu cầu."""

    status = 429


class Busy(Refusal):
    """Máy chủ đang bận."""

    status = 503
