"""What can be refused about a visit."""

from backend.errors import Conflict, Invalid, NotAllowed, NotFound


class VisitUnknown(NotFound):
    """Không có lượt phục vụ này."""


class VisitOfAnother(Conflict):
    """Lượt phục vụ này đã hẹn nơi khác hoặc giờ khác."""


class VisitOver(Conflict):
    """Hồ sơ này đã xong ở lượt phục vụ đó."""


class VisitShared(Conflict):
    """Lượt phục vụ này còn hồ sơ khác cùng nhà."""


class NotYourCounter(NotAllowed):
    """Không phải quầy của ông/bà."""


class NotAPost(Invalid):
    """Nơi chuyển tiếp không phải bưu cục."""


class VisitIdUsed(Conflict):
    """Mã lượt phục vụ này đã dùng."""
