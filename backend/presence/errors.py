"""What can be refused about a call-back."""

from backend.errors import NotFound


class CallBackUnknown(NotFound):
    """Không có trong danh sách phúc tra."""
