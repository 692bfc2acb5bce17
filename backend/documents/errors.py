"""What can be refused about uploads. Status codes as tus 1.0.0 names them; `headers` go into the answer."""

from collections.abc import Mapping
from typing import ClassVar

from backend.errors import Conflict, Invalid, NotFound, Refusal, SameIdOtherContent, TooLarge, TooManyRequests

RESUMABLE: Mapping[str, str] = {"Tus-Resumable": "1.0.0"}


class UploadRefused(Refusal):
    """Chưa nhận được ảnh."""

    headers: ClassVar[Mapping[str, str]] = RESUMABLE


class UploadUnknown(UploadRefused, NotFound):
    """Không có lần gửi này."""

    status = 404


class BadHeader(UploadRefused, Invalid):
    """Phần đầu của lần gửi chưa đúng."""

    status = 400


class OtherVersion(UploadRefused):
    """Máy chủ chỉ hiểu tus 1.0.0."""

    status = 412
    headers = {"Tus-Version": "1.0.0", **RESUMABLE}  # noqa: RUF012  (a Mapping, as in the class above)


class WrongBodyType(UploadRefused):
    """Kiểu nội dung phải là application/offset+octet-stream."""

    status = 415


class OtherOffset(UploadRefused, Conflict):
    """Máy chủ đang có số byte khác."""

    status = 409


class OtherUpload(UploadRefused, SameIdOtherContent):
    """Mã này đã dùng để gửi một ảnh khác."""

    status = 422


class AlreadyReceived(UploadRefused, Conflict):
    """Ảnh đã nhận xong."""

    status = 409


class FileTooLarge(UploadRefused, TooLarge):
    """Ảnh quá lớn."""

    status = 413


class UploadBusy(UploadRefused):
    """Ảnh này đang được gửi bởi một yêu cầu khác."""

    status = 423


class ChecksumMismatch(UploadRefused):
    """Dữ liệu đến nơi không khớp mã kiểm tra."""

    status = 460


class QuotaReached(UploadRefused, TooManyRequests):
    """Máy này đã gửi quá nhiều trong hôm nay."""

    status = 429
