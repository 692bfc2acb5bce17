"""What can be refused about a signature."""

from backend.errors import Conflict


class AlreadySigned(Conflict):
    """Chữ ký này đã có."""
