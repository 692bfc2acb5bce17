"""The dossier code: both grammars that live together (TT 01/2018/TT-VPCP Điều 19, and the shape seen since 2025)."""

import re
from datetime import date

from backend.dossiers.errors import BadDossierCode

_SHAPE = re.compile(r"^(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{1,3}){0,3})-(\d{6}|\d{8})-\d{4,7}$")


def checked(code: str) -> str:
    """The code itself. Raises BadDossierCode naming what is wrong."""
    match = _SHAPE.match(code)
    if match is None:
        raise BadDossierCode(
            f"“{code}” không đúng dạng mã hồ sơ, ví dụ H20.12-261121-0007. Xem lại trên Giấy hẹn rồi nhập lại."
        )
    digits = match[1] if len(match[1]) == 8 else f"20{match[1]}"
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if not 1 <= month <= 12:
        raise BadDossierCode(f"Mã hồ sơ “{code}” ghi tháng {month:02d}, không có tháng này. Xem lại rồi nhập lại.")
    try:
        date(year, month, day)
    except ValueError:
        raise BadDossierCode(
            f"Mã hồ sơ “{code}” ghi ngày {day:02d}, không có ngày này. Xem lại rồi nhập lại."
        ) from None
    return code
