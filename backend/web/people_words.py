"""Signatures, mandates, notice and consent in words. Pure: no I/O."""

from collections.abc import Mapping

from backend.acts.reasons import reasons
from backend.presence.model import GATE
from backend.procedures.model import Authority
from backend.web.people_views import ConsentView, MandateView, SignatureView
from backend.web.procedure_words import AUTHORITIES
from backend.web.words import Words, day, moment, state_words

MODES = {
    "drawn": Words("Ký trên máy", "Drawn on the screen"),
    "ink": Words("Ký trên giấy", "In ink on paper"),
    "fingerprint": Words("Điểm chỉ", "Fingerprint in ink"),
    "representative": Words("Người đại diện ký", "By the representative"),
    "witnessed": Words("Đọc cho nghe, có người làm chứng", "Read aloud before witnesses"),
    "code": Words("Xác nhận bằng mã", "Confirmed by a code"),
    "digital": Words("Chữ ký số của công dân", "The citizen's digital signature"),
}
HANDS = {"right": Words("phải", "right"), "left": Words("trái", "left")}
FINGERS = {
    "thumb": Words("ngón cái", "thumb"),
    "index": Words("ngón trỏ", "index"),
    "middle": Words("ngón giữa", "middle"),
    "ring": Words("ngón áp út", "ring"),
    "little": Words("ngón út", "little"),
}
DOCUMENTS = {
    "slip": Words("Phiếu gửi hồ sơ", "Slip"),
    "hand_over": Words("Trả kết quả", "Hand-over"),
    "notice": Words("Thông báo xử lý dữ liệu", "Notice"),
    "consent": Words("Đồng ý", "Consent"),
}
"""Papers of ours; all others are of the procedure's list."""
OTHER_PAGES = {
    "authority_paper": Words("Giấy ủy quyền, giấy giới thiệu", "Mandate, letter of introduction"),
    GATE: Words("Ảnh cổng nhà", "The gate of the house"),
}
"""What was photographed at a door and is no paper of the dossier."""
SIGNED = "signed_"
"""Before the document's name, where a phone photographed what was signed or pressed in ink on it."""
EXTRAS = {
    "reuse_papers": Words("Dùng lại giấy tờ này lần sau", "Reuse of these papers"),
    "place_mark": Words("Ghi vị trí nhà", "Place mark of the house"),
    "photo_of_person": Words("Chụp ảnh người", "Photographing the person"),
    "zalo_messages": Words("Tin báo qua Zalo", "Messages by Zalo"),
    "audio_read_back": Words("Ghi âm lúc đọc lại", "Audio of the read-back"),
}
HOW_SHOWN = {
    "read": Words("đã đọc", "read aloud"),
    "shown": Words("đã cho xem", "shown"),
    "given": Words("đã đưa bản giấy", "given on paper"),
}


def page_called(component: str, components: Mapping[str, Words]) -> Words:
    """What is photographed on a page. `components`: what the procedure calls its papers."""
    document = component.removeprefix(SIGNED)
    known = components.get(document) or DOCUMENTS.get(document) or OTHER_PAGES.get(document)
    known = known or Words(document, document)
    return Words(f"Trang đã ký: {known.vi}", f"Signed page: {known.en}") if document != component else known


def signed_words(one: SignatureView) -> Words:
    """Điểm chỉ – ngón trỏ phải, 1 ảnh, 1 người làm chứng."""
    said = MODES[one.mode]
    if one.finger is not None and one.hand is not None:
        finger, hand = FINGERS[one.finger], HANDS[one.hand]
        said = Words(f"{said.vi} – {finger.vi} {hand.vi}", f"{said.en}: {hand.en} {finger.en}")
    vi, en = [said.vi], [said.en]
    if one.pages:
        vi, en = [*vi, f"{one.pages} ảnh"], [*en, f"{one.pages} pictures"]
    if one.witnesses:
        vi, en = [*vi, f"{one.witnesses} người làm chứng"], [*en, f"{one.witnesses} witnesses"]
    return Words(", ".join(vi), ", ".join(en))


def standing_words(one: SignatureView) -> Words:
    if one.state == "valid" and not one.accepted:
        return Words("Chưa đúng cách, không tính", "Not as it must be, does not count")
    return state_words(one.state, "signature")


def mandate_words(one: MandateView) -> Words:
    """Giấy giới thiệu, từ 01/11/2026 đến hết ngày 30/11/2026."""
    said = AUTHORITIES[Authority(one.authority)]
    if one.last_day is None:
        return Words(f"{said.vi}, từ {day(one.from_day)}", f"{said.en}, from {day(one.from_day)}")
    return Words(
        f"{said.vi}, từ {day(one.from_day)} đến hết ngày {day(one.last_day)}",
        f"{said.en}, from {day(one.from_day)} until {day(one.last_day)}",
    )


def answer_words(one: ConsentView) -> Words:
    said, at = state_words(one.state, "consent"), moment(one.withdrawn_at or one.answered_at)
    by = Words(" (người đại diện)", " (representative)") if one.answered_as == "representative" else Words("", "")
    return Words(f"{said.vi}{by.vi}, {at}", f"{said.en}{by.en}, {at}")


def evidence_words(code: str) -> Words:
    """What stands behind a reason, as the file of reasons names it."""
    found = next((one for one in reasons().evidence if one.code == code), None)
    return Words(code, code) if found is None else Words(found.vi, found.en)
