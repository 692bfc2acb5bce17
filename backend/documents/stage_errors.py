"""What can be refused about who does which stage."""

from backend.staff.errors import Misfilled


class StageOfThePast(Misfilled):
    """Phân công chỉ đổi được từ hôm nay."""

    advice = "Ghi ngày bắt đầu từ hôm nay trở đi rồi gửi lại."
    field = "/since"


class BasisWrong(Misfilled):
    """Căn cứ chưa đúng."""

    advice = "Ghi số và ngày văn bản giao công đoạn, không quá 200 chữ."
    field = "/basis"
