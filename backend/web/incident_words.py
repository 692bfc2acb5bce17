"""Incidents in words: causes, endings, who pays (F10)."""

from backend.web.words import Words

CAUSES = {
    "lost": Words("Mất", "Lost"),
    "wet": Words("Ướt", "Wet"),
    "torn": Words("Rách", "Torn"),
    "faded": Words("Mờ, phai chữ", "Faded"),
    "seal_broken": Words("Niêm phong không nguyên vẹn", "Seal broken"),
    "label_swapped": Words("Nhãn bị đổi hoặc sao chép", "Label swapped or copied"),
    "short": Words("Thiếu giấy tờ, bưu gửi", "Papers or parcels short"),
    "extra": Words("Thừa giấy tờ, bưu gửi", "Papers or parcels extra"),
    "wrong_person": Words("Giao nhầm người", "Handed to the wrong person"),
    "money_short": Words("Thiếu tiền", "Money short"),
    "money_over": Words("Thừa tiền", "Money over"),
    "money_false": Words("Tiền giả", "False money"),
    "phone_lost": Words("Mất máy", "Phone lost"),
    "vehicle_lost": Words("Mất xe", "Vehicle lost"),
    "accident": Words("Tai nạn", "Accident"),
    "threat": Words("Bị đe dọa", "Threat"),
    "dog": Words("Chó dữ", "Dog"),
    "data_seen": Words("Người khác xem dữ liệu", "Data seen by the wrong person"),
    "form_disputed": Words("Không đồng ý tờ khai điện tử", "E-form disputed"),
    "visit_disputed": Words("Công dân nói khác lượt đã ghi", "The citizen says otherwise"),
}
FOUND_OUT = frozenset({"visit_disputed"})
"""Causes that no person reports: an act brings them to light."""
ENDINGS = {
    "found": Words("Đã tìm thấy", "Found"),
    "replaced": Words("Đã cấp lại", "Replaced"),
    "compensated": Words("Đã bồi thường", "Compensated"),
    "no_damage": Words("Không thiệt hại", "No damage"),
}
PAYERS = {
    "post": Words("Bưu điện trả", "The post pays"),
    "agency": Words("Cơ quan trả", "The agency pays"),
    "citizen": Words("Công dân trả", "The citizen pays"),
}
REOPENED = {
    "citizen_disagrees": Words("Công dân không đồng ý", "The citizen disagrees"),
    "not_over": Words("Chưa xử lý xong", "It was not over"),
    "mistake": Words("Kết thúc nhầm", "Ended by mistake"),
}
UNSEALED = {
    "torn": Words("Bao rách", "The pouch is torn"),
    "wet": Words("Bao ướt", "The pouch is wet"),
    "seal_broken": Words("Niêm phong hỏng", "The seal is broken"),
    "wrong_content": Words("Nghi để nhầm giấy tờ", "Wrong papers may be in it"),
}
"""Why a pouch is opened by others than its receiver."""
