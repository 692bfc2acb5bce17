"""What can be refused about money."""

from backend.errors import Conflict, Invalid, NotFound


class ChargeUnknown(NotFound):
    """Không có khoản phí này."""


class ChargeNamedAlready(Conflict):
    """Khoản phí này đã có trong hồ sơ với số tiền khác."""


class NotCollectedYet(Conflict):
    """Khoản này chưa thu."""


class NotEndedSo(Conflict):
    """Hồ sơ không kết thúc vì lý do này."""


class CountedNoLess(Conflict):
    """Số cơ quan đếm không ít hơn số đã thu."""


class NoLongerOwed(Conflict):
    """Khoản này không còn phải nộp."""


class ShiftUnknown(NotFound):
    """Không có ca này."""


class ShiftAlreadyOpen(Conflict):
    """Bưu tá đang có ca chưa chốt."""


class NotAtYourPost(Invalid):
    """Ca không mở ở đơn vị này."""


class NobodySigned(Conflict):
    """Chưa có người thứ hai ký ca này."""


class NothingAwaited(Invalid):
    """Không còn chờ số tiền này."""


class SlipNumberUsed(Conflict):
    """Số phiếu thu đã dùng."""


class PaymentUnknown(NotFound):
    """Không có khoản thanh toán này."""


class PaymentExists(Conflict):
    """Đã có mã chuyển khoản này."""


class ReferenceUsed(Conflict):
    """Mã thanh toán đã dùng."""


class PayeeUnknown(NotFound):
    """Không có tài khoản nhận này."""


class CreditUnknown(NotFound):
    """Không có khoản tiền này trong sổ chờ."""


class CreditPlaced(Conflict):
    """Đã rõ tiền của ai."""


class AccountNotOurs(NotFound):
    """Tài khoản không phải của đơn vị nào."""


class BankEntryChanged(Conflict):
    """Bút toán ngân hàng đã ghi với nội dung khác."""


class RefundUnknown(NotFound):
    """Không có khoản hoàn này."""


class NothingToRefund(Conflict):
    """Không còn tiền phải hoàn."""
