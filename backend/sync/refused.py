"""What the database refuses, in the words of the field: a constraint's name to a refusal."""

from backend.appointments.errors import AlreadyBooked, SeatTaken
from backend.dossiers.errors import LiveRegistrationExists
from backend.errors import Conflict, Refusal
from backend.fees.errors import BankEntryChanged, ReferenceUsed, ShiftAlreadyOpen, SlipNumberUsed
from backend.parcels.errors import BagTagUsed, LabelUsed


class AgainstTheRecords(Conflict):
    """Trái với sổ sách."""


CONSTRAINTS: dict[str, Refusal] = {
    "one_seat_one_appointment": SeatTaken("Khung giờ này vừa hết chỗ. Chọn chỗ hoặc khung giờ khác."),
    "one_live_appointment_per_purpose": AlreadyBooked("Hồ sơ đã có lịch hẹn. Mở lịch hẹn đó để đổi giờ."),
    "one_live_case_per_dossier": LiveRegistrationExists("Mã hồ sơ này đang có đăng ký thực hiện. Mở đăng ký đó."),
    "one_open_shift_per_courier": ShiftAlreadyOpen("Ca trước chưa chốt. Chốt ca rồi mở ca mới."),
    "one_parcel_per_label": LabelUsed("Nhãn này đã gắn vào bưu gửi khác. Lấy bộ nhãn khác rồi niêm phong lại."),
    "one_bag_on_the_road_per_tag": BagTagUsed("Túi thư mang mã này chưa nhận xong. Xem lại mã, hoặc lấy túi khác."),
    "payment_reference_of_one_order": ReferenceUsed("Mã thanh toán này đã dùng. Tạo mã mới; tiền đến vẫn được ghi sổ."),
    "payment_of_order_once_a_case": ReferenceUsed("Hồ sơ đã có phần của mình trong lần trả này. Đưa lại mã đó."),
    "bank_entry_credited_once": BankEntryChanged("Bút toán này đã ghi. Không ghi thêm lần nữa."),
    "collections_slip_number_key": SlipNumberUsed("Số phiếu thu này đã dùng. Tiền vẫn được ghi, chờ người xem xét."),
}


def refusal_of(error: Exception) -> Refusal:
    """A constraint without a sentence of its own still gets one: nothing of the database's inside is told."""
    known = CONSTRAINTS.get(getattr(error, "constraint_name", None) or "")
    return known or AgainstTheRecords("Nội dung này trái với sổ sách. Tải lại rồi làm lại, hoặc báo điều phối viên.")
