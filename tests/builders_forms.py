"""A filled form of the procedure that most cases of the tests are of: a copy of a civil status extract."""

from typing import Any

from backend.eforms.model import Filled, content_sha256

VERSION = "ban_sao_trich_luc.2024-06"
_VALUES = {
    "kinh_gui": "UBND xã Tân Công Sính",
    "nyc_ho_ten": "Nguyễn Thị Sáu",
    "nyc_noi_cu_tru": "Ấp 1, xã Tân Công Sính, tỉnh Đồng Tháp",
    "nyc_giay_to": "087154001234",
    "nyc_quan_he": "Bản thân",
    "loai_trich_luc": "khai_sinh",
    "nguoi_duoc_ho_ten": "Nguyễn Thị Sáu",
    "nguoi_duoc_ngay_sinh": "1954-03-12",
    "nguoi_duoc_gioi_tinh": "nu",
    "nguoi_duoc_dan_toc": "Kinh",
    "nguoi_duoc_quoc_tich": "Việt Nam",
    "nguoi_duoc_noi_cu_tru": "Ấp 1, xã Tân Công Sính, tỉnh Đồng Tháp",
    "nguoi_duoc_giay_to": "087154001234",
    "da_dang_ky_tai": "UBND xã Tân Công Sính",
    "biet_so": "khong",
    "so_ban_sao": "2",
    "lam_tai": "Tân Công Sính",
}
_FROM_CARD = ("nyc_ho_ten", "nyc_noi_cu_tru", "nyc_giay_to")


def filled_copy(**changes: str) -> dict[str, Any]:
    """Filled in rightly, but for what is changed."""
    values = _VALUES | changes
    return {"values": values, "sources": {name: "card" if name in _FROM_CARD else "said" for name in values}}


def hash_of(filled: dict[str, Any], version: str = VERSION) -> str:
    return content_sha256(version, Filled(values=filled["values"], sources=filled["sources"])).hex()


def read_back(visit: str, said: dict[str, Any], version: str = VERSION, **changes: Any) -> dict[str, Any]:
    """The act's body. `said`: its personal part."""
    content = hash_of(said["filled"], version)
    return {"visit_id": visit, "document": "to_khai", "form_version": version, "content_sha256": content} | changes
