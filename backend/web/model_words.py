"""How a case is served, as the province's decisions call it."""

from backend.staff.competence_model import Mode
from backend.web.words import Words

MODELS = {
    "combined": Words(
        "Kết hợp dịch vụ công trực tuyến và dịch vụ bưu chính công ích", "Online service and public postal service"
    ),
    "no_writing": Words("Công dân không viết", "The citizen does not write"),
    "home": Words("Hẹn giờ thực hiện TTHC tại nhà", "By appointment at home"),
}
MODES = {
    Mode.OFF: Words("Không kiểm tra", "Nobody looks"),
    Mode.WARNING: Words("Nhắc người chưa được ghi", "Who has not is marked"),
    Mode.BLOCKING: Words("Chỉ giao cho người đã được ghi", "Only who has is given it"),
}
"""What an office does about who has not mastered a model."""
STAGES = {
    "pilot": Words("thí điểm", "pilot"),
    "official": Words("chính thức", "official"),
}
"""Of the transfer scheme at a post."""
