"""What can be refused when acts are judged."""

from backend.errors import Conflict, Invalid, NotAllowed


class NotNow(Conflict):
    """Chưa làm được việc này lúc này."""


class WaitsForAPerson(Conflict):
    """Hồ sơ đang chờ người xem xét."""


class NeedsAnother(Conflict):
    """Phải là người khác."""


class ChangedByAnother(Conflict):
    """Người khác vừa sửa cùng mục này."""


class PersonalDiffers(Conflict):
    """Phần riêng tư không khớp."""


class NotYourCase(NotAllowed):
    """Hồ sơ không thuộc đơn vị của ông/bà."""


class NotYourShift(NotAllowed):
    """Ca này của người khác."""


class NoStock(Conflict):
    """Đơn vị này chưa có bộ nhãn."""


class NoSuchReview(Invalid):
    """Không có việc này trong danh sách chờ xem xét."""


class NoSuchDecision(Invalid):
    """Không có quyết định này đang chờ người thứ hai."""


class DecisionReplaced(Conflict):
    """Đã có quyết định mới hơn."""


class SignsOwnDecision(NotAllowed):
    """Người quyết định không tự ký cùng."""


class SignsOwnAct(NotAllowed):
    """Người làm việc này không ký cùng."""


class StillNotPossible(Conflict):
    """Việc này vẫn chưa thể có hiệu lực."""
