"""What can be refused about a case or a dossier."""

from backend.errors import Conflict, Invalid, NotAllowed, NotFound


class LiveRegistrationExists(Conflict):
    """Đã có đăng ký đang thực hiện."""


class DossierClosed(Conflict):
    """Hồ sơ đã đóng."""


class BadDossierCode(Invalid):
    """Mã hồ sơ sai."""


class NotToBeAsked(Invalid):
    """Không được yêu cầu giấy tờ này."""


class NotTheAgency(NotAllowed):
    """Chỉ cơ quan giải quyết được làm việc này."""


class CaseNotFound(NotFound):
    """Không tìm thấy hồ sơ đăng ký."""


class PartyUnfit(Invalid):
    """Thông tin một người trong hồ sơ chưa đúng."""


class PartyUnknown(NotFound):
    """Không có người này trong hồ sơ."""


class OwnerStays(Conflict):
    """Hồ sơ phải có chủ hồ sơ."""


class RecipientApart(Conflict):
    """Người nhận kết quả đổi bằng việc riêng."""


class NotTheRecipient(Conflict):
    """Việc này chỉ đổi người nhận kết quả."""


class MergedElsewhere(Conflict):
    """Hồ sơ này không gộp vào hồ sơ đó."""


class ReceiptIssued(Conflict):
    """Giấy tiếp nhận hồ sơ và hẹn trả kết quả đã cấp."""


class ReceivedOtherwise(Conflict):
    """Giờ nhận đủ hồ sơ không đúng sổ bàn giao."""


class DueWrong(Invalid):
    """Ngày hẹn trả chưa đúng."""


class AddressMissing(Invalid):
    """Chưa có địa chỉ mới."""


class SameWay(Conflict):
    """Đang nhận kết quả theo cách này."""


class DeliveryPromised(Conflict):
    """Kết quả đã hẹn phát trước ngày thay đổi có hiệu lực."""


class ChangeWaits(Conflict):
    """Chưa đến ngày thay đổi có hiệu lực."""


class MandateUnknown(NotFound):
    """Không có giấy ủy quyền, giấy giới thiệu này."""


class MandateBackwards(Invalid):
    """Ngày của giấy ủy quyền chưa đúng."""
