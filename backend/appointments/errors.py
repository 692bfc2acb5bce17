"""What can be refused about an appointment."""

from backend.errors import Conflict, NotFound


class SeatTaken(Conflict):
    """Khung giờ đã hết chỗ."""


class WindowFull(Conflict):
    """Đã đủ lượt trong khung giờ này."""


class OutsideHours(Conflict):
    """Ngoài giờ đặt hẹn."""


class CourierNotFit(Conflict):
    """Bưu tá chưa được ghi là thành thạo mô hình này."""


class AppointmentNotFound(NotFound):
    """Không tìm thấy lịch hẹn."""


class AlreadyBooked(Conflict):
    """Hồ sơ đã có lịch hẹn."""
