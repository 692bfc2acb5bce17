"""What can be refused about a case or a dossier."""

from backend.errors import Conflict, Invalid, NotFound


class LiveRegistrationExists(Conflict):
    """Đã có đăng ký đang thực hiện."""


class BadDossierCode(Invalid):
    """Mã hồ sơ sai."""


class CaseNotFound(NotFound):
    """Không tìm thấy hồ sơ đăng ký."""
