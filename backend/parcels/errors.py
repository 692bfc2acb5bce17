"""What can be refused about papers, parcels and labels."""

from backend.errors import Conflict, Invalid, NotAllowed, NotFound, TooManyRequests


class PaperUnknown(NotFound):
    """Không có giấy tờ này."""


class PaperNotListed(NotFound):
    """Không có thành phần hồ sơ này trong danh mục."""


class OriginalTravels(Conflict):
    """Bản chính này phải mang đi."""


class OriginalNotReturned(Conflict):
    """Chưa rõ bản chính này có được xem rồi trả lại."""


class PictureMissing(Conflict):
    """Chưa chụp bản chính."""


class ParcelUnknown(NotFound):
    """Không có bưu gửi này."""


class NotTheReceiver(NotAllowed):
    """Không phải người nhận."""


class PaperElsewhere(Conflict):
    """Giấy tờ đang ở nơi khác."""


class SealNotNew(Invalid):
    """Số niêm phong mới phải khác số cũ."""


class SecondPersonMissing(Conflict):
    """Cần người thứ hai."""


class NothingNamed(Invalid):
    """Chưa chọn giấy tờ hay bưu gửi."""


class LabelUsed(Conflict):
    """Bộ nhãn đã dùng."""


class LabelNotOurs(Conflict):
    """Nhãn không do bưu điện phát hành."""


class LabelNotIssued(Conflict):
    """Bộ nhãn còn trong kho."""


class LabelOfAnother(Conflict):
    """Bộ nhãn của người khác."""


class LabelVoid(Conflict):
    """Bộ nhãn đã hủy, đã thay hoặc đã báo mất."""


class LabelNumbersTaken(Conflict):
    """Số bộ nhãn vừa có người in."""


class NotInThisStock(Conflict):
    """Bộ nhãn không thuộc kho này."""


class NotOfThisUnit(Conflict):
    """Người nhận không làm ở đơn vị này."""


class LabelNotNew(Invalid):
    """Nhãn mới phải khác nhãn cũ."""


class CardKeyMissing(Conflict):
    """Không in lại được thẻ theo dõi."""


class NothingToPrint(NotFound):
    """Không có bộ nhãn nào trong kho với các số này."""


class WrongLookUpNumber(Invalid):
    """Số tra cứu có ký tự sai."""


class TooManyLookUps(TooManyRequests):
    """Tra cứu quá nhiều lần."""


class BagUnknown(NotFound):
    """Không có túi thư này."""


class BagAlreadyOpen(Conflict):
    """Túi thư này đã mở."""


class BagTagUsed(Conflict):
    """Mã túi thư này đang trên đường."""


class NotYourBag(NotAllowed):
    """Túi thư của đơn vị khác."""


class BagGoesElsewhere(Conflict):
    """Túi thư không đi đến nơi của bưu gửi này."""


class NotInThisBag(Conflict):
    """Bưu gửi không ở trong túi thư này."""


class BagChanged(Conflict):
    """Túi thư vừa thay đổi."""


class RecordDiffers(Conflict):
    """Biên bản giao nhận không còn như lúc xem."""


class RecordSigned(Conflict):
    """Bên này đã ký."""


class SignsForBoth(NotAllowed):
    """Một người không ký cho cả hai bên."""
