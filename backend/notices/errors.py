"""What can be refused about telling citizens."""

from backend.errors import Conflict, Invalid, NotFound


class DutyUnknown(NotFound):
    """Không có việc phải báo này."""


class DutyExists(Conflict):
    """Việc phải báo này đã có."""


class TemplateUnknown(Invalid):
    """Không có mẫu tin này."""


class PushServiceUnknown(Invalid):
    """Trình duyệt này dùng dịch vụ báo tin không có trong danh sách."""


class PushKeyUnknown(Invalid):
    """Trang này đã cũ."""


class BrowserUnusable(Invalid):
    """Trình duyệt chưa cho đủ thông tin để gửi tin."""


class TooManyBrowsers(Conflict):
    """Đã đủ số máy nhận tin."""


class BrowserOfAnotherCase(Conflict):
    """Trình duyệt này đang nhận tin của hồ sơ khác."""


class LinkReplaced(NotFound):
    """Liên kết này đã đổi."""
