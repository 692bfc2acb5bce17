"""What can be refused when acts are judged."""

from backend.errors import Conflict, Invalid, NotAllowed


class NotNow(Conflict):
    """Chưa làm được việc này lúc này."""


class WaitsForAPerson(Conflict):
    """Hồ sơ đang chờ người xem xét."""


class ChangedByAnother(Conflict):
    """Người khác vừa sửa cùng mục này."""


class NotYourCase(NotAllowed):
    """Hồ sơ không thuộc đơn vị của ông/bà."""


class NotYourShift(NotAllowed):
    """Ca này của người khác."""


class NoStock(Conflict):
    """Đơn vị này chưa có bộ nhãn."""


class NoSuchReview(Invalid):
    """Không có việc này trong danh sách chờ xem xét."""


class SecondPersonNeeded(NotAllowed):
    """Cần người thứ hai đồng ý."""


class StillNotPossible(Conflict):
    """Việc này vẫn chưa thể có hiệu lực."""
