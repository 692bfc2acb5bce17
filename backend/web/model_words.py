"""How a case is served, as the province's decisions call it."""

from backend.web.words import Words

MODELS = {
    "combined": Words(
        "Kết hợp dịch vụ công trực tuyến và dịch vụ bưu chính công ích", "Online service and public postal service"
    ),
    "no_writing": Words("Công dân không viết", "The citizen does not write"),
    "home": Words("Hẹn giờ thực hiện TTHC tại nhà", "By appointment at home"),
}
